//! What is refused.

use std::fmt;

/// Why there is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The key of BLAKE3 has exactly 32 bytes; this one does not.
    KeyLength {
        /// Bytes of the key.
        length: usize,
    },
    /// A checkpoint said so.
    Stopped,
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::KeyLength { length } => write!(formatter, "the key of BLAKE3 must have 32 bytes, got {length}"),
            Self::Stopped => formatter.write_str("stopped"),
        }
    }
}

impl std::error::Error for Error {}
