//! `COPY`: bytes in and out of a table in bulk.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

use bytes::Bytes;
use futures_util::{SinkExt, Stream};
use tokio_postgres::{CopyInSink, CopyOutStream};

use super::{
    connection::Connection,
    copy_rows::Into,
    error::Error,
    held::FailsUnlessDone,
    owner::{Owner, Start},
    turn::Turn,
};

/// How many bytes of a copy are handed on together.
const PIECE: usize = 256 * 1024;

/// Data on its way into a table. Dropped before [`CopyIn::finish`], nothing of it is kept.
pub struct CopyIn {
    /// The first field: the transaction has failed before it goes on.
    fails: FailsUnlessDone,
    sink: Option<Pin<Box<CopyInSink<Bytes>>>>,
    owner: Option<Owner>,
    sql: String,
    rows: Option<Into>,
}

impl CopyIn {
    pub(crate) async fn start(start: Start, sql: &str) -> Result<Self, Error> {
        // Dropped while the server is being asked, it fails its transaction as it does later.
        let Start { owner, connection, fails } = start;
        let sink = Box::pin(connection.client.copy_in(sql).await.map_err(Error::of)?);
        Ok(Self { fails, sink: Some(sink), owner: Some(owner), sql: sql.to_owned(), rows: None })
    }

    pub(crate) fn of_rows(mut self, rows: Into) -> Self {
        self.rows = Some(rows);
        self
    }

    /// Sends rows as `src/sql/postgres-copy.ts` packs them. A value that its column cannot hold ends the copy.
    pub async fn write_rows(&mut self, packed: Vec<u8>) -> Result<(), crate::Error> {
        let Some(rows) = &mut self.rows else { return Err(Error::Ended.told("")) };
        match rows.encode(&packed) {
            Ok(bytes) => self.send(bytes.freeze()).await,
            Err(error) => {
                self.fails.fail();
                self.end();
                Err(error.told(&self.sql))
            }
        }
    }

    /// Sends bytes; waits while the server has enough to do.
    pub async fn write(&mut self, bytes: Vec<u8>) -> Result<(), crate::Error> {
        self.send(Bytes::from(bytes)).await
    }

    async fn send(&mut self, bytes: Bytes) -> Result<(), crate::Error> {
        let Some(sink) = &mut self.sink else { return Err(Error::Ended.told("")) };
        if sink.send(bytes).await.is_ok() {
            return Ok(());
        }
        // Why it was refused is the answer to the whole.
        Err(match self.finish().await {
            Err(error) => error,
            Ok(_) => Error::Ended.told(""),
        })
    }

    /// Ends the data and gives the number of rows, which are kept from now on.
    pub async fn finish(&mut self) -> Result<u64, crate::Error> {
        let Some(mut sink) = self.sink.take() else { return Err(Error::Ended.told("")) };
        let trailer = self.rows.as_ref().map_or_else(Bytes::new, Into::trailer);
        if !trailer.is_empty() {
            // Refused, the end says why.
            let _ = sink.send(trailer).await;
        }
        let result = sink.as_mut().finish().await.map_err(Error::of);
        match &result {
            Ok(_) => self.fails.done(),
            Err(_) => self.fails.fail(),
        }
        self.end();
        result.map_err(|error| error.told(&self.sql))
    }

    /// Nothing more is sent: what is called next may be.
    fn end(&mut self) {
        self.sink = None;
        self.owner = None;
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

fn stage_of(stage: &mut Mutex<Option<Stage>>) -> &mut Option<Stage> {
    stage.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// Data on its way out. Dropped before its end, it is cancelled on the server.
pub struct CopyOut {
    connection: Arc<Connection>,
    /// Never locked, only reached by who has the copy alone: a future may leave its thread, but not be seen from two.
    stage: Mutex<Option<Stage>>,
    turn: Option<Turn>,
    owner: Option<Owner>,
    fails: FailsUnlessDone,
    sql: String,
}

impl CopyOut {
    pub(crate) async fn start(start: Start, sql: &str) -> Result<Self, Error> {
        let Start { owner, connection, fails } = start;
        let (sender, asked) = (Arc::clone(&connection), sql.to_owned());
        let starting: Starting = Box::pin(async move { sender.client.copy_out(&asked).await });
        let stage = Mutex::new(Some(Stage::Starting(starting)));
        let mut copy = Self { connection, stage, turn: None, owner: Some(owner), fails, sql: sql.to_owned() };
        copy.started().await?;
        Ok(copy)
    }

    async fn started(&mut self) -> Result<(), Error> {
        let started = poll_fn(|context| {
            let Some(Stage::Starting(starting)) = stage_of(&mut self.stage) else {
                return Poll::Ready(Err(Error::Ended));
            };
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
                *stage_of(&mut self.stage) = Some(Stage::Reading(Box::pin(pieces)));
                Ok(())
            }
            Err(error) => {
                self.fails.fail();
                self.end();
                Err(error)
            }
        }
    }

    /// The next bytes, or none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, crate::Error> {
        let mut together = Vec::new();
        let result = poll_fn(|context| {
            while together.len() < PIECE {
                let Some(Stage::Reading(pieces)) = stage_of(&mut self.stage) else { break };
                match pieces.as_mut().poll_next(context) {
                    Poll::Ready(Some(Ok(piece))) => together.extend_from_slice(&piece),
                    Poll::Ready(Some(Err(error))) => {
                        self.fails.fail();
                        self.end();
                        return Poll::Ready(Err(Error::of(error).told(&self.sql)));
                    }
                    Poll::Ready(None) => {
                        self.fails.done();
                        self.end();
                    }
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
        *stage_of(&mut self.stage) = None;
        if let Some(turn) = self.turn.take() {
            self.connection.turns.end(turn);
        }
        self.owner = None;
    }
}

impl Drop for CopyOut {
    fn drop(&mut self) {
        if let (Some(stage), Some(turn)) = (stage_of(&mut self.stage).take(), self.turn) {
            self.fails.fail();
            self.connection.abandon(Box::pin(stage.discard()), turn, self.owner.take());
        }
    }
}
