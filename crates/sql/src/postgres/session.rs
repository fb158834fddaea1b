//! Transactions: a connection for one caller, from `BEGIN` to the end.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use super::{
    connection::Connection,
    encode::Parameter,
    errand::Errand,
    error::Error,
    lease::Lease,
    members::Need,
    pool::{Inner, Pool},
    query::{Failed, Rows, is_stale, run},
    statement::check_script,
};
use crate::{Integers, Value};

/// How far a transaction is kept apart from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// Each statement sees what was committed before it.
    ReadCommitted,
    /// Every statement sees what was committed before the first.
    RepeatableRead,
    /// As if transactions ran one after the other.
    Serializable,
}

impl Isolation {
    fn sql(self) -> &'static str {
        match self {
            Self::ReadCommitted => " ISOLATION LEVEL READ COMMITTED",
            Self::RepeatableRead => " ISOLATION LEVEL REPEATABLE READ",
            Self::Serializable => " ISOLATION LEVEL SERIALIZABLE",
        }
    }
}

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
    /// Held by the statement that is next to be sent.
    order: tokio::sync::Mutex<()>,
}

/// A transaction. Dropped before its end, it is rolled back.
pub struct Session {
    pub(crate) held: Arc<Held>,
}

impl Pool {
    /// Begins a transaction on a connection of its own.
    pub async fn begin(
        &self,
        isolation: Option<Isolation>,
        read_only: bool,
        deferrable: bool,
    ) -> Result<Session, crate::Error> {
        self.begun(isolation, read_only, deferrable).await.map_err(|error| error.told(""))
    }

