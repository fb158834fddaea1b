//! `range`.
use std::ops::{Range, RangeInclusive};

pub fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

pub fn members(range: RangeInclusive<u32>) -> usize {
    range.count()
}

pub async fn shifted_later(range: Range<usize>, by: usize) -> Range<usize> {
    shifted(range, by)
}
