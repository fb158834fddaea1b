//! Results that are read as they are asked for. What is not read stays with the server: its socket fills, and it waits.

use std::{
    future::poll_fn,
    pin::pin,
    sync::Arc,
    task::{Poll, ready},
    time::Duration,
};

use tokio::time::sleep;

use super::{
    encode::Parameter, error::Error, execution::Execution, lease::Lease, members::Need, pool::Pool, query::check_count,
    shape::Ready,
};
use crate::{
    Integers, Value,
    packed::{Block, FULL},
};

/// How long rows that are there wait for more to fill a block.
const LINGER: Duration = Duration::from_millis(4);

/// A result being read. Dropped before its end, it is cancelled on the server.
pub struct Cursor {
    execution: Execution<Lease>,
    ready: Arc<Ready>,
    integers: Integers,
    block: Block,
    ended: bool,
}

impl Pool {
    /// Starts a statement whose rows are read batch by batch. It has a connection for itself until it ends.
    pub async fn stream(&self, sql: &str, parameters: Vec<Value>, integers: Integers) -> Result<Cursor, Error> {
        let profile = self.inner.profile(sql)?;
        let lease = self.inner.acquire(Need::Alone).await?;
        let ready = lease.connection.ready(&profile).await?;
        let parameters: Arc<[Parameter]> = Parameter::all(parameters).into();
        check_count(&ready, &parameters)?;
        let connection = Arc::clone(&lease.connection);
        let execution = Execution::new(&connection, &profile, &ready, &parameters, lease);
        let block = Block::new(ready.columns.len());
        Ok(Cursor { execution, ready, integers, block, ended: false })
    }
}

impl Cursor {
    /// The next rows, packed, or none at the end. What has been read when a call is dropped is part of the next one's.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let mut linger = pin!(None);
        poll_fn(|context| {
            while !self.ended && self.block.weight() < FULL {
                match self.execution.poll_row(context)? {
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
        .await
        .inspect_err(|_| self.ended = true)?;
        Ok((self.block.rows() > 0).then(|| self.block.take(self.ready.shape)))
    }
}
