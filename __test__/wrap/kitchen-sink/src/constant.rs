//! `constant`.

pub const SMALLEST: i32 = i32::MIN;
pub const HUGE: u128 = u128::MAX;
pub const RATIO: f64 = 0.1;
pub const MOTTO: &str = "*/ `${} \"\\ \u{2028}";
pub const YES: bool = true;

pub struct Oven;

impl Oven {
    pub const HOTTEST: u16 = 300;

    pub fn hot() -> Self {
        Self
    }
}
