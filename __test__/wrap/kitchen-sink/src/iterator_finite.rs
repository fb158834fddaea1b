//! `iterator-finite`.

pub fn lines_of<'t>(text: &'t str) -> impl Iterator<Item = &'t str> + 't {
    text.lines()
}
