//! Running one statement.

use super::{
    cells::{bind, pack, value_of},
    connection::{Connection, Session},
};
use crate::{
    error::{Error, Result, Stop},
    packed::{Block, FULL},
    value::{Integers, SAFE, Value},
};

impl Connection {
    /// The first row, its shape's number before its values; `only` refuses a second.
    pub fn row(&mut self, statement: u32, params: &[Value], big: bool, only: bool) -> Result<Option<Vec<Value>>> {
        self.session()?.row(statement, params, Integers::big(big), only)
    }

    /// [`row`](Self::row), stopped when `go_on` says so.
    pub fn row_checked(
        &mut self,
        statement: u32,
        params: &[Value],
        big: bool,
        only: bool,
        go_on: impl Fn() -> std::result::Result<(), Stop> + Send + 'static,
    ) -> Result<Option<Vec<Value>>> {
        let session = self.session()?;
        let _running = session.begin(go_on);
        session.row(statement, params, Integers::big(big), only)
    }

    /// All rows, in blocks.
    pub fn rows(&mut self, statement: u32, params: &[Value], big: bool) -> Result<Vec<Vec<u8>>> {
        self.session()?.rows(statement, params, Integers::big(big))
    }

    /// [`rows`](Self::rows), stopped when `go_on` says so.
    pub fn rows_checked(
        &mut self,
        statement: u32,
        params: &[Value],
        big: bool,
        go_on: impl Fn() -> std::result::Result<(), Stop> + Send + 'static,
    ) -> Result<Vec<Vec<u8>>> {
        let session = self.session()?;
        let _running = session.begin(go_on);
        session.rows(statement, params, Integers::big(big))
    }

    /// Runs a statement to its end: how many rows it changed, and the last row that was inserted on this connection.
    pub fn run(&mut self, statement: u32, params: &[Value]) -> Result<Vec<Value>> {
        self.session()?.run(statement, params)
    }

    /// [`run`](Self::run), stopped when `go_on` says so.
    pub fn run_checked(
        &mut self,
        statement: u32,
        params: &[Value],
        go_on: impl Fn() -> std::result::Result<(), Stop> + Send + 'static,
    ) -> Result<Vec<Value>> {
        let session = self.session()?;
        let _running = session.begin(go_on);
        session.run(statement, params)
    }

    /// Runs all statements of a text, one after the other.
    pub fn script(
        &mut self,
        sql: &str,
        go_on: impl Fn() -> std::result::Result<(), Stop> + Send + 'static,
    ) -> Result<()> {
        if sql.contains('\0') {
            return Err(super::failure::syntax("the SQL has a NUL character"));
        }
        let session = self.session()?;
        let _running = session.begin(go_on);
        session.db.execute_batch(sql).map_err(|error| session.failed(error, sql))
    }
}

impl Session {
    #[inline]
    pub(super) fn row(
        &mut self,
        number: u32,
        params: &[Value],
        integers: Integers,
        only: bool,
    ) -> Result<Option<Vec<Value>>> {
        let Self { db, statements, call } = self;
        let prepared = statements.get(number)?;
        let mut read = || {
            let mut statement = db.prepare_cached(&prepared.sql)?;
            if let Err(error) = bind(&mut statement, prepared.parameters, params) {
                return Ok(Err(error));
            }
            let mut rows = statement.raw_query();
            let Some(row) = rows.next()? else {
                return Ok(Ok(None));
            };
            let columns = row.as_ref().column_count();
            let mut values = Vec::with_capacity(columns + 1);
            values.push(Value::Null);
            for column in 0..columns {
                match value_of(row, column, integers) {
                    Ok(value) => values.push(value),
                    Err(error) => return Ok(Err(error)),
                }
            }
            values[0] = Value::Number(f64::from(prepared.shape_of(row.as_ref())));
            if only && rows.next()?.is_some() {
                return Ok(Err(Error::RowCount { found: 2 }));
            }
            Ok(Ok(Some(values)))
        };
        let outcome: rusqlite::Result<_> = read();
        outcome.unwrap_or_else(|error| Err(super::failure::failed(error, &prepared.sql, call)))
    }

    pub(super) fn rows(&mut self, number: u32, params: &[Value], integers: Integers) -> Result<Vec<Vec<u8>>> {
        let mut blocks = Vec::new();
        self.each_block(number, params, integers, |block| {
            blocks.push(block);
            true
        })?;
        Ok(blocks)
    }

    /// Gives away each block that is full, and the rest; `give` says whether there is anybody to go on for.
    pub(super) fn each_block(
        &mut self,
        number: u32,
        params: &[Value],
        integers: Integers,
        mut give: impl FnMut(Vec<u8>) -> bool,
    ) -> Result<()> {
        let Self { db, statements, call } = self;
        let prepared = statements.get(number)?;
        let mut read = || {
            let mut statement = db.prepare_cached(&prepared.sql)?;
            match bind(&mut statement, prepared.parameters, params) {
                Ok(bound) => bound?,
                Err(error) => return Ok(Err(error)),
            }
            let mut rows = statement.raw_query();
            let Some(row) = rows.next()? else {
                return Ok(Ok(()));
            };
            let shape = prepared.shape_of(row.as_ref());
            let columns = row.as_ref().column_count();
            let mut block = Block::new(columns);
            if let Err(error) = pack(row, columns, integers, &mut block) {
                return Ok(Err(error));
            }
            while let Some(row) = rows.next()? {
                if block.weight() >= FULL && !give(block.take(shape)) {
                    return Ok(Ok(()));
                }
                if let Err(error) = pack(row, columns, integers, &mut block) {
                    return Ok(Err(error));
                }
            }
            give(block.take(shape));
            Ok(Ok(()))
        };
        let outcome: rusqlite::Result<_> = read();
        outcome.unwrap_or_else(|error| Err(super::failure::failed(error, &prepared.sql, call)))
    }

    #[inline]
    pub(super) fn run(&mut self, number: u32, params: &[Value]) -> Result<Vec<Value>> {
        let Self { db, statements, call } = self;
        let prepared = statements.get(number)?;
        let before = db.total_changes();
        let run = || {
            let mut statement = db.prepare_cached(&prepared.sql)?;
            match bind(&mut statement, prepared.parameters, params) {
                Ok(bound) => bound?,
                Err(error) => return Ok(Err(error)),
            }
            let mut rows = statement.raw_query();
            while rows.next()?.is_some() {}
            Ok(Ok(()))
        };
        let outcome: rusqlite::Result<_> = run();
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(error),
            Err(error) => return Err(super::failure::failed(error, &prepared.sql, call)),
        }
        // What SQLite calls its changes are those of the last statement that made any.
        let changes = if db.total_changes() == before { 0 } else { db.changes() as i64 };
        Ok(vec![Value::Number(changes as f64), last_id(db.last_insert_rowid())])
    }
}

/// A number where there is one, else a bigint: the statement has run and must not fail for it.
fn last_id(id: i64) -> Value {
    if id.unsigned_abs() <= SAFE as u64 { Value::Number(id as f64) } else { Value::BigInt(id) }
}
