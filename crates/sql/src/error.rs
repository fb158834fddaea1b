//! Why a call on a database failed: one error for both engines, a variant per code.

use std::fmt;

/// What the database said of a failed statement, as far as it said it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// What went wrong, in the database's words.
    pub message: String,
    /// PostgreSQL's five letters.
    pub sqlstate: Option<String>,
    /// SQLite's extended result code by name: `SQLITE_CONSTRAINT_UNIQUE`.
    pub extended_code: Option<String>,
    /// PostgreSQL's severity: `ERROR`, `FATAL` or `PANIC`.
    pub severity: Option<String>,
    /// The constraint that was violated.
    pub constraint: Option<String>,
    /// The schema it is about.
    pub schema: Option<String>,
    /// The table it is about.
    pub table: Option<String>,
    /// The column it is about.
    pub column: Option<String>,
    /// The data type it is about.
    pub data_type: Option<String>,
    /// Where in the SQL, in UTF-16 units from 0, as JavaScript counts.
    pub position: Option<u32>,
    /// More about it.
    pub detail: Option<String>,
    /// What to do.
    pub hint: Option<String>,
    /// In what context the server was: the call stack of functions.
    pub context: Option<String>,
    /// The same again may succeed.
    pub retryable: bool,
}

impl Report {
    /// Only words.
    pub fn of(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }
}

/// Why a call failed. `report` fields are the database's own; other fields say what was expected.
#[derive(Debug, Clone)]
pub enum Error {
    /// The SQL is not understood, or names what is not there.
    Syntax {
        /// What the database said.
        report: Box<Report>,
    },
    /// A constraint was violated.
    Constraint {
        /// What the database said.
        report: Box<Report>,
    },
    /// Another transaction is in the way: locked, deadlocked, not serializable. May succeed when tried again.
    Busy {
        /// What the database said.
        report: Box<Report>,
    },
    /// The connection could not be made, or was lost. Whether a statement under way took effect is unknown.
    Connection {
        /// What the database said.
        report: Box<Report>,
    },
    /// There is no room: the disk or a quota is full.
    Full {
        /// What the database said.
        report: Box<Report>,
    },
    /// The database cannot be read, is damaged or is none.
    Corrupt {
        /// What the database said.
        report: Box<Report>,
    },
    /// Not allowed: read-only, or without the right.
    Denied {
        /// What the database said.
        report: Box<Report>,
    },
    /// Any other failure of a statement.
    Query {
        /// What the database said.
        report: Box<Report>,
    },
    /// A parameter is missing, too many, or of a type the database has no place for.
    Parameter {
        /// What is wrong and what was expected.
        message: String,
        /// Which one: its name, or its number from 1.
        parameter: Option<String>,
    },
    /// A value in a row that has no form in JavaScript.
    Value {
        /// What is wrong and the way out.
        message: String,
        /// The column it is in.
        column: String,
        /// Its type.
        data_type: String,
    },
    /// The address or an option says nothing that could be understood.
    Config {
        /// What is wrong and what was expected.
        message: String,
        /// Which one.
        option: String,
    },
    /// No connection of a pool became free in time.
    PoolTimeout {
        /// The numbers below, in words.
        message: String,
        /// How long the call waited, in milliseconds.
        waited_ms: f64,
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
    /// An integer that a JavaScript number does not have.
    Range {
        /// The integer in decimal.
        value: String,
        /// The column it is in.
        column: String,
    },
    /// Not one row where one was expected.
    RowCount {
        /// How many there were; 2 for more than one.
        found: u32,
    },
    /// The database, transaction or statement was closed.
    Closed {
        /// What is closed.
        what: &'static str,
    },
    /// Not possible in this state: a commit outside of a transaction, a database used from its own function.
    State {
        /// What is wrong and what to do.
        message: String,
    },
    /// Not done in time, by the engine's own clock: a statement that runs on the host's thread, which no token reaches.
    TimedOut {
        /// How long it had, in milliseconds.
        timeout_ms: f64,
    },
    /// The call was stopped; its token knows why.
    Stopped,
}

/// The call was stopped: what a checkpoint answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stop;

impl From<Stop> for Error {
    fn from(_: Stop) -> Self {
        Self::Stopped
    }
}

/// Asks whether to go on.
pub type Checkpoint<'call> = &'call dyn Fn() -> std::result::Result<(), Stop>;

/// What the engines return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// The database's report, if the failure is the database's.
    pub fn report(&self) -> Option<&Report> {
        match self {
            Self::Syntax { report }
            | Self::Constraint { report }
            | Self::Busy { report }
            | Self::Connection { report }
            | Self::Full { report }
            | Self::Corrupt { report }
            | Self::Denied { report }
            | Self::Query { report } => Some(report),
            _ => None,
        }
    }

    /// A parameter that cannot be used.
    pub fn parameter(message: impl Into<String>, parameter: impl Into<Option<String>>) -> Self {
        Self::Parameter { message: message.into(), parameter: parameter.into() }
    }

    /// Something that is not possible now.
    pub fn state(message: impl Into<String>) -> Self {
        Self::State { message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameter { message, .. }
            | Self::State { message }
            | Self::Value { message, .. }
            | Self::Config { message, .. }
            | Self::PoolTimeout { message, .. } => formatter.write_str(message),
            Self::Range { value, column } => write!(
                formatter,
                "column \"{column}\" has the integer {value}, beyond ±(2^53 - 1), which no number of JavaScript holds; ask for bigints with {{ integers: 'bigint' }}"
            ),
            Self::RowCount { found: 0 } => formatter.write_str("expected one row, found none"),
            Self::RowCount { .. } => formatter.write_str("expected one row, found more"),
            Self::Closed { what } => write!(formatter, "the {what} is closed"),
            Self::TimedOut { timeout_ms } => write!(formatter, "not done within {timeout_ms} ms"),
            Self::Stopped => formatter.write_str("the call was stopped"),
            other => formatter.write_str(&other.report().expect("every other variant has a report").message),
        }
    }
}

impl std::error::Error for Error {}
