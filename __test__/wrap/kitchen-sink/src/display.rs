//! `display`.
use std::fmt;

pub struct Coin {
    cents: u32,
}

impl Coin {
    pub fn of(cents: u32) -> Self {
        Self { cents }
    }
}

impl fmt::Display for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.cents / 100, self.cents % 100)
    }
}
