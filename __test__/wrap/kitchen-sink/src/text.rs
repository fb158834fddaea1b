//! `text`: every form of it.
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or("")
}

pub fn repeat(text: String, times: u8) -> String {
    text.repeat(usize::from(times))
}

pub fn initial(text: &str) -> Option<char> {
    text.chars().next()
}

pub fn trimmed(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text.trim())
}

pub fn boxed(text: Box<str>) -> Arc<str> {
    text.into()
}

pub fn parent(path: &Path) -> Option<PathBuf> {
    path.parent().map(Path::to_path_buf)
}

pub fn joined(first: impl AsRef<str>, second: impl Into<String>) -> String {
    first.as_ref().to_owned() + &second.into()
}

pub async fn repeat_later(text: String, times: u8) -> String {
    repeat(text, times)
}
