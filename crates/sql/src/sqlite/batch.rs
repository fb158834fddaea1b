//! Many statements in one crossing, all of them or none.

use super::connection::{Connection, Session};
use crate::{
    error::{Error, Result, Stop},
    value::Value,
};

impl Connection {
    /// Runs statements in order, each with its parameters, and gives how many rows each changed. One statement alone is run
    /// with all parameters. Where one fails nothing has happened: they are a transaction, or a part of the one that is open.
    pub fn batch(
        &mut self,
        statements: &[u32],
        params: &[Vec<Value>],
        go_on: impl Fn() -> std::result::Result<(), Stop> + Send + 'static,
    ) -> Result<Vec<i64>> {
        if statements.len() != 1 && statements.len() != params.len() {
            return Err(Error::state("a batch needs one statement, or one for each list of parameters"));
        }
        let session = self.session()?;
        let _running = session.begin(go_on);
        let (begin, commit, undo) = if session.db.is_autocommit() {
            ("begin immediate", "commit", "rollback")
        } else {
            ("savepoint ferrule_batch", "release ferrule_batch", "rollback to ferrule_batch; release ferrule_batch")
        };
        session.direct(begin)?;
        let run = session.run_all(statements, params).and_then(|changes| session.direct(commit).map(|()| changes));
        if run.is_err() && !session.db.is_autocommit() {
            // SQLite may have undone all of it already; and what fails here must not hide why it was needed.
            drop(session.db.execute_batch(undo));
        }
        run
    }
}

impl Session {
    fn run_all(&mut self, statements: &[u32], params: &[Vec<Value>]) -> Result<Vec<i64>> {
        let mut changes = Vec::with_capacity(params.len());
        for (at, params) in params.iter().enumerate() {
            let statement = statements.get(at).or(statements.first()).copied().unwrap_or(u32::MAX);
            let ran = self.run(statement, params)?;
            changes.push(if let Some(Value::Number(count)) = ran.first() { *count as i64 } else { 0 });
            if self.call.is_stopped() {
                return Err(Error::Stopped);
            }
        }
        Ok(changes)
    }

    fn direct(&self, sql: &str) -> Result<()> {
        self.db.execute_batch(sql).map_err(|error| self.failed(error, sql))
    }
}
