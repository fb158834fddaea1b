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

/// Has no words for itself, and is nothing but an error.
#[derive(Debug)]
pub enum Refused {
    Empty,
    TooLong { by: usize },
}

pub fn shortened(text: &str) -> std::result::Result<String, Refused> {
    match text.len() {
        0 => Err(Refused::Empty),
        length if length > 8 => Err(Refused::TooLong { by: length - 8 }),
        _ => Ok(text.to_owned()),
    }
}

/// Given back when there is no room: a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    pub weight: u32,
}

pub fn sent(parcel: Parcel) -> std::result::Result<(), Parcel> {
    if parcel.weight > 10 { Err(parcel) } else { Ok(()) }
}
