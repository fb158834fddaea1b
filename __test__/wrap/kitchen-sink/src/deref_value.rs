//! `deref-value`.
use std::ops::Deref;

#[derive(Debug)]
pub struct Inches {
    value: f64,
}

impl Inches {
    pub fn of(value: f64) -> Self {
        Self { value }
    }
}

impl Deref for Inches {
    type Target = f64;

    fn deref(&self) -> &f64 {
        &self.value
    }
}
