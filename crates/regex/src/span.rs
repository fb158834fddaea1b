//! What a match is made of.

/// Stands for both offsets of a group that took no part in a match.
pub const UNMATCHED: u32 = u32::MAX;

/// A half-open range of the haystack: UTF-16 code units in text, bytes in bytes.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, Regex, Span};
/// let regex = Regex::new("b+", &Options::default())?;
/// assert_eq!(regex.find("abbc")?, Some(Span { start: 1, end: 3 }));
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first unit.
    pub start: u32,
    /// Offset just past the last unit; equal to `start` for an empty match.
    pub end: u32,
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}
