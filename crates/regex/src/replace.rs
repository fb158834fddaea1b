//! Replacing matches.

use std::borrow::Cow;

use crate::cursor::Walk;
use crate::search::Slot;
use crate::{Checkpoint, Error, Haystack, Pattern, Template};

impl<H: Haystack + ?Sized> Pattern<H> {
    /// Replaces the first `limit` matches, or all when `limit` is 0, by a [`Template`] read with [`Template::new`].
    /// Borrows the haystack when nothing matched.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new(r"(\w+)@(\w+)", &Options::default())?;
    /// assert_eq!(regex.replace("a@b c@d", "$2 at ${1}s", 1, &never_stop)?, "b at as c@d");
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Stopped`].
    pub fn replace<'h>(
        &self,
        haystack: &'h H,
        template: &H,
        limit: usize,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Cow<'h, H>, Error> {
        self.replace_template(haystack, &Template::new(self, template), limit, checkpoint)
    }

    /// [`replace`](Self::replace) by a template read before: for many haystacks, or one read with [`Template::strict`].
    ///
    /// # Errors
    /// [`Error::Stopped`].
    ///
    /// # Panics
    /// When the template was read for a pattern with more groups.
    pub fn replace_template<'h>(
        &self,
        haystack: &'h H,
        template: &Template<H>,
        limit: usize,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Cow<'h, H>, Error> {
        self.rewrite(haystack, limit, template.has_groups(), checkpoint, |buffer, slots| {
            template.append_to(buffer, haystack, slots);
        })
    }

    /// Replaces by the text itself, in which `$` means nothing.
    ///
    /// ```
    /// # use ferrule_regex::{Options, Regex, never_stop};
    /// let regex = Regex::new("€", &Options::default())?;
    /// assert_eq!(regex.replace_literal("5€", "$1", 0, &never_stop)?, "5$1");
    /// # Ok::<(), ferrule_regex::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Stopped`].
    pub fn replace_literal<'h>(
        &self,
        haystack: &'h H,
        replacement: &H,
        limit: usize,
        checkpoint: Checkpoint<'_>,
    ) -> Result<Cow<'h, H>, Error> {
        self.rewrite(haystack, limit, false, checkpoint, |buffer, _| H::append(buffer, replacement))
    }

    fn rewrite<'h>(
        &self,
        haystack: &'h H,
        limit: usize,
        groups: bool,
        checkpoint: Checkpoint<'_>,
        mut write: impl FnMut(&mut H::Owned, &[Slot]),
    ) -> Result<Cow<'h, H>, Error> {
        let bytes = haystack.bytes();
        let mut slots: Vec<Slot> = vec![None; if groups { 2 * self.group_count() } else { 0 }];
        let mut walk = Walk::at(0);
        let mut buffer = None;
        let mut copied = 0;
        let limit = if limit == 0 { usize::MAX } else { limit };
        for _ in 0..limit {
            checkpoint()?;
            let found = if groups { walk.next_groups(self, bytes, &mut slots) } else { walk.next(self, bytes) };
            let Some(found) = found else { break };
            let buffer = buffer.get_or_insert_with(|| H::buffer(bytes.len()));
            H::append(buffer, haystack.part(copied..found.start()));
            write(buffer, &slots);
            copied = found.end();
        }
        Ok(match buffer {
            None => Cow::Borrowed(haystack),
            Some(mut buffer) => {
                H::append(&mut buffer, haystack.part(copied..bytes.len()));
                Cow::Owned(buffer)
            }
        })
    }
}
