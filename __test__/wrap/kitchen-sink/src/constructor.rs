//! `constructor`.
use crate::error::LimitError;

/// Cannot always be made.
pub struct Dice {
    sides: u8,
}

impl Dice {
    pub fn new(sides: u8) -> Result<Self, LimitError> {
        if sides < 2 {
            Err(LimitError::Low { least: 2 })
        } else {
            Ok(Self { sides })
        }
    }

    pub fn sides(&self) -> u8 {
        self.sides
    }
}
