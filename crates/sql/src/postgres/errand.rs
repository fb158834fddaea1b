//! A request that is no statement with rows: from when it is sent until its last answer has been read it has its connection's turn.

use std::{
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use futures_util::future::BoxFuture;

use super::{connection::Connection, error::Error, turn::Turn};

/// A request on its way to its first answer. Dropped before, it is cancelled on the server, and `keep` is held until it is through.
pub(crate) struct Errand<T: Send + 'static, K: Send + Unpin + 'static> {
    connection: Arc<Connection>,
    asking: Option<BoxFuture<'static, Result<T, tokio_postgres::Error>>>,
    turn: Option<Turn>,
    keep: Option<K>,
    /// Whether a refusal by the server, too, leaves the connection in no state to go on.
    breaks: bool,
}

/// What has been answered and may go on. Whoever has it ends or abandons it.
#[must_use]
pub(crate) struct Going<K: Send + 'static> {
    pub(crate) connection: Arc<Connection>,
    turn: Turn,
    keep: K,
}

impl<T: Send + 'static, K: Send + Unpin + 'static> Errand<T, K> {
    /// `asking` sends when it is first polled.
    pub(crate) fn new(
        connection: &Arc<Connection>,
        asking: impl Future<Output = Result<T, tokio_postgres::Error>> + Send + 'static,
        keep: K,
    ) -> Self {
        Self {
            connection: Arc::clone(connection),
            asking: Some(Box::pin(asking)),
            turn: None,
            keep: Some(keep),
            breaks: false,
        }
    }

    /// The connection is given up when the server refuses it.
    pub(crate) fn breaking(mut self) -> Self {
        self.breaks = true;
        self
    }
}

impl<K: Send + 'static> Going<K> {
    /// Its last answer has been read. Gives back what held the connection.
    pub(crate) fn end(self) -> K {
        self.connection.turns.end(self.turn);
        self.keep
    }

    /// Nobody wants more of it: it is cancelled, and `rest` reads what still comes.
    pub(crate) fn abandon(self, rest: impl Future<Output = ()> + Send + 'static) {
        self.connection.abandon(Box::pin(rest), self.turn, self.keep);
    }
}

impl<T: Send + 'static, K: Send + Unpin + 'static> Future for Errand<T, K> {
    type Output = Result<(T, Going<K>), Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let Some(asking) = &mut this.asking else { return Poll::Ready(Err(Error::Ended)) };
        let polled = if this.turn.is_some() {
            asking.as_mut().poll(context)
        } else {
            if this.connection.is_closed() {
                this.asking = None;
                return Poll::Ready(Err(Error::unsent("the server had closed it")));
            }
            let (turn, polled) = this.connection.turns.take(|| asking.as_mut().poll(context));
            this.turn = Some(turn);
            polled
        };
        let result = ready!(polled);
        this.asking = None;
        let (Some(turn), Some(keep)) = (this.turn.take(), this.keep.take()) else {
            return Poll::Ready(Err(Error::Ended));
        };
        let going = Going { connection: Arc::clone(&this.connection), turn, keep };
        Poll::Ready(match result {
            Ok(answer) => Ok((answer, going)),
            Err(error) => {
                // Something that has no answer here, such as a copy in a script: what the connection waits for now, nobody knows.
                if this.breaks || error.as_db_error().is_none() {
                    this.connection.kill();
                }
                drop(going.end());
                Err(Error::of(error))
            }
        })
    }
}

impl<T: Send + 'static, K: Send + Unpin + 'static> Drop for Errand<T, K> {
    fn drop(&mut self) {
        if let (Some(asking), Some(turn)) = (self.asking.take(), self.turn) {
            let (connection, breaks) = (Arc::clone(&self.connection), self.breaks);
            let rest = async move {
                // What was answered goes with it.
                if asking.await.is_err() && breaks {
                    connection.kill();
                }
            };
            self.connection.abandon(Box::pin(rest), turn, self.keep.take());
        }
    }
}