    async fn begun(&self, isolation: Option<Isolation>, read_only: bool, deferrable: bool) -> Result<Session, Error> {
        let mut begin = "BEGIN".to_owned();
        begin.push_str(isolation.map_or("", Isolation::sql));
        begin.push_str(if read_only { " READ ONLY" } else { "" });
        begin.push_str(if deferrable { " DEFERRABLE" } else { "" });
        let mut tries = 0;
        loop {
            let lease = self.inner.acquire(Need::Alone).await?;
            // Before the first statement: dropped at any moment from here on, it is rolled back.
            let held = Held {
                lease: Some(lease),
                pool: Arc::clone(&self.inner),
                ended: AtomicBool::new(false),
                state: Mutex::default(),
                order: tokio::sync::Mutex::default(),
            };
            let session = Session { held: Arc::new(held) };
            tries += 1;
            match session.control(&begin).await {
                Ok(()) => return Ok(session),
                // A transaction that has not begun has done nothing.
                Err(Error::Connection { .. }) if tries < 3 => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Session {
    /// Runs a statement in the transaction and gives its rows, packed. One that fails, or is stopped, fails the transaction up to
    /// the last savepoint.
    pub async fn query(
        &self,
        sql: &str,
        values: Vec<Value>,
        kinds: &str,
        bigints: bool,
    ) -> Result<Vec<Vec<u8>>, crate::Error> {
        let rows = self.run(sql, values, kinds, Integers::big(bigints)).await;
        rows.map(|rows| rows.blocks).map_err(|error| error.told(sql))
    }

    /// Runs a statement in the transaction and gives the number of rows that it inserted, changed or deleted.
    pub async fn execute(&self, sql: &str, values: Vec<Value>, kinds: &str) -> Result<u64, crate::Error> {
        let rows = self.run(sql, values, kinds, Integers::BigInt).await;
        rows.map(|rows| rows.affected).map_err(|error| error.told(sql))
    }

    /// Runs several statements in a row, as part of the transaction.
    pub async fn script(&self, sql: &str) -> Result<(), crate::Error> {
        let running = async {
            check_script(sql)?;
            let connection = self.held.connection()?;
            connection.open_for_more().await;
            let fails = FailsUnlessDone(&self.held);
            Errand::new(&connection, sql.to_owned(), Arc::clone(&self.held)).await?;
            fails.done();
            Ok(())
        };
        running.await.map_err(|error: Error| error.told(sql))
    }

    async fn run(&self, sql: &str, parameters: Vec<Value>, kinds: &str, integers: Integers) -> Result<Rows, Error> {
        let connection = self.held.connection()?;
        let profile = self.held.pool.profile(sql)?;
        let parameters: Arc<[Parameter]> = Parameter::all(parameters, kinds)?.into();
        let fails = FailsUnlessDone(&self.held);
        let prepared = {
            // In the order of the calls: one that has to be prepared first is not passed by those behind it. Once that is done
            // nothing is awaited until the statement is sent.
            let _in_order = self.held.order.lock().await;
            connection.open_for_more().await;
            connection.ready(&profile).await
        };
        let result = match prepared {
            Ok(_) => run(&connection, &profile, &parameters, integers, Arc::clone(&self.held)).await,
            Err(error) => Err(Failed { error, again: false }),
        };
        match result {
            Ok(rows) => {
                fails.done();
                Ok(rows)
            }
            Err(Failed { error, .. }) => {
                // What was refused before it was sent leaves the transaction as it was.
                if !matches!(error, Error::Server(_) | Error::Connection { .. } | Error::Value { .. }) {
                    fails.done();
                }
                if is_stale(&error) {
                    connection.forget(&profile);
                }
                Err(error)
            }
        }
    }

    async fn set_savepoint(&self) -> Result<u32, Error> {
        if self.held.state().failed {
            return Err(Error::RolledBack);
        }
        let number = {
            let mut state = self.held.state();
            state.savepoints += 1;
            state.savepoints
        };
        self.control(&format!("SAVEPOINT ferrule_{number}")).await?;
        Ok(number)
    }

    async fn keep_since(&self, number: u32) -> Result<(), Error> {
        if self.held.state().failed {
            self.undo_since(number).await?;
            return Err(Error::RolledBack);
        }
        self.control(&format!("RELEASE SAVEPOINT ferrule_{number}")).await
    }

    async fn undo_since(&self, number: u32) -> Result<(), Error> {
        self.control(&format!("ROLLBACK TO SAVEPOINT ferrule_{number}; RELEASE SAVEPOINT ferrule_{number}")).await?;
        self.held.state().failed = false;
        Ok(())
    }

    async fn keep_all(&self) -> Result<(), Error> {
        if self.held.state().failed {
            self.undo_all().await?;
            return Err(Error::RolledBack);
        }
        self.control("COMMIT").await?;
        self.held.ended.store(true, Ordering::Release);
        Ok(())
    }

    async fn undo_all(&self) -> Result<(), Error> {
        self.control("ROLLBACK").await?;
        self.held.ended.store(true, Ordering::Release);
        Ok(())
    }

    /// Sets a savepoint and gives its number.
    pub async fn savepoint(&self) -> Result<u32, crate::Error> {
        self.set_savepoint().await.map_err(|error| error.told(""))
    }

    /// Keeps what was done since a savepoint.
    pub async fn release(&self, number: u32) -> Result<(), crate::Error> {
        self.keep_since(number).await.map_err(|error| error.told(""))
    }

    /// Undoes what was done since a savepoint.
    pub async fn roll_back_to(&self, number: u32) -> Result<(), crate::Error> {
        self.undo_since(number).await.map_err(|error| error.told(""))
    }

    /// Keeps all of it. An error says that nothing was kept, or, of a connection that was lost after it was sent, that nobody
    /// knows.
    pub async fn commit(&self) -> Result<(), crate::Error> {
        self.keep_all().await.map_err(|error| error.told(""))
    }

    /// Undoes all of it.
    pub async fn roll_back(&self) -> Result<(), crate::Error> {
        self.undo_all().await.map_err(|error| error.told(""))
    }

    async fn control(&self, sql: &str) -> Result<(), Error> {
        let connection = self.held.connection()?;
        connection.open_for_more().await;
        if connection.is_closed() {
            return Err(Error::unsent("the server had closed it"));
        }
        connection.client.batch_execute(sql).await.map_err(Error::of)
    }
}

impl Held {
    pub(crate) fn connection(&self) -> Result<Arc<Connection>, Error> {
        match &self.lease {
            Some(lease) if !self.ended.load(Ordering::Acquire) => Ok(Arc::clone(&lease.connection)),
            _ => Err(Error::Ended),
        }
    }

    pub(crate) fn pool(&self) -> &Arc<Inner> {
        &self.pool
    }

    /// Nothing of it can be kept any more.
    pub(crate) fn fail(&self) {
        self.state().failed = true;
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

/// A statement that is dropped on its way may or may not have run: either way its transaction is not to be kept.
struct FailsUnlessDone<'session>(&'session Held);

impl FailsUnlessDone<'_> {
    fn done(self) {
        std::mem::forget(self);
    }
}

impl Drop for FailsUnlessDone<'_> {
    fn drop(&mut self) {
        self.0.state().failed = true;
    }
}
