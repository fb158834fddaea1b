//! The engine in the shapes that a host in another language calls: flat arguments, offsets as plain numbers, limits that may be
//! absent, iterations that own what they go over. Nothing here searches by itself.

use std::borrow::{Borrow, Cow};
use std::fmt;

use crate::{
    Checkpoint, Error, Haystack, MatchCursor, Options, Pattern, PatternCache, PatternSet, Template, options::Flag,
};

impl Options {
    /// Exactly these flags are on; what is absent has its default.
    ///
    /// ```
    /// use ferrule_regex::{Flag, Options};
    /// let options = Options::of_flags(&[Flag::CaseInsensitive, Flag::Unicode], false, None, Some(1 << 20), None, None);
    /// assert_eq!(options, Options { case_insensitive: true, size_limit: 1 << 20, ..Options::default() });
    /// ```
    pub fn of_flags(
        flags: &[Flag],
        octal: bool,
        line_terminator: Option<u8>,
        size_limit: Option<usize>,
        dfa_size_limit: Option<usize>,
        nest_limit: Option<u32>,
    ) -> Self {
        let default = Self::default();
        Self {
            case_insensitive: flags.contains(&Flag::CaseInsensitive),
            multi_line: flags.contains(&Flag::MultiLine),
            dot_matches_new_line: flags.contains(&Flag::DotMatchesNewLine),
            swap_greed: flags.contains(&Flag::SwapGreed),
            ignore_whitespace: flags.contains(&Flag::IgnoreWhitespace),
            unicode: flags.contains(&Flag::Unicode),
            crlf: flags.contains(&Flag::Crlf),
            octal,
            line_terminator: line_terminator.unwrap_or(default.line_terminator),
            size_limit: size_limit.unwrap_or(default.size_limit),
            dfa_size_limit: dfa_size_limit.unwrap_or(default.dfa_size_limit),
            nest_limit: nest_limit.unwrap_or(default.nest_limit),
        }
    }
}

impl<H: Haystack + ?Sized> Pattern<H> {
    /// [`new`](Self::new) with the options as [`Options::of_flags`] takes them.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn compile(
        pattern: &str,
        flags: &[Flag],
        octal: bool,
        line_terminator: Option<u8>,
        size_limit: Option<usize>,
        dfa_size_limit: Option<usize>,
        nest_limit: Option<u32>,
    ) -> Result<Self, Error> {
        let options = Options::of_flags(flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit);
        Self::new(pattern, &options)
    }

    /// [`find_at`](Self::find_at) as start and end.
    ///
    /// # Errors
    /// Those of [`find_at`](Self::find_at).
    #[inline]
    pub fn find_offsets(&self, haystack: &H, start: u32) -> Result<Option<[u32; 2]>, Error> {
        Ok(self.find_at(haystack, start)?.map(|span| [span.start, span.end]))
    }

    /// [`captures_at`](Self::captures_at) as a list: start and end of each group.
    ///
    /// # Errors
    /// Those of [`captures_at`](Self::captures_at).
    #[inline]
    pub fn capture_offsets(&self, haystack: &H, start: u32) -> Result<Option<Vec<u32>>, Error> {
        let mut out = Vec::new();
        Ok(self.captures_at(haystack, start, &mut out)?.then_some(out))
    }

    /// The first `limit` matches, or all: start and end of each, or of each of its groups.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new("(a)b?", &Options::default())?;
    /// assert_eq!(regex.match_offsets("ab a", false, None, &never_stop)?, [0, 2, 3, 4]);
    /// assert_eq!(regex.match_offsets("ab a", true, Some(1), &never_stop)?, [0, 2, 0, 1]);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Stopped`].
    pub fn match_offsets(
        &self,
        haystack: &H,
        groups: bool,
        limit: Option<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Vec<u32>, Error> {
        let mut out = Vec::new();
        MatchCursor::new(haystack)?.next_batch(self, haystack, count_of(limit), groups, &mut out, checkpoint)?;
        Ok(out)
    }

    /// The first `limit` matches, or all, replaced by a template that may only name groups the pattern has; `None` when
    /// nothing was replaced.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new("(a)b", &Options::default())?;
    /// assert_eq!(regex.replace_checked("ab ab", "$1", Some(1), &never_stop)?.as_deref(), Some("a ab"));
    /// assert_eq!(regex.replace_checked("ab ab", "$1", Some(0), &never_stop)?, None);
    /// assert!(regex.replace_checked("x", "$2", None, &never_stop).is_err());
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Group`]; [`Error::Stopped`].
    pub fn replace_checked(
        &self,
        haystack: &H,
        template: &H,
        limit: Option<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Option<H::Owned>, Error> {
        let template = Template::strict(self, template)?;
        if limit == Some(0) {
            return Ok(None);
        }
        // 0 means all, which `None` is here.
        match self.replace_template(haystack, &template, limit.unwrap_or(0) as usize, checkpoint)? {
            Cow::Borrowed(_) => Ok(None),
            Cow::Owned(text) => Ok(Some(text)),
        }
    }

    /// [`splitn`](Self::splitn), or [`split`](Self::split) without a limit.
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Stopped`].
    pub fn split_offsets(
        &self,
        haystack: &H,
        limit: Option<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Vec<u32>, Error> {
        self.splitn(haystack, count_of(limit), checkpoint)
    }
}

/// `None` stands for all.
fn count_of(limit: Option<u32>) -> usize {
    limit.map_or(usize::MAX, |limit| limit as usize)
}

