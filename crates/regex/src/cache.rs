//! Compiled patterns kept for the one-shot functions.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use crate::{Error, Haystack, Options, Pattern};

/// How much a [`PatternCache`] keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternCacheBounds {
    /// Patterns kept at most. Default 64. A lookup compares with each of them, so this is meant to stay in the hundreds.
    pub entries: usize,
    /// Bytes that their [`memory_usage`](Pattern::memory_usage) may add up to. Default 32 MiB.
    pub bytes: usize,
}

impl Default for PatternCacheBounds {
    fn default() -> Self {
        Self { entries: 64, bytes: 32 << 20 }
    }
}

/// The patterns used last, by source and options. Patterns that do not compile are not remembered.
///
/// # Invariants
/// - `entries` is ordered by last use, latest first, and no two have the same source and options.
/// - `bytes` is the sum of the entries' sizes; neither it nor the number of entries passes its bound between calls.
///
/// A plain list beats a hash map with a linked list here: code that uses one-shot functions uses few patterns, mostly the
/// one it used before, which is the first compared; and unequal lengths settle most other comparisons.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, PatternCache};
/// let mut cache = PatternCache::<str>::default();
/// let first = cache.get(r"\d+", &Options::default())?;
/// let again = cache.get(r"\d+", &Options::default())?;
/// assert!(std::sync::Arc::ptr_eq(&first, &again));
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub struct PatternCache<H: Haystack + ?Sized> {
    entries: VecDeque<Entry<H>>,
    bytes: usize,
    bounds: PatternCacheBounds,
}

struct Entry<H: Haystack + ?Sized> {
    regex: Arc<Pattern<H>>,
    options: Options,
    bytes: usize,
}

impl<H: Haystack + ?Sized> PatternCache<H> {
    /// An empty cache. With a bound of 0 it keeps nothing and every [`get`](Self::get) compiles.
    pub fn new(bounds: PatternCacheBounds) -> Self {
        Self { entries: VecDeque::new(), bytes: 0, bounds }
    }

    /// The compiled pattern, from the cache or compiled now. One larger than the bound by itself is returned, not kept.
    ///
    /// # Errors
    /// Those of [`Pattern::new`].
    pub fn get(&mut self, pattern: &str, options: &Options) -> Result<Arc<Pattern<H>>, Error> {
        let known = |entry: &Entry<H>| entry.regex.pattern() == pattern && entry.options == *options;
        if let Some(index) = self.entries.iter().position(known) {
            if index > 0 {
                let entry = self.entries.remove(index).expect("the index was just found");
                self.entries.push_front(entry);
            }
            return Ok(Arc::clone(&self.entries[0].regex));
        }
        let regex = Arc::new(Pattern::new(pattern, options)?);
        let bytes = regex.memory_usage();
        if bytes <= self.bounds.bytes && self.bounds.entries > 0 {
            self.entries.push_front(Entry { regex: Arc::clone(&regex), options: options.clone(), bytes });
            self.bytes += bytes;
            while self.entries.len() > self.bounds.entries || self.bytes > self.bounds.bytes {
                let oldest = self.entries.pop_back().expect("the newest entry alone is within both bounds");
                self.bytes -= oldest.bytes;
            }
        }
        Ok(regex)
    }

    /// Patterns kept now.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Bytes that the kept patterns add up to, without the scratch memory of searches.
    pub fn memory_usage(&self) -> usize {
        self.bytes
    }

    /// Forgets every pattern; those in use elsewhere live on.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }
}

impl<H: Haystack + ?Sized> Default for PatternCache<H> {
    fn default() -> Self {
        Self::new(PatternCacheBounds::default())
    }
}

impl<H: Haystack + ?Sized> fmt::Debug for PatternCache<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns: Vec<_> = self.entries.iter().map(|entry| entry.regex.pattern()).collect();
        f.debug_struct("PatternCache").field("patterns", &patterns).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}
