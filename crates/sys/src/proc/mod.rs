//! What Linux tells of processes and memory under `/proc`: proc(5).

#[cfg(target_os = "linux")]
mod kept;
mod meminfo;
mod read;
mod stat;
mod statm;

pub use meminfo::{Memory, parse_meminfo};
pub use read::{ReadError, read_meminfo, read_stat, read_statm};
pub(crate) use stat::{FIELDS as STAT_FIELDS, PATTERNS as STAT_PATTERNS};
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

/// The words of a text: what stands between ASCII blanks.
struct Words<'text> {
    rest: &'text str,
}

impl<'text> Words<'text> {
    fn next(&mut self) -> Option<&'text str> {
        let text = self.rest.trim_ascii_start();
        if text.is_empty() {
            return None;
        }
        let end = text.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        self.rest = rest;
        Some(word)
    }

    /// The next word as a number. Almost all are some digits, which are read here; what is anything else, [`number`] judges.
    fn number<T: std::str::FromStr + TryFrom<u64>>(&mut self, field: &'static str) -> Result<T, ParseError> {
        let bytes = self.rest.as_bytes();
        let begin = usize::from(bytes.first() == Some(&b' '));
        let mut value = 0;
        let mut at = begin;
        while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            // Eighteen digits and one more do not overflow; what has more than eighteen is not taken from here.
            if at - begin > 18 {
                break;
            }
            value = value * 10 + u64::from(digit);
            at += 1;
        }
        let is_whole = (1..=18).contains(&(at - begin)) && bytes.get(at).is_none_or(u8::is_ascii_whitespace);
        if is_whole && let Ok(value) = T::try_from(value) {
            self.rest = &self.rest[at..];
            return Ok(value);
        }
        number(field, self.next())
    }
}

/// A number as it is written, or what is wrong with it.
fn number<T: std::str::FromStr>(field: &'static str, text: Option<&str>) -> Result<T, ParseError> {
    let text = text.ok_or(ParseError::Missing { field })?;
    text.parse().map_err(|_| ParseError::Number { field, found: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn same<T: std::str::FromStr + TryFrom<u64> + PartialEq + fmt::Debug>(text: &str) -> Result<(), TestCaseError> {
        let mut words = Words { rest: text };
        for word in text.split_ascii_whitespace() {
            prop_assert_eq!(words.number::<T>("pid"), number::<T>("pid", Some(word)));
        }
        prop_assert_eq!(words.number::<T>("pid"), Err(ParseError::Missing { field: "pid" }));
        Ok(())
    }

    proptest! {
        #[test]
        fn numbers_are_those_of_the_standard_library(text in "([ \\t\\n\u{a0}]{0,2}[+-]?[0-9]{0,21}[x\u{665}]?){0,8}") {
            same::<i32>(&text)?;
            same::<u64>(&text)?;
            same::<i64>(&text)?;
        }
    }
}
