//! A compiled pattern and what is known about it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use regex_automata::PatternID;
use regex_automata::meta;

use crate::options::Kind;
use crate::room::with_room;
use crate::{Error, Haystack, Options};

/// A pattern over text: UTF-8 in, UTF-16 offsets out.
pub type Regex = Pattern<str>;

/// A pattern over bytes, which need not be UTF-8: byte offsets. `(?-u:.)` is any byte but the line terminator.
pub type BytesRegex = Pattern<[u8]>;

/// A compiled pattern over a [`Haystack`]; name it as [`Regex`] or [`BytesRegex`].
///
/// It never changes and is `Send + Sync`. Searching needs scratch memory that comes from a pool inside: threads that share
/// one pattern take turns at that pool for a moment per search. A clone is the same pattern with the same pool.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, Regex};
/// let regex = Regex::new(r"(?<key>\w+)=(\w+)?", &Options::default())?;
/// assert_eq!(regex.group_count(), 3);
/// assert_eq!(regex.group_names().collect::<Vec<_>>(), [None, Some("key"), None]);
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub struct Pattern<H: Haystack + ?Sized> {
    pub(crate) program: Arc<meta::Regex>,
    source: Arc<str>,
    searches: PhantomData<fn(&H)>,
}

impl<H: Haystack + ?Sized> Pattern<H> {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// [`Error::Syntax`] with the place of the fault, [`Error::TooBig`] past `size_limit`, [`Error::NestLimit`] for a
    /// `nest_limit` out of range, [`Error::NoThread`] for a
    /// deeply nested pattern when the process cannot start a thread for it.
    pub fn new(pattern: &str, options: &Options) -> Result<Self, Error> {
        let builder = options.builder::<H>(Kind::One)?;
        let program =
            with_room(&[pattern], || builder.build(pattern).map_err(|error| Error::from_build(&error, &[pattern])))?;
        Ok(Self { program: Arc::new(program), source: pattern.into(), searches: PhantomData })
    }

    /// The pattern as it was given.
    pub fn pattern(&self) -> &str {
        &self.source
    }

    /// Heap bytes of the compiled program. What searches use beside it is not counted: up to
    /// [`Options::dfa_size_limit`] twice, and as much again for each further thread that searches at the same time.
    pub fn memory_usage(&self) -> usize {
        self.program.memory_usage() + self.source.len()
    }

    /// Groups including group 0, the whole match; at least 1.
    pub fn group_count(&self) -> usize {
        self.program.group_info().group_len(PatternID::ZERO)
    }

    /// The name of each group in order, `None` for one without. Group 0 has none.
    pub fn group_names(&self) -> impl Iterator<Item = Option<&str>> {
        self.program.group_info().pattern_names(PatternID::ZERO)
    }

    /// The index of a named group.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex};
    /// let regex = Regex::new(r"(?<key>\w+)", &Options::default())?;
    /// assert_eq!(regex.group_index("key"), Some(1));
    /// assert_eq!(regex.group_index("value"), None);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    pub fn group_index(&self, name: &str) -> Option<usize> {
        self.program.group_info().to_index(PatternID::ZERO, name)
    }

    /// How many groups, group 0 included, take part in every match, when that number is the same for all matches.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex};
    /// let of = |pattern| Regex::new(pattern, &Options::default()).unwrap().static_captures_len();
    /// assert_eq!(of("(a)(b)"), Some(3));
    /// assert_eq!(of("(a)|b"), None);
    /// ```
    pub fn static_captures_len(&self) -> Option<usize> {
        self.program.static_captures_len()
    }
}

// By hand: a derive would ask for `H: Clone`, which no haystack is.
impl<H: Haystack + ?Sized> Clone for Pattern<H> {
    fn clone(&self) -> Self {
        Self { program: Arc::clone(&self.program), source: Arc::clone(&self.source), searches: PhantomData }
    }
}

impl<H: Haystack + ?Sized> fmt::Debug for Pattern<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}

/// A pattern that matches exactly this text.
///
/// # Example
/// ```
/// assert_eq!(ferrule_regex::escape("1+1=2?"), r"1\+1=2\?");
/// ```
pub fn escape(text: &str) -> String {
    regex_syntax::escape(text)
}
