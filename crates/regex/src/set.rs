//! Many patterns in one search.

use std::fmt;
use std::marker::PhantomData;

use regex_automata::{Input, PatternSet as Hits, meta};

use crate::options::Kind;
use crate::room::with_room;
use crate::{Error, Haystack, Options};

/// A set of patterns over text.
pub type RegexSet = PatternSet<str>;

/// A set of patterns over bytes.
pub type BytesRegexSet = PatternSet<[u8]>;

/// Patterns compiled into one program that says, in a single search, which of them match; name it as [`RegexSet`] or
/// [`BytesRegexSet`]. It does not say where.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, RegexSet};
/// let set = RegexSet::new(&[r"\d", "[a-z]", "[A-Z]"], &Options::default())?;
/// assert_eq!(set.matches("a1"), [0, 1]);
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub struct PatternSet<H: Haystack + ?Sized> {
    program: meta::Regex,
    sources: Box<[Box<str>]>,
    searches: PhantomData<fn(&H)>,
}

impl<H: Haystack + ?Sized> PatternSet<H> {
    /// Compiles the patterns. An empty set is fine and matches nothing.
    ///
    /// # Errors
    /// [`Error::Syntax`] whose `index` says which pattern is at fault, [`Error::TooBig`] when all of them together are
    /// larger than `size_limit`, [`Error::NestLimit`] and [`Error::NoThread`] as for a
    /// single pattern.
    pub fn new<P: AsRef<str>>(patterns: &[P], options: &Options) -> Result<Self, Error> {
        let builder = options.builder::<H>(Kind::Set)?;
        let patterns: Vec<&str> = patterns.iter().map(AsRef::as_ref).collect();
        let program = with_room(&patterns, || {
            builder.build_many(&patterns).map_err(|error| Error::from_build(&error, &patterns))
        })?;
        let sources = patterns.iter().map(|&pattern| pattern.into()).collect();
        Ok(Self { program, sources, searches: PhantomData })
    }

    /// Whether any pattern matches; stops at the first that does.
    pub fn is_match(&self, haystack: &H) -> bool {
        self.program.is_match(Input::new(haystack.bytes()))
    }

    /// The indices of the patterns that match, ascending.
    pub fn matches(&self, haystack: &H) -> Vec<u32> {
        let mut hits = Hits::new(self.len());
        self.program.which_overlapping_matches(&Input::new(haystack.bytes()), &mut hits);
        hits.iter().map(|id| id.as_u32()).collect()
    }

    /// How many patterns the set has.
    pub fn len(&self) -> usize {
        self.sources.len()
    }

    /// Whether the set has no pattern.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    /// The patterns as they were given, in order.
    pub fn patterns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.sources.iter().map(AsRef::as_ref)
    }

    /// Heap bytes of the compiled program, as [`Pattern::memory_usage`](crate::Pattern::memory_usage) counts them.
    pub fn memory_usage(&self) -> usize {
        self.program.memory_usage() + self.sources.iter().map(|source| source.len()).sum::<usize>()
    }
}

impl<H: Haystack + ?Sized> fmt::Debug for PatternSet<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PatternSet").field(&self.sources).finish()
    }
}
