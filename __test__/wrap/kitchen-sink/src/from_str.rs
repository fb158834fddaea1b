//! `from-str`.
use std::str::FromStr;

use crate::result::ParseError;

#[derive(Debug)]
pub struct Code(u32);

impl Code {
    pub fn number(&self) -> u32 {
        self.0
    }
}

impl FromStr for Code {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        crate::result::parse(text).map(Self)
    }
}
