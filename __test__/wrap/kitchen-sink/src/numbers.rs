//! `boolean`, `number`, `wide-number`, `bigint`, `nonzero`.
use std::num::NonZeroU32;

pub fn invert(value: bool) -> bool {
    !value
}

pub fn half(value: u32) -> f64 {
    f64::from(value) / 2.0
}

pub fn single(value: f32) -> f32 {
    value
}

pub fn length(text: &str) -> usize {
    text.len()
}

pub fn largest() -> u64 {
    u64::MAX
}

pub fn square(value: u64) -> u128 {
    u128::from(value) * u128::from(value)
}

pub fn share(total: u32, parts: NonZeroU32) -> u32 {
    total / parts
}
