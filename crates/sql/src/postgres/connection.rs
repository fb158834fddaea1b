//! One connection: its socket's driver, its prepared statements, and the order of what is under way on it.

use std::{
    collections::HashMap,
    future::poll_fn,
    io,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use futures_util::future::BoxFuture;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    runtime::Handle,
    sync::{OnceCell, mpsc},
    task::AbortHandle,
    time::timeout,
};
use tokio_postgres::{AsyncMessage, Client, Notification, error::SqlState, tls::MakeTlsConnect};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    cancel::{self, Target},
    config::Config,
    errand::Errand,
    error::Error,
    shape::{Ready, Shapes},
    socket::{Address, Socket},
    statement::Profile,
    turn::{Turn, Turns},
};

/// How often the server looks whether we are still there while it works on a statement.
const CHECK_FOR_US: &str = "SET client_connection_check_interval = '2s'";
/// How often a statement is prepared again that a stray cancel request hit.
const PREPARE_TRIES: u32 = 5;

struct Prepared {
    /// Holds the address that is the key.
    _profile: Arc<Profile>,
    ready: Arc<OnceCell<Arc<Ready>>>,
    used: u64,
}

#[derive(Default)]
struct Statements {
    by_profile: HashMap<usize, Prepared>,
    clock: u64,
}

/// Whoever has a connection.
pub(crate) trait Home: Send + Sync {
    /// A connection has ended, or takes statements again.
    fn changed(&self);
}

/// An open connection.
pub(crate) struct Connection {
    pub(crate) client: Client,
    pub(crate) turns: Turns,
    pub(crate) target: Target,
    pub(crate) runtime: Handle,
    pub(crate) opened: Instant,
    /// Cancel requests sent so far.
    pub(crate) cancels: AtomicU64,
    statements: Mutex<Statements>,
    capacity: usize,
    driver: AbortHandle,
    home: Weak<dyn Home>,
    shapes: Arc<Shapes>,
}

impl Connection {
    /// Opens a connection to the first of the configured servers that answers.
    pub(crate) async fn open(
        config: &Config,
        tls: &MakeRustlsConnect,
        notifications: Option<mpsc::Sender<Notification>>,
        home: &Weak<dyn Home>,
        shapes: &Arc<Shapes>,
    ) -> Result<Arc<Self>, Error> {
        let mut failure = Error::unsent("no address is configured");
        for address in Address::all_of(config) {
            let opening = Self::open_at(&address, config, tls, notifications.clone(), home, shapes);
            failure = match timeout(config.connect_timeout, opening).await {
                Ok(Ok(connection)) => return Ok(Arc::new(connection)),
                Ok(Err(error)) => error,
                Err(_) => {
                    let told = config.connect_timeout.as_millis();
                    Error::unsent(format!("{} did not answer within {told} ms", address.told()))
                }
            };
        }
        Err(failure)
    }

    async fn open_at(
        address: &Address,
        config: &Config,
        tls: &MakeRustlsConnect,
        notifications: Option<mpsc::Sender<Notification>>,
        home: &Weak<dyn Home>,
        shapes: &Arc<Shapes>,
    ) -> Result<Self, Error> {
        let failed = |error: &dyn std::fmt::Display| Error::unsent(format!("{}: {error}", address.told()));
        let socket = address.open().await.map_err(|error| failed(&error))?;
        let mut maker = tls.clone();
        let connect = MakeTlsConnect::<Socket>::make_tls_connect(&mut maker, address.server_name())
            .map_err(|error| failed(&io::Error::other(error)))?;
        let server = config.server.clone();
        // Owned and boxed: the compiler cannot see that the library's future may change threads for every lifetime.
        let greeting: BoxFuture<'static, _> = Box::pin(async move { server.connect_raw(socket, connect).await });
        let (client, connection) = greeting.await.map_err(|error| match Error::of(error) {
            Error::Connection { detail, .. } => failed(&detail),
            said => said,
        })?;
        let looks_for_us = connection.parameter("server_version").is_some_and(|version| {
            version.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|major| major.parse().ok())
                >= Some(14)
        });
        let driver = tokio::spawn(drive(connection, notifications, Weak::clone(home))).abort_handle();
        // From here on the guard ends the driver when opening is given up.
        let guard = AbortOnDrop(driver);
        let configured = config.server.get_options().is_some_and(|options| options.contains("client_connection_check"));
        if looks_for_us
            && !configured
            && let Err(error) = client.batch_execute(CHECK_FOR_US).await
        {
            // Not every system that runs the server can look.
            if error.as_db_error().is_none() {
                return Err(failed(&error));
            }
        }
        let target = Target::new(address.clone(), client.cancel_token(), tls.clone(), config.connect_timeout);
        Ok(Self {
            client,
            turns: Turns::default(),
            target,
            runtime: Handle::current(),
            opened: Instant::now(),
            cancels: AtomicU64::new(0),
            statements: Mutex::default(),
            capacity: config.statement_cache,
            driver: guard.keep(),
            home: Weak::clone(home),
            shapes: Arc::clone(shapes),
        })
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Nothing that was cancelled is under way any more.
    pub(crate) fn drained(&self) {
        self.turns.ended.notify_waiters();
        if let Some(home) = self.home.upgrade() {
            home.changed();
        }
    }

