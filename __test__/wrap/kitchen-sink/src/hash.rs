//! `hash`.

#[derive(Debug, Hash)]
pub struct Stamp {
    number: u32,
}

impl Stamp {
    pub fn of(number: u32) -> Self {
        Self { number }
    }
}
