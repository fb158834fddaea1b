//! What a lexer refuses, and where.

use std::fmt;

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Something else was expected.
    Expected {
        /// What: `a word`, `;`.
        what: &'static str,
        /// What is there.
        found: String,
    },
    /// An integer beyond what its reader takes.
    OutOfRange {
        /// The smallest it takes.
        min: i64,
        /// The greatest it takes.
        max: i64,
        /// As it is written.
        found: String,
    },
    /// A word longer than words may be.
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// A text larger than texts may be.
    TooLarge {
        /// Its length in bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// A NUL, which ends a text in other readers.
    Nul,
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What.
    pub problem: Problem,
    /// The line, from 1.
    pub line: u32,
    /// The column in bytes, from 1.
    pub column: u32,
    /// Up to 20 bytes that stand there, what is no UTF-8 as U+FFFD.
    pub near: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expected { what, found } => write!(formatter, "expected {what}, found {found}"),
            Self::OutOfRange { min, max, found } => {
                write!(formatter, "expected an integer from {min} to {max}, found {found}")
            }
            Self::TooLong { length, limit } => {
                write!(formatter, "a word of {length} bytes; at most {limit} are allowed")
            }
            Self::TooLarge { length, limit } => {
                write!(formatter, "a text of {length} bytes; at most {limit} are allowed")
            }
            Self::Nul => formatter.write_str("a NUL"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { problem, line, column, near } = self;
        write!(formatter, "{line}:{column}: {problem}")?;
        if near.is_empty() { formatter.write_str(", at the end") } else { write!(formatter, ", near {near:?}") }
    }
}

impl std::error::Error for Error {}
