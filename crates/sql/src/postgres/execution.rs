//! One statement on its way through a connection.

use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll, ready},
};

use futures_util::Stream;
use tokio_postgres::{Row, RowStream, error::SqlState, types::ToSql};

use super::{connection::Connection, encode::Parameter, error::Error, shape::Ready, statement::Profile, turn::Turn};

type Starting = Pin<Box<dyn Future<Output = Result<RowStream, tokio_postgres::Error>> + Send>>;

/// How far the server's answer has been read.
pub(crate) enum Stage {
    /// Not yet begun.
    Starting(Starting),
    /// Rows are coming.
    Reading(Pin<Box<RowStream>>),
}

impl Stage {
    /// Reads on to the end and keeps nothing.
    pub(crate) async fn discard(self) {
        let mut rows = match self {
            Self::Starting(starting) => match starting.await {
                Ok(rows) => Box::pin(rows),
                Err(_) => return,
            },
            Self::Reading(rows) => rows,
        };
        while let Some(Ok(_)) = std::future::poll_fn(|context| rows.as_mut().poll_next(context)).await {}
    }
}

/// A running statement. Dropped before its end, it is cancelled on the server, and `keep` (what holds the connection) is held
/// until the server is through with it.
pub(crate) struct Execution<K: Send + 'static> {
    connection: Arc<Connection>,
    profile: Arc<Profile>,
    stage: Option<Stage>,
    turn: Option<Turn>,
    cancels: u64,
    affected: u64,
    keep: Option<K>,
}

impl<K: Send + 'static> Execution<K> {
    pub(crate) fn new(
        connection: &Arc<Connection>,
        profile: &Arc<Profile>,
        ready: &Arc<Ready>,
        parameters: &Arc<[Parameter]>,
        keep: K,
    ) -> Self {
        let (sender, ready, parameters) = (Arc::clone(connection), Arc::clone(ready), Arc::clone(parameters));
        let starting: Starting = Box::pin(async move {
            sender.client.query_raw(&ready.statement, parameters.iter().map(|value| value as &(dyn ToSql + Sync))).await
        });
        Self {
            connection: Arc::clone(connection),
            profile: Arc::clone(profile),
            stage: Some(Stage::Starting(starting)),
            turn: None,
            cancels: 0,
            affected: 0,
            keep: Some(keep),
        }
    }

    /// The next row, or none at the end.
    pub(crate) fn poll_row(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<Row>, Error>> {
        loop {
            let result = match &mut self.stage {
                None => return Poll::Ready(Ok(None)),
                Some(Stage::Starting(starting)) => {
                    let polled = if self.turn.is_some() {
                        starting.as_mut().poll(context)
                    } else {
                        if self.connection.is_closed() {
                            self.stage = None;
                            return Poll::Ready(Err(Error::unsent("the server had closed it")));
                        }
                        self.cancels = self.connection.cancels.load(Ordering::Acquire);
                        // The library sends when it is first asked.
                        let (turn, polled) = self.connection.turns.take(|| starting.as_mut().poll(context));
                        self.turn = Some(turn);
                        polled
                    };
                    match ready!(polled) {
                        Ok(rows) => {
                            self.stage = Some(Stage::Reading(Box::pin(rows)));
                            continue;
                        }
                        Err(error) => Err(error),
                    }
                }
                Some(Stage::Reading(rows)) => match ready!(rows.as_mut().poll_next(context)) {
                    Some(Ok(row)) => return Poll::Ready(Ok(Some(row))),
                    Some(Err(error)) => Err(error),
                    None => {
                        self.affected = rows.rows_affected().unwrap_or(0);
                        Ok(())
                    }
                },
            };
            return Poll::Ready(match result {
                Ok(()) => {
                    let time = self.end();
                    self.profile.took(time);
                    Ok(None)
                }
                Err(error) => {
                    self.end();
                    Err(Error::of(error))
                }
            });
        }
    }

    fn end(&mut self) -> std::time::Duration {
        self.stage = None;
        let time = self.turn.take().map(|turn| self.connection.turns.end(turn)).unwrap_or_default();
        self.keep = None;
        time
    }

    /// Rows that were returned or changed; known at the end.
    pub(crate) fn affected(&self) -> u64 {
        self.affected
    }

    pub(crate) fn reads(&self) -> bool {
        self.profile.reads
    }

    /// Whether a failure was meant for another statement: one that was being cancelled on this connection at the time.
    pub(crate) fn hit_by_stray_cancel(&self, error: &Error) -> bool {
        error.has_state(&SqlState::QUERY_CANCELED) && self.cancels != self.connection.cancels.load(Ordering::Acquire)
    }
}

impl<K: Send + 'static> Drop for Execution<K> {
    fn drop(&mut self) {
        if let (Some(stage), Some(turn)) = (self.stage.take(), self.turn) {
            self.connection.abandon(Box::pin(stage.discard()), turn, self.keep.take());
        }
    }
}
