//! `view-record`.

/// A word and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Found<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Found<'t> {
    pub fn start(&self) -> usize {
        self.start
    }

    pub fn as_str(&self) -> &'t str {
        self.text
    }
}

pub fn first_found<'t>(text: &'t str, word: &str) -> Option<Found<'t>> {
    let start = text.find(word)?;
    Some(Found { text: &text[start..start + word.len()], start })
}

pub fn all_found<'t>(text: &'t str, word: &str) -> Vec<Found<'t>> {
    text.match_indices(word).map(|(start, text)| Found { text, start }).collect()
}
