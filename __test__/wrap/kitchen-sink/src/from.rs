//! `from`.
use crate::error::LimitError;

#[derive(Debug)]
pub struct Degrees {
    value: f64,
}

impl Degrees {
    pub fn value(&self) -> f64 {
        self.value
    }
}

impl From<f64> for Degrees {
    fn from(value: f64) -> Self {
        Self { value }
    }
}

impl From<(u8, u8)> for Degrees {
    fn from((whole, tenths): (u8, u8)) -> Self {
        Self { value: f64::from(whole) + f64::from(tenths) / 10.0 }
    }
}

impl TryFrom<i32> for Degrees {
    type Error = LimitError;

    fn try_from(value: i32) -> Result<Self, LimitError> {
        if value > 360 {
            Err(LimitError::High)
        } else {
            Ok(Self { value: f64::from(value) })
        }
    }
}
