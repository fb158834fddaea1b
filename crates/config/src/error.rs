//! What a lexer refuses, and where.

use std::fmt;

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column in bytes, from 1.
    pub column: u32,
    /// Up to 20 bytes that stand there, what is no UTF-8 as U+FFFD.
    pub near: String,
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Something else was expected.
    Expected {
        /// What: `a word`, `;`.
        expected: &'static str,
        /// What is there.
        found: String,
        /// Where.
        place: Place,
    },
    /// An integer beyond what its reader takes.
    OutOfRange {
        /// What its reader takes: `an integer from 1 to 65535`.
        expected: String,
        /// As it is written.
        found: String,
        /// Where.
        place: Place,
    },
    /// A word longer than words may be.
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// The limit.
        limit: usize,
        /// Where.
        place: Place,
    },
    /// A text larger than texts may be.
    TooLarge {
        /// Its length in bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
    /// A NUL, which ends a text in other readers.
    Nul {
        /// Where.
        place: Place,
    },
    /// A string that is no UTF-8, where one is asked for that is.
    NotText {
        /// Where.
        place: Place,
    },
}

impl Error {
    /// Where; a text that is too large is not looked at.
    pub const fn place(&self) -> Option<&Place> {
        match self {
            Self::Expected { place, .. }
            | Self::OutOfRange { place, .. }
            | Self::TooLong { place, .. }
            | Self::Nul { place }
            | Self::NotText { place } => Some(place),
            Self::TooLarge { .. } => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Place { line, column, .. }) = self.place() {
            write!(formatter, "{line}:{column}: ")?;
        }
        match self {
            Self::Expected { expected, found, .. } => write!(formatter, "expected {expected}, found {found}")?,
            Self::OutOfRange { expected, found, .. } => write!(formatter, "expected {expected}, found {found}")?,
            Self::TooLong { length, limit, .. } => {
                write!(formatter, "a word of {length} bytes; at most {limit} are allowed")?;
            }
            Self::TooLarge { length, limit } => {
                write!(formatter, "a text of {length} bytes; at most {limit} are allowed")?;
            }
            Self::Nul { .. } => formatter.write_str("a NUL")?,
            Self::NotText { .. } => formatter.write_str("expected a string that is UTF-8")?,
        }
        match self.place() {
            None => Ok(()),
            Some(Place { near, .. }) if near.is_empty() => formatter.write_str(", at the end"),
            Some(Place { near, .. }) => write!(formatter, ", near {near:?}"),
        }
    }
}

impl std::error::Error for Error {}
