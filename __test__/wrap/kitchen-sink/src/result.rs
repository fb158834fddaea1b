//! `result`, `result-nested`, and an alias of `Result`.
use std::fmt;

/// What `parse` fails with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    position: usize,
}

impl ParseError {
    pub fn position(&self) -> usize {
        self.position
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no digit at {}", self.position)
    }
}

impl std::error::Error for ParseError {}

pub type Result<T> = std::result::Result<T, ParseError>;

/// Fails at the first byte that is no digit.
pub fn parse(text: &str) -> Result<u32> {
    check(text)?;
    text.parse().map_err(|_| ParseError { position: 0 })
}

pub fn check(text: &str) -> Result<()> {
    match text.bytes().position(|byte| !byte.is_ascii_digit()) {
        Some(position) => Err(ParseError { position }),
        None => Ok(()),
    }
}

pub fn each(texts: &[&str]) -> Vec<Result<u32>> {
    texts.iter().map(|text| parse(text)).collect()
}
