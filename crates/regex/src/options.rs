//! How a pattern is read and how much it may cost.

use regex_automata::{MatchKind, meta, nfa::thompson::WhichCaptures, util::syntax};

use crate::{Error, Haystack};

/// A flag of the pattern language; see the field of [`Options`] of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// `i`.
    CaseInsensitive,
    /// `m`.
    MultiLine,
    /// `s`.
    DotMatchesNewLine,
    /// `U`.
    SwapGreed,
    /// `x`.
    IgnoreWhitespace,
    /// `u`.
    Unicode,
    /// `R`.
    Crlf,
}

/// Flags and limits of compilation. The defaults are those of the `regex` crate.
///
/// A flag set here is only the starting value: `(?i)` and its like inside the pattern still switch it.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, Regex};
/// let options = Options { case_insensitive: true, ..Options::default() };
/// assert!(Regex::new("straße", &options)?.is_match("STRAßE"));
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
#[allow(clippy::struct_excessive_bools, reason = "each is an independent flag of the pattern language")]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// `i`: letters match both cases, by Unicode simple case folding unless `unicode` is off. Default false.
    pub case_insensitive: bool,
    /// `m`: `^` and `$` match at line ends too. Default false.
    pub multi_line: bool,
    /// `s`: `.` matches the line terminator too. Default false.
    pub dot_matches_new_line: bool,
    /// `U`: `a*` is lazy and `a*?` greedy. Default false.
    pub swap_greed: bool,
    /// `x`: white space in the pattern is ignored and `#` starts a comment. Default false.
    pub ignore_whitespace: bool,
    /// `u`: the pattern's atoms are code points and its classes Unicode's. Default true. When off, a text pattern that could
    /// match part of a code point is a syntax error.
    pub unicode: bool,
    /// `R`: with `multi_line`, `\r\n` is one line end, and `\r` and `\n` are each one. Default false.
    pub crlf: bool,
    /// `\123` is an octal escape instead of an error. Default false.
    pub octal: bool,
    /// The byte that ends a line for `.`, `^` and `$`. Default `\n`. Text patterns that use `.` need an ASCII byte.
    pub line_terminator: u8,
    /// Bytes that the compiled program may take. Default 10 MiB.
    pub size_limit: usize,
    /// Bytes that the lazily built automaton may take, per thread that searches at the same time. Default 2 MiB. Too low
    /// makes searches slower, never wrong.
    pub dfa_size_limit: usize,
    /// How deep groups and repetitions may nest, 0 to [`Options::NEST_LIMIT_MAX`]. Default 250.
    pub nest_limit: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            case_insensitive: false,
            multi_line: false,
            dot_matches_new_line: false,
            swap_greed: false,
            ignore_whitespace: false,
            unicode: true,
            crlf: false,
            octal: false,
            line_terminator: b'\n',
            size_limit: 10 << 20,
            dfa_size_limit: 2 << 20,
            nest_limit: 250,
        }
    }
}

impl Options {
    /// The deepest `nest_limit` accepted. The compiler recurses, and this much its stack is known to hold; without a ceiling
    /// a pattern could overflow it, which ends the process.
    pub const NEST_LIMIT_MAX: u32 = 1_000;

    pub(crate) fn builder<H: Haystack + ?Sized>(&self, kind: Kind) -> Result<meta::Builder, Error> {
        if self.nest_limit > Self::NEST_LIMIT_MAX {
            return Err(Error::NestLimit { nest_limit: self.nest_limit, max: Self::NEST_LIMIT_MAX });
        }
        let (matches, captures) = match kind {
            Kind::One => (MatchKind::LeftmostFirst, WhichCaptures::All),
            Kind::Set => (MatchKind::All, WhichCaptures::None),
        };
        let mut builder = meta::Builder::new();
        builder
            .configure(
                meta::Config::new()
                    .nfa_size_limit(Some(self.size_limit))
                    .hybrid_cache_capacity(self.dfa_size_limit)
                    .line_terminator(self.line_terminator)
                    .match_kind(matches)
                    .which_captures(captures)
                    .utf8_empty(H::UTF8),
            )
            .syntax(
                syntax::Config::new()
                    .case_insensitive(self.case_insensitive)
                    .multi_line(self.multi_line)
                    .dot_matches_new_line(self.dot_matches_new_line)
                    .swap_greed(self.swap_greed)
                    .ignore_whitespace(self.ignore_whitespace)
                    .unicode(self.unicode)
                    .crlf(self.crlf)
                    .octal(self.octal)
                    .line_terminator(self.line_terminator)
                    .nest_limit(self.nest_limit)
                    .utf8(H::UTF8),
            );
        Ok(builder)
    }
}

/// A single pattern reports where it matched; a set only reports which of its patterns did.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    One,
    Set,
}
