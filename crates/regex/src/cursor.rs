//! Going over all matches, in batches, with a state that borrows nothing.

use std::fmt;
use std::marker::PhantomData;

use regex_automata::{Input, Match};

use crate::haystack::check_length;
use crate::offsets::Offsets;
use crate::search::{Slot, push_groups};
use crate::{Checkpoint, Error, Haystack, Pattern};

/// Whether a batch was the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The batch was filled; there may be more matches.
    More,
    /// Every match has been given.
    Done,
}

/// An iteration over matches that can be put down between batches: it holds positions and no reference, so an iterator
/// object of another language can keep it beside the pattern and the text.
///
/// Matches do not overlap. An empty match right after the match before it is left out, and none splits a code point: the
/// rules of `find_iter` in the `regex` crate.
///
/// # Invariants
/// - The position only grows, and the next match starts at or after it.
/// - The same pattern and haystack are given to every batch. Another haystack of the same length is not noticed; it gives
///   matches that mean nothing, and no memory is at risk.
///
/// # Example
/// ```
/// use ferrule_regex::{MatchCursor, Options, Progress, Regex, never_stop};
/// let (regex, text) = (Regex::new(r"\w", &Options::default())?, "a b c");
/// let mut cursor = MatchCursor::new(text)?;
/// let mut out = Vec::new();
/// assert_eq!(cursor.next_batch(&regex, text, 2, false, &mut out, &never_stop)?, Progress::More);
/// assert_eq!(out, [0, 1, 2, 3]);
/// assert_eq!(cursor.next_batch(&regex, text, 2, false, &mut out, &never_stop)?, Progress::Done);
/// assert_eq!(out, [0, 1, 2, 3, 4, 5]);
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub struct MatchCursor<H: Haystack + ?Sized> {
    walk: Walk,
    offsets: H::Offsets,
    slots: Vec<Slot>,
    length: usize,
    haystack: PhantomData<fn(&H)>,
}

impl<H: Haystack + ?Sized> MatchCursor<H> {
    /// An iteration from the start of the haystack.
    ///
    /// # Errors
    /// [`Error::TooLong`].
    pub fn new(haystack: &H) -> Result<Self, Error> {
        Self::at(haystack, 0)
    }

    /// An iteration over the matches that start at or after `start`.
    ///
    /// ```
    /// # use ferrule_regex::{MatchCursor, Options, Regex, never_stop};
    /// let regex = Regex::new("a", &Options::default())?;
    /// let mut out = Vec::new();
    /// MatchCursor::at("aéa", 1)?.next_batch(&regex, "aéa", 9, false, &mut out, &never_stop)?;
    /// assert_eq!(out, [2, 3]);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::OutOfRange`] for a `start` past the end or inside a surrogate pair; [`Error::TooLong`].
    pub fn at(haystack: &H, start: u32) -> Result<Self, Error> {
        let length = check_length(haystack)?.len();
        let walk = Walk::at(haystack.byte_of(start)?);
        Ok(Self { walk, offsets: haystack.offsets(), slots: Vec::new(), length, haystack: PhantomData })
    }

    /// Whether every match has been given.
    pub fn is_done(&self) -> bool {
        self.walk.done
    }

    /// Appends up to `max` matches to `out`: start and end of each, or of each of its groups when `groups` is set
    /// ([`UNMATCHED`](crate::UNMATCHED) twice for one that took no part), so that a match takes 2 or
    /// 2 · [`group_count`](Pattern::group_count) values.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the checkpoint says so. The matches found until then are in `out` and the cursor stands
    /// after them: the next call continues there.
    ///
    /// # Panics
    /// When the haystack has another length than the one the cursor was made for.
    pub fn next_batch(
        &mut self,
        regex: &Pattern<H>,
        haystack: &H,
        max: usize,
        groups: bool,
        out: &mut Vec<u32>,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Progress, Error> {
        let bytes = haystack.bytes();
        assert_eq!(bytes.len(), self.length, "a match cursor goes over the one haystack it was made for");
        if groups {
            self.slots.resize(2 * regex.group_count(), None);
        }
        for _ in 0..max {
            if self.walk.done {
                break;
            }
            checkpoint()?;
            let Self { walk, offsets, slots, .. } = self;
            if groups {
                if walk.next_groups(regex, bytes, slots).is_some() {
                    push_groups(slots, out, |byte| offsets.unit_at(bytes, byte));
                }
            } else if let Some(found) = walk.next(regex, bytes) {
                out.push(offsets.unit_at(bytes, found.start()));
                out.push(offsets.unit_at(bytes, found.end()));
            }
        }
        Ok(if self.walk.done { Progress::Done } else { Progress::More })
    }
}

// By hand: a derive would ask for `H: Clone` and `H: Debug`.
impl<H: Haystack + ?Sized> Clone for MatchCursor<H> {
    fn clone(&self) -> Self {
        Self {
            walk: self.walk,
            offsets: self.offsets.clone(),
            slots: self.slots.clone(),
            length: self.length,
            haystack: PhantomData,
        }
    }
}

impl<H: Haystack + ?Sized> fmt::Debug for MatchCursor<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MatchCursor").field("walk", &self.walk).field("length", &self.length).finish_non_exhaustive()
    }
}

