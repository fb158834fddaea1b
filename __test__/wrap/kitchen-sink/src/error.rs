//! `error`.
use std::fmt;

/// What does not fit, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitError {
    Low { least: u8 },
    High,
}

impl fmt::Display for LimitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Low { least } => write!(f, "less than {least}"),
            Self::High => f.write_str("too high */ \u{202e}`${x}"),
        }
    }
}

impl std::error::Error for LimitError {}

pub fn within(value: u8) -> Result<u8, LimitError> {
    match value {
        0 => Err(LimitError::Low { least: 1 }),
        101.. => Err(LimitError::High),
        _ => Ok(value),
    }
}

/// Fails with what is no error type of the crate.
pub fn halved_evenly(value: u32) -> Result<u32, String> {
    if value % 2 == 0 {
        Ok(value / 2)
    } else {
        Err(format!("{value} is odd"))
    }
}

pub async fn within_later(value: u8) -> Result<u8, LimitError> {
    within(value)
}