impl<H: Haystack + ?Sized> PatternSet<H> {
    /// [`new`](Self::new) with the options as [`Options::of_flags`] takes them.
    ///
    /// # Errors
    /// Those of [`new`](Self::new).
    pub fn compile(
        patterns: &[&str],
        flags: &[Flag],
        octal: bool,
        line_terminator: Option<u8>,
        size_limit: Option<usize>,
        dfa_size_limit: Option<usize>,
        nest_limit: Option<u32>,
    ) -> Result<Self, Error> {
        let options = Options::of_flags(flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit);
        Self::new(patterns, &options)
    }
}

/// An iteration over matches that owns its pattern and its haystack.
///
/// # Example
/// ```
/// use ferrule_regex::{Matches, Options, Regex, never_stop};
/// let regex = Regex::new(r"\w", &Options::default())?;
/// let mut matches = Matches::<str>::new(&regex, "a b c".to_owned(), 1, false)?;
/// assert_eq!(matches.next_offsets(1, &never_stop)?, [2, 3]);
/// assert_eq!(matches.next_offsets(9, &never_stop)?, [4, 5]);
/// assert!(matches.next_offsets(9, &never_stop)?.is_empty());
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub struct Matches<H: Haystack + ?Sized> {
    pattern: Pattern<H>,
    haystack: H::Owned,
    cursor: MatchCursor<H>,
    groups: bool,
}

impl<H: Haystack + ?Sized> Matches<H> {
    /// The matches that start at or after `start`, with their groups when `groups` is set.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a `start` past the end or inside a surrogate pair; [`Error::TooLong`].
    pub fn new(pattern: &Pattern<H>, haystack: H::Owned, start: u32, groups: bool) -> Result<Self, Error> {
        let cursor = MatchCursor::at(haystack.borrow(), start)?;
        Ok(Self { pattern: pattern.clone(), haystack, cursor, groups })
    }

    /// Up to `max` more matches, as [`MatchCursor::next_batch`] appends them; nothing when all have been given.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the checkpoint says so; the matches of this batch are lost then.
    pub fn next_offsets(&mut self, max: u32, checkpoint: Checkpoint<'_>) -> Result<Vec<u32>, Error> {
        let mut out = Vec::new();
        let Self { pattern, haystack, cursor, groups } = self;
        cursor.next_batch(pattern, (*haystack).borrow(), max as usize, *groups, &mut out, checkpoint)?;
        Ok(out)
    }

    /// Bytes of the haystack. The pattern is counted where it was made.
    pub fn memory_usage(&self) -> usize {
        let haystack: &H = self.haystack.borrow();
        haystack.bytes().len()
    }
}

impl<H: Haystack + ?Sized> fmt::Debug for Matches<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Matches").field("pattern", &self.pattern).field("cursor", &self.cursor).finish_non_exhaustive()
    }
}

/// One-shot searches: by the source of a pattern, with default options, compiled when it is not kept.
impl<H: Haystack + ?Sized> PatternCache<H> {
    fn of(&mut self, pattern: &str) -> Result<std::sync::Arc<Pattern<H>>, Error> {
        self.get(pattern, &Options::default())
    }

    /// [`Pattern::group_names`].
    ///
    /// # Errors
    /// Those of [`Pattern::new`].
    pub fn group_names(&mut self, pattern: &str) -> Result<Vec<Option<String>>, Error> {
        Ok(self.of(pattern)?.group_names().map(|name| name.map(str::to_owned)).collect())
    }

    /// [`Pattern::is_match`].
    ///
    /// # Errors
    /// Those of [`Pattern::new`].
    pub fn is_match(&mut self, pattern: &str, haystack: &H) -> Result<bool, Error> {
        Ok(self.of(pattern)?.is_match(haystack))
    }

    /// [`Pattern::find_offsets`] from the start.
    ///
    /// # Errors
    /// Those of [`Pattern::new`]; [`Error::TooLong`].
    pub fn find_offsets(&mut self, pattern: &str, haystack: &H) -> Result<Option<[u32; 2]>, Error> {
        self.of(pattern)?.find_offsets(haystack, 0)
    }

    /// [`Pattern::capture_offsets`] from the start.
    ///
    /// # Errors
    /// Those of [`Pattern::new`]; [`Error::TooLong`].
    pub fn capture_offsets(&mut self, pattern: &str, haystack: &H) -> Result<Option<Vec<u32>>, Error> {
        self.of(pattern)?.capture_offsets(haystack, 0)
    }

    /// [`Pattern::match_offsets`].
    ///
    /// # Errors
    /// Those of [`Pattern::new`] and of [`Pattern::match_offsets`].
    pub fn match_offsets(
        &mut self,
        pattern: &str,
        haystack: &H,
        groups: bool,
        limit: Option<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Vec<u32>, Error> {
        self.of(pattern)?.match_offsets(haystack, groups, limit, checkpoint)
    }

    /// [`Pattern::count`].
    ///
    /// # Errors
    /// Those of [`Pattern::new`]; [`Error::Stopped`].
    pub fn count(&mut self, pattern: &str, haystack: &H, checkpoint: Checkpoint<'_>) -> Result<usize, Error> {
        self.of(pattern)?.count(haystack, checkpoint)
    }

    /// [`Pattern::replace_checked`].
    ///
    /// # Errors
    /// Those of [`Pattern::new`] and of [`Pattern::replace_checked`].
    pub fn replace_checked(
        &mut self,
        pattern: &str,
        haystack: &H,
        template: &H,
        limit: Option<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Option<H::Owned>, Error> {
        self.of(pattern)?.replace_checked(haystack, template, limit, checkpoint)
    }

    /// [`Pattern::split_offsets`].
    ///
    /// # Errors
    /// Those of [`Pattern::new`] and of [`Pattern::split_offsets`].
    pub fn split_offsets(
        &mut self,
        pattern: &str,
        haystack: &H,
        limit: Option<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Vec<u32>, Error> {
        self.of(pattern)?.split_offsets(haystack, limit, checkpoint)
    }
}
