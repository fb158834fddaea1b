//! One connection, used by one call at a time.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use super::{
    call::{Call, Running},
    failure::{failed, syntax},
    open,
    statements::Statements,
    stream::Stream,
};
use crate::error::{Error, Result, Stop};

/// A connection that no stream has.
pub(super) struct Session {
    pub(super) db: rusqlite::Connection,
    pub(super) statements: Statements,
    pub(super) call: Arc<Call>,
}

impl Session {
    /// Notes whom SQLite asks whether to go on, for as long as the guard lives.
    pub(super) fn begin(&self, go_on: impl Fn() -> std::result::Result<(), Stop> + Send + 'static) -> Running {
        self.call.begin(Box::new(go_on))
    }

    /// The error of a statement.
    pub(super) fn failed(&self, error: rusqlite::Error, sql: &str) -> Error {
        failed(error, sql, &self.call)
    }
}

pub(super) enum State {
    Idle(Box<Session>),
    /// A stream has it, on a thread of its own.
    Streaming(Stream),
    Closed,
}

/// A connection to one database.
///
/// It is used alone: every method takes it by `&mut`, and the mutex, which nobody waits at, only says so to the compiler.
pub struct Connection(Mutex<State>);

impl Connection {
    /// Opens a database.
    ///
    /// `create` makes a file that is not there; `wal` keeps its journal beside it, so that readers and a writer do not wait for
    /// each other; `busy_ms` is how long a statement waits for a lock of another connection; `synchronous` is SQLite's setting
    /// of that name: `off`, `normal`, `full`, `extra`.
    #[allow(clippy::too_many_arguments, clippy::fn_params_excessive_bools)]
    pub fn open(
        path: &str,
        read_only: bool,
        create: bool,
        wal: bool,
        busy_ms: f64,
        foreign_keys: bool,
        synchronous: &str,
    ) -> Result<Self> {
        let busy = Duration::try_from_secs_f64(busy_ms / 1000.0).unwrap_or(Duration::MAX);
        let (db, call) = open::open(path, read_only, create, wal, busy, foreign_keys, synchronous)?;
        let session = Session { db, statements: Statements::default(), call };
        Ok(Self(Mutex::new(State::Idle(Box::new(session)))))
    }

    pub(super) fn state(&mut self) -> &mut State {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    #[inline]
    pub(super) fn session(&mut self) -> Result<&mut Session> {
        match self.state() {
            State::Idle(session) => Ok(session),
            State::Streaming(_) => {
                Err(Error::state("a stream reads on this connection; read it to its end or leave it"))
            }
            State::Closed => Err(Error::Closed { what: "database" }),
        }
    }

    /// Prepares a statement, after forgetting some. Gives its number; whether it only reads; its parameters by name, with what
    /// stands before it (`:id`), none where it has only a place; its columns.
    #[allow(clippy::type_complexity)]
    pub fn prepare(&mut self, sql: &str, forget: &[u32]) -> Result<(u32, bool, Vec<Option<String>>, Vec<String>)> {
        let session = self.session()?;
        for number in forget {
            if let Some(sql) = session.statements.forget(*number)
                && let Ok(statement) = session.db.prepare_cached(&sql)
            {
                statement.discard();
            }
        }
        if sql.contains('\0') {
            return Err(syntax("the SQL has a NUL character"));
        }
        // What surrounds a statement is no part of it for the cache either.
        let sql = sql.trim();
        match session.db.prepare_cached(sql) {
            Ok(statement) => Ok(session.statements.add(sql, &statement)),
            Err(error) => Err(session.failed(error, sql)),
        }
    }

    /// The columns of a statement as they are now.
    pub fn columns(&mut self, statement: u32) -> Result<Vec<String>> {
        Ok(self.session()?.statements.get(statement)?.columns.clone())
    }

    /// Whether no transaction is open.
    pub fn is_autocommit(&mut self) -> Result<bool> {
        Ok(self.session()?.db.is_autocommit())
    }

    /// Closes the connection; what is not committed is undone. Twice is fine.
    pub fn close(&mut self) -> Result<()> {
        match std::mem::replace(self.state(), State::Closed) {
            State::Closed => Ok(()),
            State::Idle(session) => {
                let Session { db, call, .. } = *session;
                db.close().map_err(|(_, error)| failed(error, "", &call))
            }
            State::Streaming(stream) => {
                drop(stream.stop());
                Ok(())
            }
        }
    }
}
