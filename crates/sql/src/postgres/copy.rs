//! `COPY`: bytes in and out of a table in bulk.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::Arc,
    task::Poll,
};

use bytes::Bytes;
use futures_util::{SinkExt, Stream};
use tokio_postgres::{CopyInSink, CopyOutStream};

use super::{connection::Connection, error::Error, lease::Lease, members::Need, pool::Pool, turn::Turn};

/// How many bytes of a copy are handed on together.
const PIECE: usize = 256 * 1024;

/// Data on its way into a table. Dropped before [`CopyIn::finish`], nothing of it is kept.
pub struct CopyIn {
    sink: Option<Pin<Box<CopyInSink<Bytes>>>>,
    _lease: Lease,
}

impl Pool {
    /// Starts `COPY … FROM STDIN`.
    pub async fn copy_in(&self, sql: &str) -> Result<CopyIn, Error> {
        let lease = self.inner.acquire(Need::Alone).await?;
        let sink = lease.connection.client.copy_in(sql).await.map_err(Error::of)?;
        Ok(CopyIn { sink: Some(Box::pin(sink)), _lease: lease })
    }

    /// Starts `COPY … TO STDOUT`.
    pub async fn copy_out(&self, sql: &str) -> Result<CopyOut, Error> {
        let lease = self.inner.acquire(Need::Alone).await?;
        let connection = Arc::clone(&lease.connection);
        let (sender, sql) = (Arc::clone(&connection), sql.to_owned());
        let starting: Starting = Box::pin(async move { sender.client.copy_out(&sql).await });
        let mut copy = CopyOut { connection, stage: Some(Stage::Starting(starting)), turn: None, lease: Some(lease) };
        copy.started().await?;
        Ok(copy)
    }
}

impl CopyIn {
    /// Sends bytes; waits while the server has enough to do.
    pub async fn write(&mut self, bytes: Vec<u8>) -> Result<(), Error> {
        let Some(sink) = &mut self.sink else { return Err(Error::Ended) };
        sink.send(Bytes::from(bytes)).await.map_err(Error::of).inspect_err(|_| self.sink = None)
    }

    /// Ends the data and gives the number of rows, which are kept from now on.
    pub async fn finish(&mut self) -> Result<u64, Error> {
        let Some(mut sink) = self.sink.take() else { return Err(Error::Ended) };
        sink.as_mut().finish().await.map_err(Error::of)
    }
}

type Starting = Pin<Box<dyn Future<Output = Result<CopyOutStream, tokio_postgres::Error>> + Send>>;

enum Stage {
    Starting(Starting),
    Reading(Pin<Box<CopyOutStream>>),
}

impl Stage {
    async fn discard(self) {
        let mut pieces = match self {
            Self::Starting(starting) => match starting.await {
                Ok(pieces) => Box::pin(pieces),
                Err(_) => return,
            },
            Self::Reading(pieces) => pieces,
        };
        while let Some(Ok(_)) = poll_fn(|context| pieces.as_mut().poll_next(context)).await {}
    }
}

/// Data on its way out. Dropped before its end, it is cancelled on the server.
pub struct CopyOut {
    connection: Arc<Connection>,
    stage: Option<Stage>,
    turn: Option<Turn>,
    lease: Option<Lease>,
}

impl CopyOut {
    async fn started(&mut self) -> Result<(), Error> {
        let started = poll_fn(|context| {
            let Some(Stage::Starting(starting)) = &mut self.stage else { return Poll::Ready(Err(Error::Ended)) };
            let polled = if self.turn.is_some() {
                starting.as_mut().poll(context)
            } else {
                let (turn, polled) = self.connection.turns.take(|| starting.as_mut().poll(context));
                self.turn = Some(turn);
                polled
            };
            polled.map_err(Error::of)
        })
        .await;
        match started {
            Ok(pieces) => {
                self.stage = Some(Stage::Reading(Box::pin(pieces)));
                Ok(())
            }
            Err(error) => {
                self.end();
                Err(error)
            }
        }
    }

    /// The next bytes, or none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let mut together = Vec::new();
        let result = poll_fn(|context| {
            while together.len() < PIECE {
                let Some(Stage::Reading(pieces)) = &mut self.stage else { break };
                match pieces.as_mut().poll_next(context) {
                    Poll::Ready(Some(Ok(piece))) => together.extend_from_slice(&piece),
                    Poll::Ready(Some(Err(error))) => {
                        self.end();
                        return Poll::Ready(Err(Error::of(error)));
                    }
                    Poll::Ready(None) => self.end(),
                    Poll::Pending if together.is_empty() => return Poll::Pending,
                    Poll::Pending => break,
                }
            }
            Poll::Ready(Ok(()))
        })
        .await;
        result?;
        Ok((!together.is_empty()).then_some(together))
    }

    fn end(&mut self) {
        self.stage = None;
        if let Some(turn) = self.turn.take() {
            self.connection.turns.end(turn);
        }
        self.lease = None;
    }
}

impl Drop for CopyOut {
    fn drop(&mut self) {
        if let (Some(stage), Some(turn)) = (self.stage.take(), self.turn) {
            self.connection.abandon(Box::pin(stage.discard()), turn, self.lease.take());
        }
    }
}