/// The rules of iteration, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk {
    /// Where the next search starts.
    at: usize,
    /// Where the match before ended: an empty match there is not given.
    last_end: Option<usize>,
    done: bool,
}

impl Walk {
    pub(crate) fn at(byte: usize) -> Self {
        Self { at: byte, last_end: None, done: false }
    }

    pub(crate) fn next<H: Haystack + ?Sized>(&mut self, regex: &Pattern<H>, bytes: &[u8]) -> Option<Match> {
        self.advance(bytes, |input| regex.program.search(input))
    }

    /// As [`next`](Self::next), with the groups' offsets in `slots`, two per group.
    pub(crate) fn next_groups<H: Haystack + ?Sized>(
        &mut self,
        regex: &Pattern<H>,
        bytes: &[u8],
        slots: &mut [Slot],
    ) -> Option<Match> {
        self.advance(bytes, |input| {
            let pattern = regex.program.search_slots(input, slots)?;
            let (start, end) = (slots[0]?.get(), slots[1]?.get());
            Some(Match::new(pattern, start..end))
        })
    }

    fn advance(&mut self, bytes: &[u8], mut search: impl FnMut(&Input<'_>) -> Option<Match>) -> Option<Match> {
        if self.done {
            return None;
        }
        let mut input = Input::new(bytes).range(self.at..);
        let mut found = search(&input);
        if found.is_some_and(|m| m.is_empty() && Some(m.end()) == self.last_end) {
            // One byte on may be inside a code point; the engine gives no match there when the pattern is over text.
            input.set_start(self.at + 1);
            found = search(&input);
        }
        match found {
            Some(m) => {
                self.at = m.end();
                self.last_end = Some(m.end());
            }
            None => self.done = true,
        }
        found
    }
}

impl<H: Haystack + ?Sized> Pattern<H> {
    /// Every match: start and end of each, one after the other.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new("a*", &Options::default())?;
    /// assert_eq!(regex.find_all("aab", &never_stop)?, [0, 2, 3, 3]);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Stopped`].
    pub fn find_all(&self, haystack: &H, checkpoint: Checkpoint<'_>) -> Result<Vec<u32>, Error> {
        let mut out = Vec::new();
        MatchCursor::new(haystack)?.next_batch(self, haystack, usize::MAX, false, &mut out, checkpoint)?;
        Ok(out)
    }

    /// Every match with its groups: 2 · [`group_count`](Self::group_count) values each, as
    /// [`captures`](Self::captures) gives them.
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Stopped`].
    pub fn captures_all(&self, haystack: &H, checkpoint: Checkpoint<'_>) -> Result<Vec<u32>, Error> {
        let mut out = Vec::new();
        MatchCursor::new(haystack)?.next_batch(self, haystack, usize::MAX, true, &mut out, checkpoint)?;
        Ok(out)
    }

    /// How many matches there are.
    ///
    /// # Errors
    /// [`Error::Stopped`].
    pub fn count(&self, haystack: &H, checkpoint: Checkpoint<'_>) -> Result<usize, Error> {
        let mut walk = Walk::at(0);
        let mut count = 0;
        loop {
            checkpoint()?;
            if walk.next(self, haystack.bytes()).is_none() {
                return Ok(count);
            }
            count += 1;
        }
    }
}
