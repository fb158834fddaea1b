//! `static`.

#[derive(Debug, Clone)]
pub struct Tank {
    capacity: u32,
}

impl Tank {
    pub fn with_capacity(capacity: u32) -> Self {
        Self { capacity }
    }

    /// No object comes of it.
    pub fn litres_in(gallons: f64) -> f64 {
        gallons * 4.546_09
    }

    pub async fn filled_later(capacity: u32) -> Self {
        Self { capacity }
    }

    pub fn capacity(&self) -> u32 {
        self.capacity
    }
}
