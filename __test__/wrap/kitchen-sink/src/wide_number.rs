//! `wide-number`.

pub fn length(text: &str) -> usize {
    text.len()
}

pub fn largest() -> u64 {
    u64::MAX
}

pub fn signed(value: i64) -> i64 {
    value
}

pub fn distance_between(from: isize, to: isize) -> usize {
    from.abs_diff(to)
}

/// The result may be wider than what JavaScript counts exactly.
pub fn doubled_wide(value: u64) -> u64 {
    value * 2
}

pub async fn signed_later(value: i64) -> i64 {
    value
}
