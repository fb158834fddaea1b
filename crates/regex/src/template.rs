//! Replacement templates, read once and filled in once per match.

use std::borrow::Borrow;

use crate::search::Slot;
use crate::{Error, Haystack, Pattern};

/// A replacement text with references to groups, read for one pattern.
///
/// `$1` and `$name` (the longest run of `[0-9A-Za-z_]`, so `$1a` is the group *named* `1a`), `${1}` and `${name}`, and `$$`
/// for a dollar sign. Anything else stands for itself. A group that took no part is the empty text.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, Regex, Template, never_stop};
/// let regex = Regex::new(r"(?<y>\d+)-(?<m>\d+)", &Options::default())?;
/// let template = Template::strict(&regex, "${m}_$y $$")?;
/// assert_eq!(regex.replace_template("2026-11", &template, 0, &never_stop)?, "11_2026 $");
/// assert!(Template::strict(&regex, "$m_$y").is_err(), "there is no group named m_");
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub struct Template<H: Haystack + ?Sized> {
    /// The template without its references.
    literal: H::Owned,
    /// Where in `literal` which group goes; positions never fall.
    inserts: Vec<(usize, usize)>,
}

impl<H: Haystack + ?Sized> Template<H> {
    /// Reads a template. A reference to a group that the pattern does not have is the empty text, as in the `regex` crate.
    pub fn new(regex: &Pattern<H>, template: &H) -> Self {
        Self::read(regex, template).0
    }

    /// Reads a template and refuses one that refers to a group that the pattern does not have.
    ///
    /// # Errors
    /// [`Error::Group`] naming the first such reference.
    pub fn strict(regex: &Pattern<H>, template: &H) -> Result<Self, Error> {
        match Self::read(regex, template) {
            (template, None) => Ok(template),
            (_, Some(reference)) => Err(Error::Group { reference }),
        }
    }

    fn read(regex: &Pattern<H>, template: &H) -> (Self, Option<String>) {
        let count = regex.group_count();
        let mut literal = H::buffer(template.bytes().len());
        let mut inserts = Vec::new();
        let unknown = std::cell::RefCell::new(None);
        // The engine's own reader, with a "group" that notes its place instead of its text: one grammar, read once.
        H::interpolate(
            template,
            |index, literal: &mut H::Owned| {
                let literal: &H = (*literal).borrow();
                if index < count {
                    inserts.push((literal.bytes().len(), index));
                } else {
                    unknown.borrow_mut().get_or_insert_with(|| index.to_string());
                }
            },
            |name| {
                let index = regex.group_index(name);
                if index.is_none() {
                    unknown.borrow_mut().get_or_insert_with(|| name.to_owned());
                }
                index
            },
            &mut literal,
        );
        (Self { literal, inserts }, unknown.into_inner())
    }

    /// Whether matches need their groups found. A template without references is cheaper to fill in.
    pub(crate) fn has_groups(&self) -> bool {
        !self.inserts.is_empty()
    }

    pub(crate) fn append_to(&self, buffer: &mut H::Owned, haystack: &H, slots: &[Slot]) {
        let literal: &H = self.literal.borrow();
        let mut written = 0;
        for &(position, group) in &self.inserts {
            H::append(buffer, literal.part(written..position));
            written = position;
            if let (Some(start), Some(end)) = (slots[2 * group], slots[2 * group + 1]) {
                H::append(buffer, haystack.part(start.get()..end.get()));
            }
        }
        H::append(buffer, literal.part(written..literal.bytes().len()));
    }
}

impl<H: Haystack + ?Sized> std::fmt::Debug for Template<H> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Template").field("literal", &self.literal).field("inserts", &self.inserts).finish()
    }
}
