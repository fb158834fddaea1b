//! Transactions: a connection for one caller, from `BEGIN` to the end.

use std::sync::Arc;

use super::{connection::Connection, error::Error, held::Held, members::Need, pool::Pool};

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
            let session = Session { held: Held::new(&self.inner, lease) };
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
    async fn set_savepoint(&self) -> Result<u32, Error> {
        if self.held.has_failed() {
            return Err(Error::RolledBack);
        }
        let number = self.held.next_savepoint();
        self.control(&format!("SAVEPOINT ferrule_{number}")).await?;
        Ok(number)
    }

    async fn keep_since(&self, number: u32) -> Result<(), Error> {
        if self.held.has_failed() {
            self.undo_since(number).await?;
            return Err(Error::RolledBack);
        }
        self.control(&format!("RELEASE SAVEPOINT ferrule_{number}")).await
    }

    async fn undo_since(&self, number: u32) -> Result<(), Error> {
        self.control(&format!("ROLLBACK TO SAVEPOINT ferrule_{number}; RELEASE SAVEPOINT ferrule_{number}")).await?;
        self.held.set_failed(false);
        Ok(())
    }

    async fn keep_all(&self) -> Result<(), Error> {
        let (connection, _in_order) = self.held.in_order().await?;
        // Looked at in order: what was called before may have failed meanwhile.
        let failed = self.held.has_failed();
        if failed && connection.is_closed() {
            return Err(Error::RolledBack);
        }
        sent(&connection, if failed { "ROLLBACK" } else { "COMMIT" }).await?;
        self.held.end();
        if failed { Err(Error::RolledBack) } else { Ok(()) }
    }

    async fn undo_all(&self) -> Result<(), Error> {
        let undone = self.control("ROLLBACK").await;
        match &undone {
            Ok(()) => self.held.end(),
            // Something of it does not end: it does with its connection, and so does the transaction.
            Err(Error::PoolTimeout { .. }) => self.held.cut(),
            Err(_) => {}
        }
        undone
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
        let (connection, _in_order) = self.held.in_order().await?;
        sent(&connection, sql).await
    }
}

async fn sent(connection: &Connection, sql: &str) -> Result<(), Error> {
    if connection.is_closed() {
        return Err(Error::unsent("the server had closed it"));
    }
    connection.client.batch_execute(sql).await.map_err(Error::of)
}
