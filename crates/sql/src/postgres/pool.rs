//! The pool: connections to one server, opened as they are needed.
//!
//! - A statement that was fast so far may join others on a connection; any other has one for itself, and so have transactions,
//!   streams and copies.
//! - Such a statement goes to the first connection that has less than a fraction of a millisecond of work, by the statement's mean;
//!   then to an idle one; then to the one with the least under way. Where all have enough to do another is opened as far as the limit
//!   allows.
//! - Nobody joins a connection whose first statement has been running for a while, one that is being drained after a cancel, or
//!   one that a call waits for to have it alone.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::{Duration, Instant},
};

use tokio::{
    runtime::Handle,
    sync::{Notify, oneshot, watch},
    time::{sleep, timeout},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    config::{Config, Options},
    connection::{Connection, Home},
    error::Error,
    lease::Lease,
    members::{Members, Need, Seat},
    shape::Shapes,
    statement::Profile,
    tls,
};

/// Statements whose speed is remembered; with more, all are forgotten.
const PROFILES: usize = 8192;
/// After an opening failed beside connections that work, none is tried for this long.
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// How long a server may take to say that it is still there.
const HEALTH: Duration = Duration::from_secs(5);
/// How often the pool looks for idle and old connections, at most and at least.
const LOOKS: (Duration, Duration) = (Duration::from_millis(50), Duration::from_secs(5));

/// What a pool looks like at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PoolState {
    /// Connections that are open.
    pub(crate) open: u32,
    /// Of these, those with nothing to do.
    pub(crate) idle: u32,
    /// Of these, those that one caller has for itself.
    pub(crate) owned: u32,
    /// Connections that are being opened.
    pub(crate) opening: u32,
    /// Calls that wait for one.
    pub(crate) waiting: u32,
}

impl Seat for Arc<Connection> {
    fn is_closed(&self) -> bool {
        Connection::is_closed(self)
    }

    fn is_draining(&self) -> bool {
        self.turns.draining()
    }

    fn age(&self) -> Duration {
        self.turns.age()
    }

    fn opened(&self) -> Instant {
        self.opened
    }
}

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) tls: MakeRustlsConnect,
    this: Weak<Self>,
    runtime: Handle,
    members: Mutex<Members<Arc<Connection>>>,
    pub(crate) shapes: Arc<Shapes>,
    profiles: Mutex<HashMap<Box<str>, Arc<Profile>>>,
    /// Told when a connection has ended.
    changed: Notify,
    /// Whether it takes no more calls.
    shut: watch::Sender<bool>,
}

/// Connections to one server. Dropping it closes it: what is under way goes on, and its connections end after it.
pub struct Pool {
    pub(crate) inner: Arc<Inner>,
}

impl Pool {
    /// Opens the first connection, or as many as always stay open.
    /// `options` is the JSON of [`Options`].
    pub async fn connect(url: &str, options: &str) -> Result<Self, crate::Error> {
        let options = serde_json::from_str(options).map_err(|error| {
            let option = "options".to_owned();
            crate::Error::Config { message: format!("options are not understood: {error}"), option }
        })?;
        Self::connect_with(url, &options).await
    }

    /// As [`Pool::connect`].
    pub async fn connect_with(url: &str, options: &Options) -> Result<Self, crate::Error> {
        Self::connected(url, options).await.map_err(|error| error.told(""))
    }

    async fn connected(url: &str, options: &Options) -> Result<Self, Error> {
        let config = Config::new(url, options)?;
        let tls = tls::connector(&config.encryption)?;
        let inner = Arc::new_cyclic(|this| Inner {
            members: Mutex::new(Members::new(config.max, config.health_check)),
            this: Weak::clone(this),
            runtime: Handle::current(),
            shapes: Arc::default(),
            profiles: Mutex::default(),
            changed: Notify::new(),
            shut: watch::Sender::new(false),
            config,
            tls,
        });
        let pool = Self { inner };
        for _ in 0..pool.inner.config.min.max(1) {
            let connection = pool.inner.open().await?;
            pool.inner.members().add(connection);
        }
        tokio::spawn(look_after(Arc::downgrade(&pool.inner), looks(&pool.inner.config)));
        Ok(pool)
    }

    /// What it looks like now: connections that are open, idle, owned by one caller, being opened; calls that wait.
    pub fn state(&self) -> Vec<u32> {
        let PoolState { open, idle, owned, opening, waiting } = self.inner.members().state();
        vec![open, idle, owned, opening, waiting]
    }

    /// Takes no more calls and waits until those under way have ended.
    pub async fn close(&self) {
        self.inner.shut();
        loop {
            let changed = self.inner.changed.notified();
            if self.inner.members().is_empty() {
                return;
            }
            changed.await;
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.inner.shut();
    }
}

impl Home for Inner {
    fn changed(&self) {
        let ended = self.members().remove_closed();
        drop(ended);
        self.serve();
        self.changed.notify_waiters();
    }
}

/// A call in the line; it leaves when its future is dropped.
struct InLine<'pool> {
    pool: &'pool Inner,
    ticket: u64,
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.pool.members().leave(self.ticket);
        self.pool.serve();
    }
}

