//! `view-record`, `view-method`, `display-result`.
use std::fmt;

/// A piece of a text.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Piece<'t> {
    pub fn start(&self) -> usize {
        self.start
    }

    pub fn as_str(&self) -> &'t str {
        self.text
    }

    pub fn skip(&mut self, letters: usize) {
        self.text = self.text.get(letters..).unwrap_or("");
    }
}

pub fn first_piece(text: &str) -> Option<Piece<'_>> {
    let start = text.find(|letter: char| !letter.is_whitespace())?;
    Some(Piece { text: text[start..].trim_end(), start })
}

/// Shows a text in quotes.
pub struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

pub fn quoted(text: &str) -> Quoted<'_> {
    Quoted(text)
}

pub fn padded(text: &str) -> impl fmt::Display + '_ {
    format!("{text:>8}")
}
