//! `pair`, `view-inside`, `view-owner`, `view-receiver`.
use std::str::Chars;

/// A text with chapters.
pub struct Book<'t> {
    text: &'t str,
}

/// A chapter of a book.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chapter<'b> {
    text: &'b str,
}

/// Chapters one after the other.
pub struct Chapters<'b>(std::str::Split<'b, char>);

impl<'i> Iterator for Chapters<'i> {
    type Item = Chapter<'i>;

    fn next(&mut self) -> Option<Chapter<'i>> {
        self.0.next().map(|text| Chapter { text })
    }
}

impl<'t> Book<'t> {
    pub fn open(text: &'t str) -> Option<Self> {
        (!text.is_empty()).then_some(Book { text })
    }

    pub fn chapters(&self) -> Chapters<'t> {
        Chapters(self.text.split('\n'))
    }

    pub fn find(&self, text: &str) -> Option<Chapter<'_>> {
        self.chapters().find(|chapter| chapter.text.contains(text))
    }

    pub fn ends(&self) -> (Chapter<'t>, Chapter<'t>) {
        let chapter = Chapter { text: self.text };
        (chapter, chapter)
    }

    pub fn close(self) -> usize {
        self.text.len()
    }

    pub fn of_parts(parts: (&'t str, &'t str)) -> Book<'t> {
        Book { text: parts.0 }
    }

    pub fn letters(&self) -> Chars<'t> {
        self.text.chars()
    }
}

impl<'b> Chapter<'b> {
    pub fn longer(self, other: &Chapter<'b>) -> Chapter<'b> {
        if self.text.len() < other.text.len() { *other } else { self }
    }
}