    /// Waits until statements can be sent: one may still be on its way to being cancelled.
    pub(crate) async fn open_for_more(&self) {
        loop {
            let ended = self.turns.ended.notified();
            if !self.turns.draining() {
                return;
            }
            ended.await;
        }
    }

    /// Ends it at once: what is under way fails.
    pub(crate) fn kill(&self) {
        self.driver.abort();
    }

    /// The statement, prepared on this connection.
    pub(crate) async fn ready(self: &Arc<Self>, profile: &Arc<Profile>) -> Result<Arc<Ready>, Error> {
        let cell = self.cell(profile);
        if let Some(ready) = cell.get() {
            return Ok(Arc::clone(ready));
        }
        let prepared = cell.get_or_try_init(|| self.prepare(profile)).await;
        if prepared.is_err() {
            self.forget(profile);
        }
        prepared.cloned()
    }

    fn cell(&self, profile: &Arc<Profile>) -> Arc<OnceCell<Arc<Ready>>> {
        if self.capacity == 0 {
            return Arc::default();
        }
        let mut statements = self.statements.lock().unwrap_or_else(PoisonError::into_inner);
        statements.clock += 1;
        let now = statements.clock;
        let key = Arc::as_ptr(profile) as usize;
        if let Some(known) = statements.by_profile.get_mut(&key) {
            known.used = now;
            return Arc::clone(&known.ready);
        }
        if statements.by_profile.len() >= self.capacity
            && let Some(oldest) = statements.by_profile.iter().min_by_key(|(_, known)| known.used).map(|(key, _)| *key)
        {
            statements.by_profile.remove(&oldest);
        }
        let ready = Arc::<OnceCell<Arc<Ready>>>::default();
        let known = Prepared { _profile: Arc::clone(profile), ready: Arc::clone(&ready), used: now };
        statements.by_profile.insert(key, known);
        ready
    }

    /// Prepares it anew next time: the tables under it have changed, or the server has let go of it.
    pub(crate) fn forget(&self, profile: &Arc<Profile>) {
        let mut statements = self.statements.lock().unwrap_or_else(PoisonError::into_inner);
        statements.by_profile.remove(&(Arc::as_ptr(profile) as usize));
    }

    /// It has a turn as statements have, and is cancelled when its caller gives it up: it may wait for a lock, too.
    async fn prepare(self: &Arc<Self>, profile: &Arc<Profile>) -> Result<Arc<Ready>, Error> {
        let mut tries = 0;
        loop {
            self.open_for_more().await;
            let cancels = self.cancels.load(Ordering::Acquire);
            let (connection, profile) = (Arc::clone(self), Arc::clone(profile));
            let asking = async move { connection.client.prepare(&profile.sql).await };
            let error = match Errand::new(self, asking, ()).await {
                Ok((statement, going)) => {
                    going.end();
                    return Ok(Arc::new(Ready::new(statement, &self.shapes)));
                }
                // Preparing does nothing that could be done twice.
                Err(Error::Connection { detail, .. }) => Error::unsent(detail),
                Err(said) => said,
            };
            let stray = error.has_state(&SqlState::QUERY_CANCELED) && cancels != self.cancels.load(Ordering::Acquire);
            tries += 1;
            if !stray || tries == PREPARE_TRIES {
                return Err(error);
            }
        }
    }

    /// Nobody wants the answer of this turn any more: it is cancelled when it is its turn, read to its end, and only then is
    /// what it kept let go.
    pub(crate) fn abandon(self: &Arc<Self>, rest: BoxFuture<'static, ()>, turn: Turn, keep: impl Send + 'static) {
        let drain = self.turns.stop(turn);
        let connection = Arc::clone(self);
        self.runtime.spawn(async move {
            rest.await;
            connection.turns.end(turn);
            drop(keep);
        });
        if drain {
            self.runtime.spawn(cancel::drain(Arc::clone(self)));
        }
    }
}

struct AbortOnDrop(AbortHandle);

impl AbortOnDrop {
    fn keep(self) -> AbortHandle {
        let handle = self.0.clone();
        std::mem::forget(self);
        handle
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Tells however the driver ends, by itself or aborted.
struct Ending(Weak<dyn Home>);

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(home) = self.0.upgrade() {
            home.changed();
        }
    }
}

/// Reads and writes the socket until the client is dropped or the server is gone.
async fn drive<S, T>(
    connection: tokio_postgres::Connection<S, T>,
    notifications: Option<mpsc::Sender<Notification>>,
    home: Weak<dyn Home>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    let _ending = Ending(home);
    // Dropped before the end is told, so that who is told finds the connection closed.
    let mut connection = connection;
    while let Some(message) = poll_fn(|context| connection.poll_message(context)).await {
        match message {
            Ok(AsyncMessage::Notice(notice)) => {
                tracing::info!(severity = notice.severity(), sqlstate = notice.code().code(), "{}", notice.message());
            }
            Ok(AsyncMessage::Notification(notification)) => {
                // A listener that does not take what came holds the server back, too: nothing is dropped.
                if let Some(notifications) = &notifications
                    && notifications.send(notification).await.is_err()
                {
                    return;
                }
            }
            Ok(_) => {}
            Err(error) => {
                tracing::debug!("a connection ended: {error}");
                return;
            }
        }
    }
}
