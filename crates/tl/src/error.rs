//! What can be wrong with input.

use std::fmt;

/// What is wrong with a header or a value. Its text is that of the RPC systems where they have one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// A header that begins with no number of a query, or ends before it is whole.
    QueryHeader,
    /// The same of an answer.
    AnswerHeader,
    /// A header that ends before its flags.
    HeaderFlags,
    /// Flags that nobody knows.
    UnsupportedFlags {
        /// The flags.
        flags: u32,
    },
    /// The input ends before the value.
    NotEnoughData {
        /// Bytes that the value needs.
        wanted: usize,
        /// Bytes before it.
        position: usize,
        /// Bytes there are.
        size: usize,
    },
    /// Something follows the last value.
    ExtraData {
        /// Bytes before it.
        position: usize,
        /// Bytes there are.
        size: usize,
    },
    /// A string, vector or message beyond its limit.
    TooLong {
        /// What: `string`, `vector` or `message`.
        what: &'static str,
        /// Its length, in bytes or values.
        length: usize,
        /// The limit.
        limit: usize,
        /// Bytes before it.
        position: usize,
    },
    /// A number where another is expected.
    Constructor {
        /// The number expected.
        expected: i32,
        /// The number found.
        found: i32,
        /// Bytes before it.
        position: usize,
    },
    /// A count below zero.
    Count {
        /// The count.
        found: i32,
        /// Bytes before it.
        position: usize,
    },
    /// A length in the long form that the short form holds, or padding that is not zero: two encodings of one value.
    NotCanonical {
        /// Bytes before the string.
        position: usize,
    },
    /// A text that is no UTF-8.
    NotText {
        /// Bytes before the string.
        position: usize,
    },
    /// A shape that is none, or values that are not in it.
    Shape {
        /// What is wrong with it.
        what: &'static str,
    },
}

impl Error {
    /// The number that RPC systems know it by.
    pub const fn number(&self) -> i32 {
        match self {
            Self::QueryHeader | Self::AnswerHeader | Self::HeaderFlags | Self::UnsupportedFlags { .. } => -1002,
            Self::NotEnoughData { .. } => -1004,
            Self::ExtraData { .. } => -1001,
            Self::TooLong { .. } => -2003,
            Self::Constructor { .. } | Self::NotText { .. } | Self::NotCanonical { .. } => -2006,
            Self::Count { .. } => -2004,
            Self::Shape { .. } => -1000,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::QueryHeader => formatter.write_str("Expected RPC_INVOKE_REQ or RPC_INVOKE_KPHP_REQ"),
            Self::AnswerHeader => formatter.write_str("Expected RPC_REQ_ERROR or RPC_REQ_RESULT"),
            Self::HeaderFlags => formatter.write_str("Trying to read 4 bytes at header flags"),
            Self::UnsupportedFlags { flags } => write!(formatter, "Unsupported flags in header 0x{flags:08x}"),
            Self::NotEnoughData { wanted, position, size } => {
                write!(formatter, "Trying to read {wanted} bytes at position {position} (size = {size})")
            }
            Self::ExtraData { position, size } => {
                write!(formatter, "{} bytes too many at position {position} (size = {size})", size - position)
            }
            Self::TooLong { what, length, limit, position } => {
                write!(formatter, "the {what} of {length} at position {position} is too long: the limit is {limit}")
            }
            Self::Constructor { expected, found, position } => {
                write!(formatter, "expected 0x{expected:08x} at position {position}, found 0x{found:08x}")
            }
            Self::Count { found, position } => {
                write!(formatter, "a count must be 0 or more, found {found} at position {position}")
            }
            Self::NotCanonical { position } => {
                write!(formatter, "the string at position {position} is not in its shortest form with zeros behind it")
            }
            Self::NotText { position } => write!(formatter, "the string at position {position} is no UTF-8"),
            Self::Shape { what } => formatter.write_str(what),
        }
    }
}

impl std::error::Error for Error {}
