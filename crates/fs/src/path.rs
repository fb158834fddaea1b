//! Paths as text. What is no UTF-8 crosses as text, too: NUL, which no path can hold, and two hexadecimal digits per byte.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use crate::Error;

const ESCAPE: char = '\0';

/// The path a text stands for.
pub(crate) fn parse(text: &str) -> Result<PathBuf, Error> {
    if text.is_empty() {
        return Err(invalid(text, "is empty"));
    }
    if !text.contains(ESCAPE) {
        return Ok(PathBuf::from(text));
    }
    unescaped(text).ok_or_else(|| invalid(text, "has a NUL inside, which no path can have"))
}

fn invalid(text: &str, reason: &'static str) -> Error {
    Error::InvalidPath { path: text.to_owned(), reason }
}

#[cfg(unix)]
fn unescaped(text: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt as _;
    let mut parts = text.split(ESCAPE);
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = u8::from_str_radix(part.get(..2)?, 16).ok().filter(|byte| *byte >= 0x80)?;
        bytes.push(byte);
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn unescaped(_: &str) -> Option<PathBuf> {
    None
}

/// The text that stands for a path or name.
pub(crate) fn text_of(path: &OsStr) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => escaped(path),
    }
}

#[cfg(unix)]
fn escaped(path: &OsStr) -> String {
    use std::{fmt::Write as _, os::unix::ffi::OsStrExt as _};
    let mut text = String::new();
    for chunk in path.as_bytes().utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(text, "{ESCAPE}{byte:02x}");
        }
    }
    text
}

#[cfg(not(unix))]
fn escaped(path: &OsStr) -> String {
    path.to_string_lossy().into_owned()
}

/// A path for people, in errors.
pub(crate) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The folder a path stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) => Path::new("."),
        None => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_its_text() {
        assert_eq!(parse("a/ü").unwrap(), PathBuf::from("a/ü"));
        assert_eq!(text_of(OsStr::new("ü")), "ü");
    }

    #[test]
    fn empty_and_nul_are_refused() {
        for text in ["", "a\0", "a\0zz", "\x0041", "a\0f"] {
            assert!(matches!(parse(text), Err(Error::InvalidPath { .. })), "{text:?}");
        }
    }

    #[cfg(unix)]
    proptest::proptest! {
        #[test]
        fn any_bytes_survive(bytes in proptest::collection::vec(1u8.., 1..40)) {
            use std::os::unix::ffi::OsStrExt as _;
            let name = OsStr::from_bytes(&bytes);
            proptest::prop_assert_eq!(parse(&text_of(name)).unwrap(), PathBuf::from(name));
        }
    }
}
