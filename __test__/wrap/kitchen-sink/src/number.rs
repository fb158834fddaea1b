//! `number`.

pub fn half(value: u32) -> f64 {
    f64::from(value) / 2.0
}

pub fn single(value: f32) -> f32 {
    value
}

/// One of each width.
pub fn widths(a: i8, b: u8, c: i16, d: u16, e: i32, f: u32) -> f64 {
    f64::from(a) + f64::from(b) + f64::from(c) + f64::from(d) + f64::from(e) + f64::from(f)
}

pub async fn half_later(value: u32) -> f64 {
    half(value)
}
