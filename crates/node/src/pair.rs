//! Ranges as pairs, for generated glue that knows only that a getter gives two numbers.

use std::ops::{Range, RangeInclusive};

/// What is a pair, or has a start and an end.
pub trait Pair<T> {
    /// Both.
    fn pair(self) -> (T, T);
}

impl<T> Pair<T> for (T, T) {
    fn pair(self) -> (T, T) {
        self
    }
}

impl<T> Pair<T> for Range<T> {
    fn pair(self) -> (T, T) {
        (self.start, self.end)
    }
}

impl<T> Pair<T> for RangeInclusive<T> {
    fn pair(self) -> (T, T) {
        self.into_inner()
    }
}

impl<T: Clone, P: Pair<T> + Clone> Pair<T> for &P {
    fn pair(self) -> (T, T) {
        self.clone().pair()
    }
}
