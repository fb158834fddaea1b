//! The crate's one error type.

use std::error::Error as _;
use std::fmt;

use regex_automata::meta::BuildError;

use crate::{Stop, utf16_len};

/// Everything that can be wrong. Offsets into patterns and text are UTF-16 code units.
///
/// # Example
/// ```
/// use ferrule_regex::{Error, Options, Regex};
/// let error = Regex::new("é[z-a]", &Options::default()).unwrap_err();
/// let Error::Syntax { detail, start, end, .. } = error else { panic!() };
/// assert_eq!((start, end), (2, 5));
/// assert!(detail.starts_with("invalid character class range"));
/// ```
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The pattern is not in the language.
    Syntax {
        /// The pattern with the fault underlined, on several lines.
        message: String,
        /// What the fault is, on one line.
        detail: String,
        /// Where the fault starts in the pattern.
        start: u32,
        /// Just past the fault's end in the pattern.
        end: u32,
        /// Which pattern of a set it is; 0 for a single pattern.
        index: u32,
    },
    /// The pattern is fine and its compiled form is larger than allowed.
    TooBig {
        /// The `size_limit` that was exceeded, in bytes; absent when an inner limit of the engine was met first.
        limit: Option<usize>,
        /// What became too big.
        message: String,
    },
    /// `nest_limit` was set above what the stack is known to hold.
    NestLimit {
        /// The limit asked for.
        nest_limit: u32,
        /// The highest one accepted.
        max: u32,
    },
    /// A deeply nested pattern is compiled on a thread with a large stack, and the system would not start one.
    NoThread {
        /// The system's words.
        message: String,
    },
    /// A template checked by [`Template::strict`](crate::Template::strict) names a group that the pattern does not have.
    Group {
        /// The reference as written, without `$` and braces.
        reference: String,
    },
    /// A start position lies past the end of the haystack, or between the two halves of a surrogate pair.
    OutOfRange {
        /// The position asked for.
        position: u32,
        /// The haystack's length in the same units when the position lies past it; `None` when it splits a surrogate pair.
        length: Option<u32>,
    },
    /// The haystack's byte offsets do not fit 32 bits with one value to spare.
    TooLong {
        /// The haystack's length in bytes.
        length: usize,
    },
    /// The checkpoint asked to stop.
    Stopped,
}

impl Error {
    pub(crate) fn from_build(error: &BuildError, patterns: &[&str]) -> Self {
        let Some(syntax) = error.syntax_error() else {
            let message = error.source().map_or_else(|| error.to_string(), ToString::to_string);
            return Self::TooBig { limit: error.size_limit(), message };
        };
        let index = error.pattern().map_or(0, |id| id.as_usize());
        let pattern = patterns[index].as_bytes();
        let (detail, start, end) = match syntax {
            regex_syntax::Error::Parse(e) => (e.kind().to_string(), e.span().start.offset, e.span().end.offset),
            regex_syntax::Error::Translate(e) => (e.kind().to_string(), e.span().start.offset, e.span().end.offset),
            other => (other.to_string(), 0, pattern.len()),
        };
        let start16 = utf16_len(&pattern[..start]);
        Self::Syntax {
            message: syntax.to_string(),
            detail,
            start: start16 as u32,
            end: (start16 + utf16_len(&pattern[start..end])) as u32,
            index: index as u32,
        }
    }
}

impl From<Stop> for Error {
    fn from(Stop: Stop) -> Self {
        Self::Stopped
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax { message, .. } => f.write_str(message),
            Self::TooBig { limit: Some(limit), .. } => write!(
                f,
                "the compiled pattern is larger than the limit of {limit} bytes; use smaller repetition counts or raise the size limit"
            ),
            Self::TooBig { limit: None, message } => write!(f, "the pattern cannot be compiled: {message}"),
            Self::NestLimit { nest_limit, max } => {
                write!(f, "a nest limit of {nest_limit} was asked for and at most {max} is accepted")
            }
            Self::NoThread { message } => {
                write!(
                    f,
                    "a deeply nested pattern needs a thread to be compiled on, and none could be started: {message}"
                )
            }
            Self::Group { reference } => {
                write!(
                    f,
                    "the template refers to group '{reference}', which the pattern does not have; write $$ for a dollar sign"
                )
            }
            Self::OutOfRange { position, length: Some(length) } => {
                write!(f, "position {position} lies past the end of the text, whose length is {length}")
            }
            Self::OutOfRange { position, length: None } => {
                write!(f, "position {position} lies inside a surrogate pair")
            }
            Self::TooLong { length } => {
                write!(f, "a haystack of {length} bytes is too long; at most {} bytes can be searched", u32::MAX - 1)
            }
            Self::Stopped => f.write_str("stopped between two matches"),
        }
    }
}

impl std::error::Error for Error {}
