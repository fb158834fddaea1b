//! Functions and aggregates of the host in SQL: SQLite knows them by their numbers.

use std::cell::Cell;

use rusqlite::{
    functions::{Aggregate, Context, FunctionFlags, WindowAggregate},
    types::{Value as Owned, ValueRef},
};

use super::{calling::ask, connection::Connection};
use crate::{
    error::Result,
    value::{SAFE, Value},
};

impl Connection {
    /// Makes `number` of the host a function of SQL. It takes so many arguments, any number where that is -1, and can be called
    /// from a statement itself, not from what a schema holds. A `deterministic` one gives the same for the same.
    pub fn define(&mut self, name: &str, arguments: i32, deterministic: bool, number: u32) -> Result<()> {
        let session = self.session()?;
        session
            .db
            .create_scalar_function(name, arguments, flags(deterministic), move |context| {
                ask(number, arguments_of(context, Vec::with_capacity(context.len())))
            })
            .map_err(|error| session.failed(error, name))
    }

    /// Makes four functions of the host an aggregate of SQL, under the same terms as [`define`](Self::define): `number` adds a
    /// row, the next gives the result and ends the group, and where it is a `window` the next gives the value so far, and the
    /// one after that takes a row away. The first argument of each is the group's number, null for one without rows.
    pub fn define_aggregate(
        &mut self,
        name: &str,
        arguments: i32,
        deterministic: bool,
        window: bool,
        number: u32,
    ) -> Result<()> {
        let session = self.session()?;
        let groups = Groups { number, begun: Cell::new(0) };
        let made = if window {
            session.db.create_window_function(name, arguments, flags(deterministic), groups)
        } else {
            session.db.create_aggregate_function(name, arguments, flags(deterministic), groups)
        };
        made.map_err(|error| session.failed(error, name))
    }
}

fn flags(deterministic: bool) -> FunctionFlags {
    let mut flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    flags.set(FunctionFlags::SQLITE_DETERMINISTIC, deterministic);
    flags
}

/// The groups of an aggregate. What is known of one stands with the host, under the group's number.
struct Groups {
    /// The first of its functions; the others follow.
    number: u32,
    /// The number of the group that was begun last. It comes again after 2^32 others: no statement has so many at once.
    begun: Cell<u32>,
}

impl Groups {
    const RESULT: u32 = 1;
    const VALUE: u32 = 2;
    const INVERSE: u32 = 3;

    fn ask_row(&self, function: u32, context: &Context<'_>, group: u32) -> rusqlite::Result<()> {
        let mut arguments = Vec::with_capacity(context.len() + 1);
        arguments.push(Value::Number(f64::from(group)));
        ask(self.number + function, arguments_of(context, arguments)).map(drop)
    }

    fn ask_value(&self, function: u32, group: Option<u32>) -> rusqlite::Result<Owned> {
        let group = group.map_or(Value::Null, |group| Value::Number(f64::from(group)));
        ask(self.number + function, vec![group])
    }
}

impl Aggregate<u32, Owned> for Groups {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<u32> {
        self.begun.set(self.begun.get().wrapping_add(1));
        Ok(self.begun.get())
    }

    fn step(&self, context: &mut Context<'_>, group: &mut u32) -> rusqlite::Result<()> {
        self.ask_row(0, context, *group)
    }

    fn finalize(&self, _: &mut Context<'_>, group: Option<u32>) -> rusqlite::Result<Owned> {
        self.ask_value(Self::RESULT, group)
    }
}

impl WindowAggregate<u32, Owned> for Groups {
    fn value(&self, group: Option<&mut u32>) -> rusqlite::Result<Owned> {
        self.ask_value(Self::VALUE, group.copied())
    }

    fn inverse(&self, context: &mut Context<'_>, group: &mut u32) -> rusqlite::Result<()> {
        self.ask_row(Self::INVERSE, context, *group)
    }
}

/// Appends the arguments of a call.
fn arguments_of(context: &Context<'_>, mut arguments: Vec<Value>) -> Vec<Value> {
    arguments.extend((0..context.len()).map(|at| argument(context.get_raw(at))));
    arguments
}

/// An integer is a number where there is one, else a bigint.
fn argument(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) if integer.unsigned_abs() <= SAFE as u64 => Value::Number(integer as f64),
        ValueRef::Integer(integer) => Value::BigInt(integer),
        ValueRef::Real(real) => Value::Number(real),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
