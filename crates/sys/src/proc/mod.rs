//! What Linux tells of processes and memory under `/proc`: proc(5).

mod meminfo;
mod read;
mod stat;
mod statm;

pub use meminfo::{Memory, parse_meminfo};
pub use read::{ReadError, read_meminfo, read_stat, read_statm};
pub use stat::{Stat, parse_stat};
pub use statm::{parse_statm, parse_statm_each};

use std::fmt;

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// It is no UTF-8.
    NotText,
    /// A field is missing.
    Missing {
        /// Its name, as proc(5) has it.
        field: &'static str,
    },
    /// A field is no number, or one that its place has no room for.
    Number {
        /// Its name, as proc(5) has it.
        field: &'static str,
        /// As it stands there.
        found: String,
    },
    /// More fields are asked for than there are, or none.
    Fields {
        /// The fields asked for.
        found: usize,
        /// The most there are.
        max: usize,
    },
    /// A page has at least one byte.
    PageSize {
        /// The bytes given.
        found: i64,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotText => formatter.write_str("the text is no UTF-8"),
            Self::Missing { field } => write!(formatter, "{field} is missing"),
            Self::Number { field, found } => write!(formatter, "{field} must be a number that fits, found {found:?}"),
            Self::Fields { found, max } => write!(formatter, "1 to {max} fields can be asked for, got {found}"),
            Self::PageSize { found } => write!(formatter, "a page has at least one byte, got {found}"),
        }
    }
}

impl std::error::Error for ParseError {}

/// A number as it is written, or what is wrong with it.
fn number<T: std::str::FromStr>(field: &'static str, text: Option<&str>) -> Result<T, ParseError> {
    let text = text.ok_or(ParseError::Missing { field })?;
    text.parse().map_err(|_| ParseError::Number { field, found: text.to_owned() })
}
