//! `bigint`.

pub fn square(value: u64) -> u128 {
    u128::from(value) * u128::from(value)
}

pub fn flipped(value: i128) -> i128 {
    !value
}

pub async fn flipped_later(value: i128) -> i128 {
    !value
}
