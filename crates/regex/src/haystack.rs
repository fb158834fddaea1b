//! What can be searched: text and bytes.

use std::borrow::Borrow;
use std::fmt::Debug;
use std::ops::Range;

use regex_automata::util::interpolate;

use crate::Error;
use crate::offsets::{ByteOffsets, Offsets, Utf16Cursor, byte_offset};

mod sealed {
    pub trait Sealed {}
    impl Sealed for str {}
    impl Sealed for [u8] {}
}

/// `str`, whose offsets are UTF-16 code units, or `[u8]`, whose offsets are bytes. Closed to other types.
///
/// # Example
/// ```
/// use ferrule_regex::{Haystack, Options, Pattern};
/// fn has_digit<H: Haystack + ?Sized>(haystack: &H) -> bool {
///     Pattern::<H>::new("[0-9]", &Options::default()).unwrap().is_match(haystack)
/// }
/// assert!(has_digit("a1") && has_digit(&b"\xFF1"[..]));
/// ```
pub trait Haystack: sealed::Sealed + ToOwned<Owned: Borrow<Self> + Clone + Debug + Send + Sync> + 'static {
    /// Whether the engine may rely on UTF-8 and must keep to code points.
    #[doc(hidden)]
    const UTF8: bool;
    #[doc(hidden)]
    type Offsets: Offsets;
    #[doc(hidden)]
    fn bytes(&self) -> &[u8];
    #[doc(hidden)]
    fn part(&self, range: Range<usize>) -> &Self;
    #[doc(hidden)]
    fn offsets(&self) -> Self::Offsets;
    #[doc(hidden)]
    fn byte_of(&self, position: u32) -> Result<usize, Error>;
    #[doc(hidden)]
    fn buffer(capacity: usize) -> Self::Owned;
    #[doc(hidden)]
    fn append(buffer: &mut Self::Owned, part: &Self);
    #[doc(hidden)]
    fn interpolate(
        template: &Self,
        group: impl FnMut(usize, &mut Self::Owned),
        named: impl FnMut(&str) -> Option<usize>,
        buffer: &mut Self::Owned,
    );
}

impl Haystack for str {
    const UTF8: bool = true;
    type Offsets = Utf16Cursor;

    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
    fn part(&self, range: Range<usize>) -> &Self {
        &self[range]
    }
    fn offsets(&self) -> Utf16Cursor {
        Utf16Cursor::new(self)
    }
    fn byte_of(&self, position: u32) -> Result<usize, Error> {
        byte_offset(self, position)
    }
    fn buffer(capacity: usize) -> String {
        String::with_capacity(capacity)
    }
    fn append(buffer: &mut String, part: &Self) {
        buffer.push_str(part);
    }
    fn interpolate(
        template: &Self,
        group: impl FnMut(usize, &mut String),
        named: impl FnMut(&str) -> Option<usize>,
        buffer: &mut String,
    ) {
        interpolate::string(template, group, named, buffer);
    }
}

impl Haystack for [u8] {
    const UTF8: bool = false;
    type Offsets = ByteOffsets;

    fn bytes(&self) -> &[u8] {
        self
    }
    fn part(&self, range: Range<usize>) -> &Self {
        &self[range]
    }
    fn offsets(&self) -> ByteOffsets {
        ByteOffsets
    }
    fn byte_of(&self, position: u32) -> Result<usize, Error> {
        let byte = position as usize;
        if byte > self.len() {
            return Err(Error::OutOfRange { position, length: Some(self.len() as u32) });
        }
        Ok(byte)
    }
    fn buffer(capacity: usize) -> Vec<u8> {
        Vec::with_capacity(capacity)
    }
    fn append(buffer: &mut Vec<u8>, part: &Self) {
        buffer.extend_from_slice(part);
    }
    fn interpolate(
        template: &Self,
        group: impl FnMut(usize, &mut Vec<u8>),
        named: impl FnMut(&str) -> Option<usize>,
        buffer: &mut Vec<u8>,
    ) {
        interpolate::bytes(template, group, named, buffer);
    }
}

/// Refuses a haystack whose offsets would not fit `u32` beside [`UNMATCHED`](crate::UNMATCHED).
pub(crate) fn check_length<H: Haystack + ?Sized>(haystack: &H) -> Result<&[u8], Error> {
    let bytes = haystack.bytes();
    if bytes.len() >= u32::MAX as usize {
        return Err(Error::TooLong { length: bytes.len() });
    }
    Ok(bytes)
}
