//! Statements that call the host: run on its thread, stopped by the clock.
//!
//! SQLite keeps what it calls for good, and a host's function is there only while a call is: so SQLite keeps a number, and the
//! call puts its own way to the host where the number is looked up.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use rusqlite::{Error as Failure, types::Value as Owned};

use super::connection::{Connection, Session};
use crate::{
    error::{Error, Result, Stop},
    value::{Integers, Value},
};

/// What the host is asked: the number of its function, and the arguments.
type Host<'call> = dyn Fn(u32, Vec<Value>) -> Value + 'call;

scoped_tls_hkt::scoped_thread_local! {
    static CALLING: for<'call> &'call Calling<'call>
}

/// The statement under way on this thread.
struct Calling<'call> {
    host: &'call Host<'call>,
    limit: Limit,
    /// The host threw, or the time is over: SQLite still ends its groups, and the host must not hear of them.
    is_over: Cell<bool>,
}

impl Calling<'_> {
    fn ask(&self, number: u32, arguments: Vec<Value>) -> rusqlite::Result<Value> {
        // Over until the host has answered: what it throws unwinds through here.
        if self.is_over.replace(true) || self.limit.check().is_err() {
            return Err(refused("the statement was stopped"));
        }
        let answer = (self.host)(number, arguments);
        // The host may have taken its time, and the statement may have no step left to be stopped at.
        self.limit.check().map_err(|_| refused("the statement was stopped"))?;
        self.is_over.set(false);
        Ok(answer)
    }
}

/// Until when a statement may run.
#[derive(Clone, Copy)]
struct Limit(Option<Instant>);

impl Limit {
    fn after(limit_ms: Option<f64>) -> Self {
        let time = limit_ms.and_then(|limit| Duration::try_from_secs_f64(limit / 1000.0).ok());
        Self(time.and_then(|time| Instant::now().checked_add(time)))
    }

    fn check(self) -> std::result::Result<(), Stop> {
        if self.0.is_some_and(|until| until <= Instant::now()) { Err(Stop) } else { Ok(()) }
    }
}

impl Connection {
    /// [`row`](Self::row) of a statement that calls the host, within `limit_ms`.
    pub fn row_calling(
        &mut self,
        statement: u32,
        params: &[Value],
        big: bool,
        only: bool,
        limit_ms: Option<f64>,
        host: &dyn Fn(u32, Vec<Value>) -> Value,
    ) -> Result<Option<Vec<Value>>> {
        self.calling(limit_ms, host, |session| session.row(statement, params, Integers::big(big), only))
    }

    /// [`rows`](Self::rows) of a statement that calls the host, within `limit_ms`.
    pub fn rows_calling(
        &mut self,
        statement: u32,
        params: &[Value],
        big: bool,
        limit_ms: Option<f64>,
        host: &dyn Fn(u32, Vec<Value>) -> Value,
    ) -> Result<Vec<Vec<u8>>> {
        self.calling(limit_ms, host, |session| session.rows(statement, params, Integers::big(big)))
    }

    /// [`run`](Self::run) of a statement that calls the host, within `limit_ms`.
    pub fn run_calling(
        &mut self,
        statement: u32,
        params: &[Value],
        limit_ms: Option<f64>,
        host: &dyn Fn(u32, Vec<Value>) -> Value,
    ) -> Result<Vec<Value>> {
        self.calling(limit_ms, host, |session| session.run(statement, params))
    }

    fn calling<T>(
        &mut self,
        limit_ms: Option<f64>,
        host: &Host<'_>,
        work: impl FnOnce(&mut Session) -> Result<T>,
    ) -> Result<T> {
        let limit = Limit::after(limit_ms);
        let session = self.session()?;
        let _running = session.begin(move || limit.check());
        let calling = Calling { host, limit, is_over: Cell::new(false) };
        CALLING.set(&calling, || work(session)).map_err(|error| match (error, limit_ms) {
            (Error::Stopped, Some(timeout_ms)) => Error::TimedOut { timeout_ms },
            (error, _) => error,
        })
    }
}

/// Asks the host, as SQLite does in the middle of a statement.
pub(super) fn ask(number: u32, arguments: Vec<Value>) -> rusqlite::Result<Owned> {
    if !CALLING.is_set() {
        return Err(refused("a function of JavaScript was called on another thread than JavaScript's"));
    }
    Ok(match CALLING.with(|calling| calling.ask(number, arguments))? {
        Value::Null => Owned::Null,
        Value::Boolean(value) => Owned::Integer(i64::from(value)),
        Value::Number(number) => Value::integer(number).map_or(Owned::Real(number), Owned::Integer),
        Value::BigInt(value) => Owned::Integer(value),
        Value::Text(text) => Owned::Text(text),
        Value::Bytes(bytes) => Owned::Blob(bytes),
    })
}

fn refused(message: &str) -> Failure {
    Failure::UserFunctionError(message.into())
}
