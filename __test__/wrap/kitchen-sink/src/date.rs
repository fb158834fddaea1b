//! `date`.
use std::time::{Duration, SystemTime};

pub fn later(time: SystemTime, by: Duration) -> SystemTime {
    time + by
}

pub async fn later_later(time: SystemTime, by: Duration) -> SystemTime {
    time + by
}
