//! Results that are read as they are asked for. What is not read stays with the server: its socket fills, and it waits.

use std::{
    future::poll_fn,
    pin::pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Poll, ready},
    time::Duration,
};

use tokio::time::sleep;

use super::{
    encode::Parameter,
    error::Error,
    execution::Execution,
    members::Need,
    owner::Owner,
    pool::Pool,
    query::check_count,
    session::{Held, Session},
    shape::Ready,
    statement::Profile,
};
use crate::{
    Integers, Value,
    packed::{Block, FULL},
};

/// How long rows that are there wait for more to fill a block.
const LINGER: Duration = Duration::from_millis(4);

/// A result being read. Dropped before its end, it is cancelled on the server.
pub struct Cursor {
    /// Never locked, only reached by who has the cursor alone: a future may leave its thread, but not be seen from two.
    execution: Mutex<Execution<Owner>>,
    transaction: Option<Arc<Held>>,
    sql: Arc<Profile>,
    ready: Arc<Ready>,
    integers: Integers,
    block: Block,
    ended: bool,
}

impl Pool {
    /// Starts a statement whose rows are read batch by batch. It has a connection for itself until it ends.
    pub async fn stream(
        &self,
        sql: &str,
        values: Vec<Value>,
        kinds: &str,
        bigints: bool,
    ) -> Result<Cursor, crate::Error> {
        let starting = async {
            let profile = self.inner.profile(sql)?;
            let owner = Owner::Alone(self.inner.acquire(Need::Alone).await?);
            Cursor::start(owner, profile, values, kinds, bigints).await
        };
        starting.await.map_err(|error| error.told(sql))
    }
}

impl Session {
    /// As [`Pool::stream`], in the transaction.
    pub async fn stream(
        &self,
        sql: &str,
        values: Vec<Value>,
        kinds: &str,
        bigints: bool,
    ) -> Result<Cursor, crate::Error> {
        let starting = async {
            let profile = self.held.pool().profile(sql)?;
            Cursor::start(Owner::Part(Arc::clone(&self.held)), profile, values, kinds, bigints).await
        };
        starting.await.map_err(|error| error.told(sql))
    }
}

impl Cursor {
    async fn start(
        owner: Owner,
        profile: Arc<Profile>,
        values: Vec<Value>,
        kinds: &str,
        bigints: bool,
    ) -> Result<Self, Error> {
        let connection = owner.connection()?;
        connection.open_for_more().await;
        let ready = connection.ready(&profile).await?;
        let parameters: Arc<[Parameter]> = Parameter::all(values, kinds)?.into();
        check_count(&ready, &parameters)?;
        let transaction = owner.transaction();
        let execution = Execution::new(&connection, &profile, &ready, &parameters, owner);
        let (block, integers) = (Block::new(ready.columns.len()), Integers::big(bigints));
        Ok(Self { execution: Mutex::new(execution), transaction, sql: profile, ready, integers, block, ended: false })
    }

    /// The next rows, packed, or none at the end. What has been read when a call is dropped is part of the next one's.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, crate::Error> {
        self.read().await.map_err(|error| {
            if let Some(transaction) = &self.transaction {
                transaction.fail();
            }
            self.ended = true;
            error.told(&self.sql.sql)
        })
    }

    async fn read(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let execution = self.execution.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut linger = pin!(None);
        poll_fn(|context| {
            while !self.ended && self.block.weight() < FULL {
                match execution.poll_row(context)? {
                    Poll::Ready(Some(row)) => self.ready.columns.read(&row, &mut self.block, self.integers)?,
                    Poll::Ready(None) => self.ended = true,
                    Poll::Pending => {
                        if self.block.rows() > 0 {
                            if linger.is_none() {
                                linger.set(Some(sleep(LINGER)));
                            }
                            if let Some(linger) = linger.as_mut().as_pin_mut() {
                                ready!(linger.poll(context));
                                break;
                            }
                        }
                        return Poll::Pending;
                    }
                }
            }
            Poll::Ready(Ok(()))
        })
        .await?;
        Ok((self.block.rows() > 0).then(|| self.block.take(self.ready.shape)))
    }
}

impl Drop for Cursor {
    fn drop(&mut self) {
        if let (false, Some(transaction)) = (self.ended, &self.transaction) {
            transaction.fail();
        }
    }
}
