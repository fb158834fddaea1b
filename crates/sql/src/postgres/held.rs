//! What holds a transaction's connection, and the order in which its statements are sent.
//!
//! - Whatever is sent in a transaction is sent with its [`InOrder`], which calls get in the order they came.
//! - A statement lets it go once it has been sent, so that the next follows without waiting for the answer.
//! - A stream, a copy and a script keep it until they have ended: a copy is a conversation that nothing may be said in between,
//!   and what is sent behind rows that nobody reads would never be answered.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use tokio::{
    sync::{Mutex as Line, OwnedMutexGuard},
    time::timeout,
};

use super::{connection::Connection, error::Error, lease::Lease, pool::Inner};

#[derive(Default)]
struct State {
    /// A statement failed or was stopped: the server keeps nothing of this level.
    failed: bool,
    savepoints: u32,
}

/// What holds the connection: the session, and each statement that is still under way on it.
pub(crate) struct Held {
    lease: Option<Lease>,
    pool: Arc<Inner>,
    ended: AtomicBool,
    state: Mutex<State>,
    order: Arc<Line<()>>,
}

/// The turn to send. See the module.
pub(crate) type InOrder = OwnedMutexGuard<()>;

impl Held {
    pub(crate) fn new(pool: &Arc<Inner>, lease: Lease) -> Arc<Self> {
        Arc::new(Self {
            lease: Some(lease),
            pool: Arc::clone(pool),
            ended: AtomicBool::new(false),
            state: Mutex::default(),
            order: Arc::default(),
        })
    }

    pub(crate) fn pool(&self) -> &Arc<Inner> {
        &self.pool
    }

    fn connection(&self) -> Result<Arc<Connection>, Error> {
        match &self.lease {
            Some(lease) if !self.ended.load(Ordering::Acquire) => Ok(Arc::clone(&lease.connection)),
            _ => Err(Error::Ended),
        }
    }

    /// The connection, once what was called before is sent or has ended, and nothing that was cancelled is under way.
    pub(crate) async fn in_order(&self) -> Result<(Arc<Connection>, InOrder), Error> {
        let since = Instant::now();
        let turn = Arc::clone(&self.order).lock_owned();
        let in_order = match self.pool.config.acquire_timeout {
            None => turn.await,
            Some(patience) => {
                timeout(patience, turn).await.map_err(|_| self.pool.timed_out(since.elapsed()).of_own())?
            }
        };
        let connection = self.connection()?;
        connection.open_for_more().await;
        Ok((connection, in_order))
    }

    /// Nothing is called in it any more, and the server knows its end.
    pub(crate) fn end(&self) {
        self.ended.store(true, Ordering::Release);
    }

    /// Ends its connection at once: the server undoes what was not kept.
    pub(crate) fn cut(&self) {
        if let Some(lease) = &self.lease {
            lease.connection.kill();
        }
    }

    pub(crate) fn next_savepoint(&self) -> u32 {
        let mut state = self.state();
        state.savepoints += 1;
        state.savepoints
    }

    /// Whether nothing of it can be kept any more.
    pub(crate) fn has_failed(&self) -> bool {
        self.state().failed
    }

    pub(crate) fn set_failed(&self, failed: bool) {
        self.state().failed = failed;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let Some(lease) = self.lease.take() else { return };
        if self.ended.load(Ordering::Acquire) || lease.connection.is_closed() {
            return;
        }
        let runtime = lease.connection.runtime.clone();
        runtime.spawn(async move {
            lease.connection.open_for_more().await;
            if lease.connection.client.batch_execute("ROLLBACK").await.is_err() {
                lease.connection.kill();
            }
        });
    }
}

/// What is dropped on its way may or may not have run: either way its transaction, if it is part of one, is not to be kept.
#[must_use]
pub(crate) struct FailsUnlessDone(Option<Arc<Held>>);

impl FailsUnlessDone {
    pub(crate) fn new(transaction: Option<Arc<Held>>) -> Self {
        Self(transaction)
    }

    pub(crate) fn done(&mut self) {
        self.0 = None;
    }

    /// What was refused before it was sent leaves the transaction as it was.
    pub(crate) fn judge(&mut self, error: &Error) {
        if !matches!(error, Error::Server(_) | Error::Connection { .. } | Error::Value { .. }) {
            self.done();
        }
    }

    /// The same, of something that has come to its end.
    pub(crate) fn end<T>(&mut self, result: &Result<T, Error>) {
        match result {
            Ok(_) => self.done(),
            Err(error) => self.judge(error),
        }
    }

    pub(crate) fn fail(&mut self) {
        if let Some(transaction) = self.0.take() {
            transaction.set_failed(true);
        }
    }
}

impl Drop for FailsUnlessDone {
    fn drop(&mut self) {
        self.fail();
    }
}
