//! Statements that are run to their end.

use std::{
    future::poll_fn,
    sync::Arc,
    task::{Poll, ready},
};

use tokio_postgres::error::SqlState;

use super::{
    connection::Connection,
    encode::Parameter,
    error::Error,
    execution::Execution,
    members::Need,
    pool::{Inner, Pool},
    shape::Ready,
    statement::Profile,
};
use crate::{Integers, packed::Block};

/// How heavy one block of a result gets: small enough to be taken apart while it is in the cache.
const BLOCK: usize = 1024 * 1024;
/// How often a statement is sent again that had no effect, through no fault of its own.
const TRIES: u32 = 8;

/// A whole result.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Its rows, packed; none if there is no row.
    pub(crate) blocks: Vec<Vec<u8>>,
    /// Rows that were returned or changed.
    pub(crate) affected: u64,
}

/// A statement with its values, and how its integers are wanted.
pub(crate) struct Asked {
    pub(crate) profile: Arc<Profile>,
    pub(crate) parameters: Arc<[Parameter]>,
    pub(crate) integers: Integers,
}

/// What went wrong, and whether the statement may simply be sent again.
pub(crate) struct Failed {
    pub(crate) error: Error,
    pub(crate) again: bool,
}

impl Pool {
    /// The names of the columns that a statement gives.
    pub async fn describe(&self, sql: &str) -> Result<Vec<String>, crate::Error> {
        let describing = async {
            let profile = self.inner.profile(sql)?;
            let lease = self.inner.acquire(Need::Alone).await?;
            let ready = lease.connection.ready(&profile).await?;
            Ok(ready.statement.columns().iter().map(|column| column.name().to_owned()).collect())
        };
        describing.await.map_err(|error: Error| error.told(sql))
    }

    /// The names of a row's columns, by the number of its shape.
    pub fn names(&self, shape: u32) -> Option<Vec<String>> {
        self.inner.shapes.names(shape).map(|names| names.to_vec())
    }
}

/// Runs a statement on a connection of the pool, again where that does no harm.
pub(crate) async fn run_in_pool(pool: &Arc<Inner>, asked: &Asked) -> Result<Rows, Error> {
    let mut tries = 0;
    loop {
        match attempt(pool, asked).await {
            Ok(rows) => return Ok(rows),
            Err(Failed { error, again }) => {
                tries += 1;
                if !again || tries == TRIES {
                    return Err(error);
                }
            }
        }
    }
}

async fn attempt(pool: &Arc<Inner>, asked: &Asked) -> Result<Rows, Failed> {
    let need = asked.profile.shares().map_or(Need::Alone, Need::Share);
    let lease = pool.acquire(need).await.map_err(|error| Failed { error, again: false })?;
    let connection = Arc::clone(&lease.connection);
    let ready =
        connection.ready(&asked.profile).await.map_err(|error| Failed { again: was_not_sent(&error), error })?;
    run(&connection, asked, &ready, lease, ()).await
}

/// Runs a statement on a connection that `keep` holds; `until_sent` is let go once it has been sent.
pub(crate) async fn run<K: Send + 'static, S>(
    connection: &Arc<Connection>,
    asked: &Asked,
    ready: &Arc<Ready>,
    keep: K,
    until_sent: S,
) -> Result<Rows, Failed> {
    let Asked { profile, parameters, integers } = asked;
    check_count(ready, parameters).map_err(|error| Failed { error, again: false })?;
    let mut execution = Execution::new(connection, profile, ready, parameters, keep);
    read_all(&mut execution, ready, *integers, until_sent).await.map_err(|error| {
        let stale = is_stale(&error);
        if stale {
            connection.forget(profile);
        }
        let again = stale || was_not_sent(&error) || execution.hit_by_stray_cancel(&error);
        Failed { error, again }
    })
}

pub(crate) fn check_count(ready: &Ready, parameters: &[Parameter]) -> Result<(), Error> {
    let expected = ready.statement.params().len();
    if expected == parameters.len() {
        return Ok(());
    }
    Err(Error::ParameterCount { expected: expected as u32, found: parameters.len() as u32 })
}

fn was_not_sent(error: &Error) -> bool {
    matches!(error, Error::Connection { sent: false, .. })
}

/// The server refuses to run a prepared statement whose result has changed since, or which it has let go of; it has done nothing.
fn is_stale(error: &Error) -> bool {
    error.has_state(&SqlState::INVALID_SQL_STATEMENT_NAME)
        || matches!(error, Error::Server(said)
            if said.sqlstate == SqlState::FEATURE_NOT_SUPPORTED.code()
                && said.routine.as_deref() == Some("RevalidateCachedQuery"))
}

async fn read_all<K: Send + 'static, S>(
    execution: &mut Execution<K>,
    ready: &Ready,
    integers: Integers,
    until_sent: S,
) -> Result<Rows, Error> {
    let mut until_sent = Some(until_sent);
    let mut block: Option<Block> = None;
    let mut rows = Rows::default();
    poll_fn(|context| {
        loop {
            let polled = execution.poll_row(context);
            // It is sent when it is first asked for a row.
            until_sent = None;
            let Some(row) = ready!(polled)? else { return Poll::Ready(Ok(())) };
            let block = block.get_or_insert_with(|| Block::new(ready.columns.len()));
            ready.columns.read(&row, block, integers)?;
            if block.weight() > BLOCK {
                rows.blocks.push(block.take(ready.shape));
            }
        }
    })
    .await?;
    if let Some(mut last) = block
        && last.rows() > 0
    {
        rows.blocks.push(last.take(ready.shape));
    }
    rows.affected = if execution.reads() { 0 } else { execution.affected() };
    Ok(rows)
}
