//! Statements without parameters and rows, by the simple protocol.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_util::future::BoxFuture;

use super::{connection::Connection, error::Error, turn::Turn};

/// Statements under way. Dropped before their end, they are cancelled on the server, and `keep` is held until it is through.
pub(crate) struct Errand<K: Send + Unpin + 'static> {
    connection: Arc<Connection>,
    running: Option<BoxFuture<'static, Result<(), tokio_postgres::Error>>>,
    turn: Option<Turn>,
    keep: Option<K>,
}

impl<K: Send + Unpin + 'static> Errand<K> {
    pub(crate) fn new(connection: &Arc<Connection>, sql: String, keep: K) -> Self {
        let sender = Arc::clone(connection);
        let running: BoxFuture<'static, _> = Box::pin(async move { sender.client.batch_execute(&sql).await });
        Self { connection: Arc::clone(connection), running: Some(running), turn: None, keep: Some(keep) }
    }
}

impl<K: Send + Unpin + 'static> Future for Errand<K> {
    type Output = Result<(), Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let Some(running) = &mut this.running else { return Poll::Ready(Err(Error::Ended)) };
        let polled = if this.turn.is_some() {
            running.as_mut().poll(context)
        } else {
            if this.connection.is_closed() {
                this.running = None;
                return Poll::Ready(Err(Error::unsent("the server had closed it")));
            }
            let (turn, polled) = this.connection.turns.take(|| running.as_mut().poll(context));
            this.turn = Some(turn);
            polled
        };
        let result = ready!(polled);
        this.running = None;
        if let Some(turn) = this.turn.take() {
            this.connection.turns.end(turn);
        }
        Poll::Ready(result.map_err(|error| {
            // Something that has no answer here, such as a copy: what the connection waits for now, nobody knows.
            if error.as_db_error().is_none() {
                this.connection.kill();
            }
            Error::of(error)
        }))
    }
}

impl<K: Send + Unpin + 'static> Drop for Errand<K> {
    fn drop(&mut self) {
        if let (Some(running), Some(turn)) = (self.running.take(), self.turn) {
            let rest = async move {
                let _ = running.await;
            };
            self.connection.abandon(Box::pin(rest), turn, self.keep.take());
        }
    }
}
