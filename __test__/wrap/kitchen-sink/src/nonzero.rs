//! `nonzero`.
use std::num::{NonZeroI8, NonZeroU32};

pub fn share(total: u32, parts: NonZeroU32) -> u32 {
    total / parts
}

/// `None` where the next smaller number is zero.
pub fn one_below(value: NonZeroI8) -> Option<NonZeroI8> {
    NonZeroI8::new(value.get() - 1)
}

pub async fn share_later(total: u32, parts: NonZeroU32) -> u32 {
    total / parts
}
