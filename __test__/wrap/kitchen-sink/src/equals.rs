//! `equals`.

#[derive(Debug, PartialEq)]
pub struct Mark {
    value: f64,
}

impl Mark {
    pub fn of(value: f64) -> Self {
        Self { value }
    }
}