impl Inner {
    fn members(&self) -> MutexGuard<'_, Members<Arc<Connection>>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shared(&self) -> Option<Arc<Self>> {
        self.this.upgrade()
    }

    async fn open(&self) -> Result<Arc<Connection>, Error> {
        let home: Weak<dyn Home> = Weak::<Self>::clone(&self.this);
        Connection::open(&self.config, &self.tls, None, &home, &self.shapes).await
    }

    /// What is known of a statement.
    pub(crate) fn profile(&self, sql: &str) -> Result<Arc<Profile>, Error> {
        let mut profiles = self.profiles.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = profiles.get(sql) {
            return Ok(Arc::clone(known));
        }
        let profile = Profile::new(sql)?;
        if profiles.len() >= PROFILES {
            profiles.clear();
        }
        profiles.insert(sql.into(), Arc::clone(&profile));
        Ok(profile)
    }

    /// A connection for a statement, or for whatever needs one alone.
    pub(crate) async fn acquire(self: &Arc<Self>, need: Need) -> Result<Lease, Error> {
        let (in_line, answer) = {
            let mut members = self.members();
            if members.closed {
                return Err(Error::Closed);
            }
            if let Some(granted) = members.take(need) {
                let more = if members.crowded { members.grow(true) } else { 0 };
                let stale = members.has_stale();
                drop(members);
                self.open_more(more);
                if stale {
                    self.serve();
                }
                return Ok(Lease::new(Arc::clone(self), granted));
            }
            let (sender, answer) = oneshot::channel();
            let ticket = members.wait(need, sender);
            (InLine { pool: self, ticket }, answer)
        };
        self.serve();
        let since = Instant::now();
        let granted = match self.config.acquire_timeout {
            None => answer.await,
            Some(patience) => match timeout(patience, answer).await {
                Ok(granted) => granted,
                Err(_) => return Err(self.timed_out(since.elapsed())),
            },
        };
        // Served: nothing to leave.
        std::mem::forget(in_line);
        granted.unwrap_or(Err(Error::Closed))
    }

    /// What a call is told that waited for too long.
    pub(crate) fn timed_out(&self, waited: Duration) -> Error {
        self.members().timed_out(waited)
    }

    pub(crate) fn give_back(&self, member: u64) {
        let (left, waits) = {
            let mut members = self.members();
            (members.give_back(member), members.anybody_waits())
        };
        if left.is_some() {
            drop(left);
            self.changed.notify_waiters();
        }
        if waits {
            self.serve();
        }
    }

    /// Gives connections to those who wait, has those asked that were idle for long, and opens more where that is not enough.
    fn serve(&self) {
        let Some(shared) = self.shared() else { return };
        loop {
            let served = self.members().serve();
            let Some((answer, granted)) = served else { break };
            // One that was not fetched goes back by its drop, which serves the next.
            let _ = answer.send(Ok(Lease::new(Arc::clone(&shared), granted)));
        }
        let (stale, more) = {
            let mut members = self.members();
            (members.take_stale(), members.grow(false))
        };
        for idle in stale {
            let pool = Arc::clone(&shared);
            self.runtime.spawn(async move {
                if matches!(timeout(HEALTH, idle.seat.client.check_connection()).await, Ok(Ok(()))) {
                    pool.members().checked(idle.member);
                } else {
                    idle.seat.kill();
                }
                pool.serve();
            });
        }
        self.open_more(more);
    }

    fn open_more(&self, count: usize) {
        let Some(shared) = self.shared() else { return };
        for _ in 0..count {
            let pool = Arc::clone(&shared);
            self.runtime.spawn(async move {
                match pool.open().await {
                    Ok(connection) => {
                        let mut members = pool.members();
                        members.opening -= 1;
                        if !members.closed {
                            members.add(connection);
                        }
                    }
                    Err(error) => {
                        tracing::warn!("a connection could not be opened: {error}");
                        let hopeless = pool.members().failed_to_open(AFTER_FAILURE);
                        for answer in hopeless {
                            let _ = answer.send(Err(error.clone()));
                        }
                    }
                }
                pool.serve();
            });
        }
    }

    /// Becomes true when it takes no more calls.
    pub(crate) fn shutting(&self) -> watch::Receiver<bool> {
        self.shut.subscribe()
    }

    fn shut(&self) {
        self.shut.send_replace(true);
        let (waiters, unused) = self.members().close();
        for answer in waiters {
            let _ = answer.send(Err(Error::Closed));
        }
        drop(unused);
        self.changed.notify_waiters();
    }
}

fn looks(config: &Config) -> Duration {
    let shortest = [config.idle_timeout, config.max_lifetime].into_iter().flatten().min().unwrap_or(LOOKS.1);
    (shortest / 2).clamp(LOOKS.0, LOOKS.1)
}

/// Ends idle and old connections, and keeps as many open as are always to be.
async fn look_after(pool: Weak<Inner>, pause: Duration) {
    loop {
        sleep(pause).await;
        let Some(pool) = pool.upgrade() else { return };
        let (old, missing) = {
            let mut members = pool.members();
            if members.closed {
                return;
            }
            let old = members.remove_old(pool.config.min, pool.config.idle_timeout, pool.config.max_lifetime);
            let missing = pool.config.min.saturating_sub(members.len());
            members.opening += missing;
            (old, missing)
        };
        drop(old);
        pool.open_more(missing);
    }
}
