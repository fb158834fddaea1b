//! What can go wrong between a call and the server.

use std::fmt;

use tokio_postgres::error::{DbError, ErrorPosition, SqlState};

/// An error of the PostgreSQL side. Which of them JavaScript knows by which code stands in the spec.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Error {
    /// The URL or an option says nothing that could be understood.
    Config {
        /// Which one.
        option: &'static str,
        /// What it can be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// No connection could be opened, or it was lost.
    Connection {
        /// What happened.
        detail: String,
        /// Whether the statement had been sent: the server may have run it.
        sent: bool,
        /// Whether the same call may be made again without doing anything twice.
        retryable: bool,
    },
    /// The server refused or failed a statement, in its own words.
    Server(Box<Said>),
    /// The statement takes another number of parameters.
    ParameterCount {
        /// What it takes.
        expected: u32,
        /// What it was given.
        found: u32,
    },
    /// A parameter's value is none of the type that the server wants there.
    Parameter {
        /// Which one, from 1.
        parameter: u32,
        /// The server's type.
        data_type: String,
        /// What a value of that type can be.
        expected: String,
        /// What was given.
        found: String,
    },
    /// A result has a value that could not be read.
    Value {
        /// The column.
        column: String,
        /// Its type.
        data_type: String,
        /// What is wrong, and the way out.
        detail: String,
    },
    /// No connection became free in time.
    PoolTimeout {
        /// How long the call waited, milliseconds.
        waited_ms: f64,
        /// Whether it waited for its own transaction's.
        own: bool,
        /// Connections at most.
        max: u32,
        /// Connections that are open.
        open: u32,
        /// Of these, those in use.
        busy: u32,
        /// Of these, those that one caller has for itself.
        owned: u32,
        /// Calls that wait.
        waiting: u32,
    },
    /// The pool was closed.
    Closed,
    /// A statement that would change a connection under its other users, or stop it.
    Misplaced {
        /// How it begins.
        statement: String,
        /// What to use in its place.
        instead: &'static str,
    },
    /// An earlier statement of the transaction had failed, so that nothing of it was kept.
    RolledBack,
    /// The transaction or stream has ended.
    Ended,
}

/// What the server said of a failure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Said {
    /// The message.
    pub message: String,
    /// The five letters of SQLSTATE.
    pub sqlstate: String,
    /// `ERROR`, `FATAL` or `PANIC`.
    pub severity: String,
    /// More about it.
    pub detail: Option<String>,
    /// What could be done.
    pub hint: Option<String>,
    /// Where in the statement, characters from 1.
    pub position: Option<u32>,
    /// The statement that `position` is of, when the server made it itself.
    pub internal_query: Option<String>,
    /// In what context.
    pub context: Option<String>,
    /// The schema it is about.
    pub schema: Option<String>,
    /// The table.
    pub table: Option<String>,
    /// The column.
    pub column: Option<String>,
    /// The data type.
    pub data_type: Option<String>,
    /// The constraint.
    pub constraint: Option<String>,
    /// The function of the server's source that reported it.
    pub routine: Option<String>,
    /// Whether the same transaction may succeed when it is tried again.
    pub retryable: bool,
}

impl Error {
    #[cold]
    pub(crate) fn config(option: &'static str, expected: impl Into<String>, found: String) -> Self {
        Self::Config { option, expected: expected.into(), found }
    }

    /// The connection is gone, and what was to be sent was not.
    #[cold]
    pub(crate) fn unsent(detail: impl Into<String>) -> Self {
        Self::Connection { detail: detail.into(), sent: false, retryable: true }
    }

    /// Of a request that the library had taken.
    #[cold]
    pub(crate) fn of(error: tokio_postgres::Error) -> Self {
        if let Some(said) = error.as_db_error() {
            return Self::server(said);
        }
        let told =
            std::error::Error::source(&error).map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
        match error.into_source().map(<dyn std::error::Error + Send + Sync>::downcast::<Self>) {
            Some(Ok(ours)) => *ours,
            _ => Self::Connection { detail: told, sent: true, retryable: false },
        }
    }

    fn server(error: &DbError) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let (position, internal_query) = match error.position() {
            Some(ErrorPosition::Original(position)) => (Some(*position), None),
            Some(ErrorPosition::Internal { position, query }) => (Some(*position), Some(query.clone())),
            None => (None, None),
        };
        Self::Server(Box::new(Said {
            message: error.message().to_owned(),
            sqlstate: error.code().code().to_owned(),
            severity: error.severity().to_owned(),
            detail: owned(error.detail()),
            hint: owned(error.hint()),
            position,
            internal_query,
            context: owned(error.where_()),
            schema: owned(error.schema()),
            table: owned(error.table()),
            column: owned(error.column()),
            data_type: owned(error.datatype()),
            constraint: owned(error.constraint()),
            routine: owned(error.routine()),
            retryable: is_retryable(error.code()),
        }))
    }

    /// The same, of a call that waited for its own transaction.
    pub(crate) fn of_own(mut self) -> Self {
        if let Self::PoolTimeout { own, .. } = &mut self {
            *own = true;
        }
        self
    }

    pub(crate) fn has_state(&self, state: &SqlState) -> bool {
        matches!(self, Self::Server(said) if said.sqlstate == state.code())
    }
}

/// Serialization failure, deadlock, a lock that was not to be had, a server that goes down or comes up.
fn is_retryable(state: &SqlState) -> bool {
    matches!(state.code(), "40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" | "53300")
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { option, expected, found } => write!(out, "{option} must be {expected}, found {found}"),
            Self::Connection { detail, sent: false, .. } => write!(out, "no connection to the server: {detail}"),
            Self::Connection { detail, sent: true, .. } => {
                write!(out, "the connection was lost: {detail}; the server may have run the statement")
            }
            Self::Server(said) => write!(out, "{} (SQLSTATE {})", said.message, said.sqlstate),
            Self::ParameterCount { expected, found } => {
                write!(out, "the statement takes {expected} parameters, got {found}")
            }
            Self::Parameter { parameter, data_type, expected, found } => {
                write!(out, "parameter ${parameter} is of the server's type {data_type} and must be {expected}, got {found}")
            }
            Self::Value { column, data_type, detail } => {
                write!(out, "column \"{column}\" of type {data_type}: {detail}")
            }
            Self::PoolTimeout { waited_ms, own: true, .. } => write!(
                out,
                "the transaction's connection did not become free within {waited_ms} ms: a stream, copy or script of it that was \
                 called before has not ended; end it first, or call beside it what is no part of the transaction"
            ),
            Self::PoolTimeout { waited_ms, max, open, busy, owned, waiting, .. } => write!(
                out,
                "no connection became free within {waited_ms} ms: {open} of at most {max} open, {busy} busy, {owned} of them \
                 owned by transactions or streams, {waiting} calls waiting"
            ),
            Self::Closed => out.write_str("the database was closed"),
            Self::Misplaced { statement, instead } => {
                write!(out, "{statement} would change a connection that others use; use {instead}")
            }
            Self::RolledBack => out.write_str(
                "the transaction was rolled back, because a statement in it had failed and its error was caught, or a \
                 stream or copy of it had not come to its end; let the error end the transaction, or wrap what may fail in a transaction of its own",
            ),
            Self::Ended => out.write_str("the transaction or stream has ended"),
        }
    }
}

impl std::error::Error for Error {}
