//! Functions of the host in SQL.
//!
//! SQLite keeps what it calls for good, and a host's function is there only while a call is: so SQLite keeps a number, and the
//! call puts its own way to the host where the number is looked up.

use rusqlite::{
    Error as Failure,
    functions::{Context, FunctionFlags},
    types::{Value as Owned, ValueRef},
};

use super::connection::Connection;
use crate::{
    error::Result,
    value::{SAFE, Value},
};

scoped_tls_hkt::scoped_thread_local! {
    static HOST: for<'call> &'call (dyn Fn(u32, Vec<Value>) -> Value + 'call)
}

impl Connection {
    /// Makes `number` of the host a function of SQL. It takes so many arguments, any number where that is -1, and can be called
    /// from a statement itself, not from what a schema holds. A `deterministic` one gives the same for the same.
    pub fn define(&mut self, name: &str, arguments: i32, deterministic: bool, number: u32) -> Result<()> {
        let session = self.session()?;
        let mut flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
        flags.set(FunctionFlags::SQLITE_DETERMINISTIC, deterministic);
        session
            .db
            .create_scalar_function(name, arguments, flags, move |context| call(context, number))
            .map_err(|error| session.failed(error, name))
    }

    /// [`row`](Self::row) of a statement that calls the host.
    pub fn row_calling(
        &mut self,
        statement: u32,
        params: &[Value],
        big: bool,
        only: bool,
        host: &dyn Fn(u32, Vec<Value>) -> Value,
    ) -> Result<Option<Vec<Value>>> {
        HOST.set(host, || self.row(statement, params, big, only))
    }

    /// [`rows`](Self::rows) of a statement that calls the host.
    pub fn rows_calling(
        &mut self,
        statement: u32,
        params: &[Value],
        big: bool,
        host: &dyn Fn(u32, Vec<Value>) -> Value,
    ) -> Result<Vec<Vec<u8>>> {
        HOST.set(host, || self.rows(statement, params, big))
    }

    /// [`run`](Self::run) of a statement that calls the host.
    pub fn run_calling(
        &mut self,
        statement: u32,
        params: &[Value],
        host: &dyn Fn(u32, Vec<Value>) -> Value,
    ) -> Result<Vec<Value>> {
        HOST.set(host, || self.run(statement, params))
    }
}

fn call(context: &mut Context<'_>, number: u32) -> rusqlite::Result<Owned> {
    if !HOST.is_set() {
        let message = "a function of JavaScript was called on another thread than JavaScript's";
        return Err(Failure::UserFunctionError(message.into()));
    }
    let arguments = (0..context.len()).map(|at| argument(context.get_raw(at))).collect();
    Ok(match HOST.with(|host| host(number, arguments)) {
        Value::Null => Owned::Null,
        Value::Boolean(value) => Owned::Integer(i64::from(value)),
        Value::Number(number) => Value::integer(number).map_or(Owned::Real(number), Owned::Integer),
        Value::BigInt(value) => Owned::Integer(value),
        Value::Text(text) => Owned::Text(text),
        Value::Bytes(bytes) => Owned::Blob(bytes),
    })
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
