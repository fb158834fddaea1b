//! The statements of a connection, by number.

use std::collections::HashMap;

use rusqlite::{Statement, StatementStatus};

use crate::error::{Error, Result};

/// What is told of a statement: see `Connection::prepare`.
pub(super) type Description = (u32, bool, Vec<Option<String>>, Vec<String>);

/// A statement that was prepared on this connection.
pub(super) struct Prepared {
    pub(super) sql: Box<str>,
    pub(super) parameters: usize,
    pub(super) columns: Vec<String>,
    /// Counts the changes of `columns`.
    pub(super) shape: u32,
    /// How often SQLite had prepared it anew when `columns` were read.
    anew: i32,
    uses: u32,
}

impl Prepared {
    /// The number of the columns' names, read again when SQLite prepared the statement anew: the schema has changed. Right
    /// after a step, since that is where it does.
    #[inline]
    pub(super) fn shape_of(&mut self, statement: &Statement<'_>) -> u32 {
        let anew = statement.get_status(StatementStatus::RePrepare);
        if anew != self.anew {
            self.changed(statement, anew);
        }
        self.shape
    }

    #[cold]
    fn changed(&mut self, statement: &Statement<'_>, anew: i32) {
        self.anew = anew;
        let columns = columns_of(statement);
        if columns != self.columns {
            self.columns = columns;
            self.shape += 1;
        }
    }
}

fn columns_of(statement: &Statement<'_>) -> Vec<String> {
    statement.column_names().map(ToOwned::to_owned).collect()
}

/// Statements by number.
#[derive(Default)]
pub(super) struct Statements {
    all: Vec<Option<Prepared>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Statements {
    /// The statement of that number.
    #[inline]
    pub(super) fn get(&mut self, number: u32) -> Result<&mut Prepared> {
        match self.all.get_mut(number as usize) {
            Some(Some(prepared)) => Ok(prepared),
            _ => Err(Error::Closed { what: "statement" }),
        }
    }

    /// Notes a statement that was prepared; the same text is the same statement.
    pub(super) fn add(&mut self, sql: &str, statement: &Statement<'_>) -> Description {
        let number = if let Some(number) = self.numbers.get(sql) {
            *number
        } else {
            let number = self.all.iter().position(Option::is_none).unwrap_or(self.all.len());
            let prepared = Prepared {
                sql: sql.into(),
                parameters: statement.parameter_count(),
                columns: columns_of(statement),
                shape: 0,
                anew: statement.get_status(StatementStatus::RePrepare),
                uses: 0,
            };
            if number == self.all.len() {
                self.all.push(Some(prepared));
            } else {
                self.all[number] = Some(prepared);
            }
            self.numbers.insert(sql.into(), number as u32);
            number as u32
        };
        let prepared = self.all[number as usize].as_mut().expect("just put there");
        prepared.uses += 1;
        let names = (1..=prepared.parameters).map(|at| statement.parameter_name(at).map(ToOwned::to_owned)).collect();
        (number, statement.readonly(), names, prepared.columns.clone())
    }

    /// One user of the statement needs it no more; its text, when that was the last.
    pub(super) fn forget(&mut self, number: u32) -> Option<Box<str>> {
        let place = self.all.get_mut(number as usize)?;
        let prepared = place.as_mut()?;
        prepared.uses -= 1;
        if prepared.uses > 0 {
            return None;
        }
        let prepared = place.take()?;
        self.numbers.remove(&prepared.sql);
        Some(prepared.sql)
    }
}
