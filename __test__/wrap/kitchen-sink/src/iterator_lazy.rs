//! `iterator-lazy`.

/// Never ends.
pub fn doublings(from: u32) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(f64::from(from)), |value| Some(value * 2.0))
}
