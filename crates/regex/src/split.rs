//! What lies between matches.

use crate::cursor::Walk;
use crate::haystack::check_length;
use crate::offsets::Offsets;
use crate::{Checkpoint, Error, Haystack, Pattern};

impl<H: Haystack + ?Sized> Pattern<H> {
    /// The pieces between matches, as start and end of each, one after the other. There is always one more piece than
    /// there are matches; pieces may be empty. Groups are not part of the result.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new(r",\s*", &Options::default())?;
    /// assert_eq!(regex.split("a, b,", &never_stop)?, [0, 1, 3, 4, 5, 5]);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Stopped`].
    pub fn split(&self, haystack: &H, checkpoint: Checkpoint<'_>) -> Result<Vec<u32>, Error> {
        self.splitn(haystack, usize::MAX, checkpoint)
    }

    /// At most `limit` pieces, the last of which is all that remains. None when `limit` is 0.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new(",", &Options::default())?;
    /// assert_eq!(regex.splitn("a,b,c", 2, &never_stop)?, [0, 1, 2, 5]);
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::TooLong`]; [`Error::Stopped`].
    pub fn splitn(&self, haystack: &H, limit: usize, checkpoint: Checkpoint<'_>) -> Result<Vec<u32>, Error> {
        let bytes = check_length(haystack)?;
        let mut out = Vec::new();
        if limit == 0 {
            return Ok(out);
        }
        let mut offsets = haystack.offsets();
        let mut walk = Walk::at(0);
        out.push(0);
        for _ in 1..limit {
            checkpoint()?;
            let Some(found) = walk.next(self, bytes) else { break };
            out.push(offsets.unit_at(bytes, found.start()));
            out.push(offsets.unit_at(bytes, found.end()));
        }
        out.push(offsets.unit_at(bytes, bytes.len()));
        Ok(out)
    }
}
