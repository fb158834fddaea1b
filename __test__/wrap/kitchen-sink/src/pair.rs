//! `pair`.

/// Borrows a text.
pub struct Scroll<'t> {
    text: &'t str,
}

/// Borrows from a scroll's text.
#[derive(Debug, Clone, Copy)]
pub struct Verse<'t> {
    text: &'t str,
    rest: &'t str,
}

impl<'t> Scroll<'t> {
    pub fn open(text: &'t str) -> Self {
        Self { text }
    }

    pub fn first(&self) -> Option<Verse<'t>> {
        verse_of(self.text)
    }

    pub fn verses(&self) -> usize {
        self.text.lines().count()
    }
}

impl<'t> Verse<'t> {
    pub fn text(&self) -> &'t str {
        self.text
    }

    pub fn next(&self) -> Option<Verse<'t>> {
        verse_of(self.rest)
    }

    pub fn follows(&self, other: &Verse<'t>) -> bool {
        other.next().is_some_and(|next| std::ptr::eq(next.text, self.text))
    }
}

fn verse_of(text: &str) -> Option<Verse<'_>> {
    if text.is_empty() {
        return None;
    }
    let (text, rest) = text.split_once('\n').unwrap_or((text, ""));
    Some(Verse { text, rest })
}
