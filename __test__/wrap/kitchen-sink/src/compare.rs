//! `compare`: where every two are ordered, and where some are not.

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weight {
    grams: u32,
}

impl Weight {
    pub fn of(grams: u32) -> Self {
        Self { grams }
    }

    pub fn grams(&self) -> u32 {
        self.grams
    }
}

#[derive(Debug, PartialEq, PartialOrd)]
pub struct Score {
    value: f64,
}

impl Score {
    pub fn of(value: f64) -> Self {
        Self { value }
    }
}
