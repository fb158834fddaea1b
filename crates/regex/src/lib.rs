//! Regular expressions for a host whose strings are UTF-16: the `regex` crate's syntax and semantics, with offsets in UTF-16
//! code units, iteration that can be put down and resumed, and work that can be stopped between two matches.
//!
//! # Use
//! ```
//! use ferrule_regex::{MatchCursor, Options, Progress, Regex, never_stop};
//!
//! let regex = Regex::new(r"(?<year>\d{4})-(?<month>\d{2})", &Options::default())?;
//! assert!(regex.is_match("due 2026-11"));
//!
//! // Offsets count UTF-16 units: the emoji takes two.
//! assert_eq!(regex.find("🦀 2026-11")?.unwrap(), (3, 10).into());
//!
//! let text = "2025-01 2026-11";
//! let mut cursor = MatchCursor::new(text)?;
//! let mut spans = Vec::new();
//! let progress = cursor.next_batch(&regex, text, 100, false, &mut spans, &never_stop)?;
//! assert_eq!(progress, Progress::Done);
//! assert_eq!(spans, [0, 7, 8, 15]);
//! # Ok::<(), ferrule_regex::Error>(())
//! ```
//!
//! # Text and bytes
//! [`Regex`] searches `str` and counts in UTF-16 units; [`BytesRegex`] searches `[u8]` and counts in bytes. Both are
//! [`Pattern`] over a [`Haystack`], so everything below exists once and behaves alike.
//!
//! # Time
//! One search takes time in O(m · n), for a pattern of size m over n bytes of haystack, whatever the pattern. Going over *all* matches runs a
//! search per match and each may look to the end of the haystack before it settles on a short match (`.*[^A-Z]|[A-Z]` over
//! `AAAA…`): O(m · n²) in the worst case. Every function that goes over many matches therefore takes a checkpoint, called
//! before each search, that can stop it. A single search is not interrupted.
//!
//! # Errors
//! One type, [`Error`], whose variants name situations: a pattern that does not parse, one that compiles too big, a position
//! outside the text, and so on.
//!
//! # Panics
//! Only [`MatchCursor::next_batch`] panics, and only when a haystack of another length than the cursor's own is given.
#![forbid(unsafe_code)]

mod cache;
mod checkpoint;
mod cursor;
mod error;
mod haystack;
mod host;
mod offsets;
mod options;
mod pattern;
pub mod presets;
mod replace;
mod room;
mod search;
mod set;
mod span;
mod split;
mod template;

pub use cache::{PatternCache, PatternCacheBounds};
pub use checkpoint::{Checkpoint, Stop, never_stop};
pub use cursor::{MatchCursor, Progress};
pub use error::Error;
pub use haystack::Haystack;
pub use host::Matches;
pub use offsets::{Utf16Cursor, byte_offset, utf16_len};
pub use options::{Flag, Options};
pub use pattern::{BytesRegex, Pattern, Regex, escape};
pub use set::{BytesRegexSet, PatternSet, RegexSet};
pub use span::{Span, UNMATCHED};
pub use template::Template;
