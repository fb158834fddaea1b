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
    error::Error,
    execution::Execution,
    held::FailsUnlessDone,
    owner::{Owner, Start},
    query::{Asked, check_count},
    shape::Ready,
    statement::Profile,
};
use crate::{
    Integers,
    packed::{Block, FULL},
};

/// How long rows that are there wait for more to fill a block.
const LINGER: Duration = Duration::from_millis(4);

/// A result being read. Dropped before its end, it is cancelled on the server.
pub struct Cursor {
    /// The first field: the transaction has failed before it goes on.
    fails: FailsUnlessDone,
    /// Never locked, only reached by who has the cursor alone: a future may leave its thread, but not be seen from two.
    execution: Mutex<Execution<Owner>>,
    sql: Arc<Profile>,
    ready: Arc<Ready>,
    integers: Integers,
    block: Block,
    ended: bool,
}

impl Cursor {
    pub(crate) async fn start(start: Start, asked: Asked) -> Result<Self, Error> {
        let Start { owner, connection, mut fails } = start;
        let Asked { profile, parameters, integers } = asked;
        let prepared = connection.ready(&profile).await;
        let checked = prepared.and_then(|ready| check_count(&ready, &parameters).map(|()| ready));
        let ready = checked.inspect_err(|error| fails.judge(error))?;
        let execution = Mutex::new(Execution::new(&connection, &profile, &ready, &parameters, owner));
        let block = Block::new(ready.columns.len());
        Ok(Self { fails, execution, sql: profile, ready, integers, block, ended: false })
    }

    /// The next rows, packed, or none at the end. What has been read when a call is dropped is part of the next one's.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, crate::Error> {
        self.read().await.map_err(|error| {
            self.fails.fail();
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
                    Poll::Ready(None) => {
                        self.fails.done();
                        self.ended = true;
                    }
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
