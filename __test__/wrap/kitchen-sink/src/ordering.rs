//! `ordering`.
use std::cmp::Ordering;

pub fn compare(a: &str, b: &str) -> Ordering {
    a.cmp(b)
}

pub fn turned(order: Ordering) -> Ordering {
    order.reverse()
}

pub async fn turned_later(order: Ordering) -> Ordering {
    order.reverse()
}
