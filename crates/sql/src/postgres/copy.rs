//! `COPY`: bytes in and out of a table in bulk.

use std::{future::poll_fn, pin::Pin, sync::Arc, task::Poll};

use bytes::Bytes;
use futures_util::{SinkExt, Stream};
use tokio_postgres::{CopyInSink, CopyOutStream};

use super::{
    copy_rows::Into,
    errand::{Errand, Going},
    error::Error,
    held::FailsUnlessDone,
    owner::{Owner, Start},
};

/// How many bytes of a copy are handed on together.
const PIECE: usize = 256 * 1024;

/// Data on its way into a table. Dropped before [`CopyIn::finish`] has ended, nothing of it is kept, and it is cancelled on the server:
/// that may be waiting for a lock.
pub struct CopyIn {
    fails: FailsUnlessDone,
    sink: Option<Pin<Box<CopyInSink<Bytes>>>>,
    going: Option<Going<Owner>>,
    sql: String,
    rows: Option<Into>,
}

impl CopyIn {
    pub(crate) async fn start(start: Start, sql: &str) -> Result<Self, Error> {
        // Dropped while the server is being asked, it fails its transaction as it does later.
        let Start { owner, connection, fails } = start;
        // By itself: what is sent with a turn has to be sent at once.
        let statement = connection.client.prepare(sql).await.map_err(Error::of)?;
        let sender = Arc::clone(&connection);
        let asking = async move { sender.client.copy_in(&statement).await };
        // The library ends the data even of a copy that was refused before it took any. The server answers to that, too, and the
        // library would take it for the answer to the next request.
        let (sink, going) = Errand::new(&connection, asking, owner).breaking().await?;
        Ok(Self { fails, sink: Some(Box::pin(sink)), going: Some(going), sql: sql.to_owned(), rows: None })
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
                self.stop();
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
        let Some(sink) = &mut self.sink else { return Err(Error::Ended.told("")) };
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
        self.sink = None;
        if let Some(going) = self.going.take() {
            drop(going.end());
        }
        result.map_err(|error| error.told(&self.sql))
    }

    fn stop(&mut self) {
        self.fails.fail();
        if let (Some(sink), Some(going)) = (self.sink.take(), self.going.take()) {
            let connection = Arc::clone(&going.connection);
            going.abandon(async move {
                // Without its end the data is refused; the answer to what is sent behind it says that the server is through.
                drop(sink);
                let _ = connection.client.check_connection().await;
            });
        }
    }
}

impl Drop for CopyIn {
    fn drop(&mut self) {
        if self.sink.is_some() {
            self.stop();
        }
    }
}

/// Data on its way out. Dropped before its end, it is cancelled on the server.
pub struct CopyOut {
    fails: FailsUnlessDone,
    pieces: Option<Pin<Box<CopyOutStream>>>,
    going: Option<Going<Owner>>,
    sql: String,
}

impl CopyOut {
    pub(crate) async fn start(start: Start, sql: &str) -> Result<Self, Error> {
        let Start { owner, connection, fails } = start;
        let statement = connection.client.prepare(sql).await.map_err(Error::of)?;
        let sender = Arc::clone(&connection);
        let asking = async move { sender.client.copy_out(&statement).await };
        let (pieces, going) = Errand::new(&connection, asking, owner).await?;
        Ok(Self { fails, pieces: Some(Box::pin(pieces)), going: Some(going), sql: sql.to_owned() })
    }

    /// The next bytes, or none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, crate::Error> {
        let mut together = Vec::new();
        let result = poll_fn(|context| {
            while together.len() < PIECE {
                let Some(pieces) = &mut self.pieces else { break };
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
        self.pieces = None;
        if let Some(going) = self.going.take() {
            drop(going.end());
        }
    }
}

impl Drop for CopyOut {
    fn drop(&mut self) {
        if let (Some(mut pieces), Some(going)) = (self.pieces.take(), self.going.take()) {
            self.fails.fail();
            going.abandon(async move {
                while let Some(Ok(_)) = poll_fn(|context| pieces.as_mut().poll_next(context)).await {}
            });
        }
    }
}
