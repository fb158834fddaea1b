//! `duration`, `date`, `ordering`.
use std::cmp::Ordering;
use std::time::{Duration, SystemTime};

pub fn double(duration: Duration) -> Duration {
    duration * 2
}

pub fn later(time: SystemTime, by: Duration) -> SystemTime {
    time + by
}

pub fn compare(a: &str, b: &str) -> Ordering {
    a.cmp(b)
}
