//! `duration`.
use std::time::Duration;

pub fn double(duration: Duration) -> Duration {
    duration * 2
}

pub async fn double_later(duration: Duration) -> Duration {
    duration * 2
}
