//! One search: whether, where, and with which groups.

use regex_automata::Input;
use regex_automata::util::primitives::NonMaxUsize;

use crate::haystack::check_length;
use crate::offsets::Offsets;
use crate::{Error, Haystack, Pattern, Span, UNMATCHED};

/// Where the engine writes the offsets of groups: two slots per group.
pub(crate) type Slot = Option<NonMaxUsize>;

/// Slots kept on the stack; a pattern with more than 16 groups takes them from the heap.
const INLINE_SLOTS: usize = 32;

impl<H: Haystack + ?Sized> Pattern<H> {
    /// Whether the pattern matches anywhere. Nothing is allocated and no offset converted.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex};
    /// assert!(Regex::new(r"\d+", &Options::default())?.is_match("test 123"));
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    pub fn is_match(&self, haystack: &H) -> bool {
        self.program.is_match(Input::new(haystack.bytes()))
    }

    /// Whether the pattern matches at or after `start`. What stands before `start` still counts for `^`, `\b` and their like.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex};
    /// let regex = Regex::new("^b", &Options::default())?;
    /// assert!(!regex.is_match_at("ab", 1)?);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a `start` past the end or inside a surrogate pair; [`Error::TooLong`].
    pub fn is_match_at(&self, haystack: &H, start: u32) -> Result<bool, Error> {
        Ok(self.program.is_match(input_at(haystack, start)?))
    }

    /// The leftmost match.
    ///
    /// # Errors
    /// [`Error::TooLong`].
    pub fn find(&self, haystack: &H) -> Result<Option<Span>, Error> {
        self.find_at(haystack, 0)
    }

    /// The leftmost match that starts at or after `start`. What stands before still counts for `^`, `\b` and their like.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex};
    /// let regex = Regex::new("a", &Options::default())?;
    /// assert_eq!(regex.find_at("a😀a", 1)?, Some((3, 4).into()));
    /// assert!(regex.find_at("a😀a", 2).is_err(), "inside the surrogate pair");
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a `start` past the end or inside a surrogate pair; [`Error::TooLong`].
    pub fn find_at(&self, haystack: &H, start: u32) -> Result<Option<Span>, Error> {
        let input = input_at(haystack, start)?;
        let from = input.start();
        Ok(self.program.search(&input).map(|found| {
            let bytes = haystack.bytes();
            let mut offsets = H::Offsets::near(from, start);
            Span { start: offsets.unit_at(bytes, found.start()), end: offsets.unit_at(bytes, found.end()) }
        }))
    }

    /// The groups of the leftmost match: appends a start and an end per group, group 0 first, [`UNMATCHED`] twice for a
    /// group that took no part, and says whether there was a match at all. Without one nothing is appended.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, UNMATCHED};
    /// let mut groups = Vec::new();
    /// assert!(Regex::new("(a)|(b)", &Options::default())?.captures("xb", &mut groups)?);
    /// assert_eq!(groups, [1, 2, UNMATCHED, UNMATCHED, 1, 2]);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::TooLong`].
    pub fn captures(&self, haystack: &H, out: &mut Vec<u32>) -> Result<bool, Error> {
        self.captures_at(haystack, 0, out)
    }

    /// [`captures`](Self::captures) of the leftmost match that starts at or after `start`.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a `start` past the end or inside a surrogate pair; [`Error::TooLong`].
    pub fn captures_at(&self, haystack: &H, start: u32, out: &mut Vec<u32>) -> Result<bool, Error> {
        let input = input_at(haystack, start)?;
        let wanted = 2 * self.group_count();
        let mut inline = [None; INLINE_SLOTS];
        let mut heap = Vec::new();
        let slots = if wanted <= INLINE_SLOTS {
            &mut inline[..wanted]
        } else {
            heap.resize(wanted, None);
            &mut heap[..]
        };
        if self.program.search_slots(&input, slots).is_none() {
            return Ok(false);
        }
        // Nothing but what lies before the match's end is looked at: no check first whether all of the text is ASCII.
        let mut offsets = H::Offsets::near(input.start(), start);
        push_groups(slots, out, |byte| offsets.unit_at(haystack.bytes(), byte));
        Ok(true)
    }
}

/// Appends the groups' offsets in the haystack's units.
///
/// Groups lie inside their match but in any order, so converting them walks back and forth within it: O(groups × match),
/// which the search itself already cost.
pub(crate) fn push_groups(slots: &[Slot], out: &mut Vec<u32>, mut unit_at: impl FnMut(usize) -> u32) {
    out.extend(slots.iter().map(|slot| slot.map_or(UNMATCHED, |byte| unit_at(byte.get()))));
}

fn input_at<H: Haystack + ?Sized>(haystack: &H, start: u32) -> Result<Input<'_>, Error> {
    let bytes = check_length(haystack)?;
    Ok(Input::new(bytes).range(haystack.byte_of(start)?..))
}
