//! Between UTF-8 byte offsets, in which the engine thinks, and UTF-16 code units, in which JavaScript does.

use crate::Error;

/// UTF-16 code units that this UTF-8 takes: one per code point, two for those above U+FFFF.
///
/// The slice need not start or end at a code point: a code point counts where its first byte stands.
///
/// # Example
/// ```
/// assert_eq!(ferrule_regex::utf16_len("aé😀".as_bytes()), 4);
/// ```
pub fn utf16_len(utf8: &[u8]) -> usize {
    // A byte adds at most 2, so 127 of them fit an 8-bit sum: narrow lanes are what makes this loop vectorise well.
    utf8.chunks(127)
        .map(|chunk| {
            let mut units = 0_u8;
            for &byte in chunk {
                units += u8::from(byte & 0xC0 != 0x80) + u8::from(byte >= 0xF0);
            }
            usize::from(units)
        })
        .sum()
}

/// The byte offset of a UTF-16 position, in time proportional to the position.
///
/// # Errors
/// [`Error::OutOfRange`] past the end of the text or inside a surrogate pair.
///
/// # Example
/// ```
/// use ferrule_regex::byte_offset;
/// assert_eq!(byte_offset("é😀z", 3), Ok(6));
/// assert!(byte_offset("é😀z", 2).is_err(), "between the halves of the emoji");
/// ```
pub fn byte_offset(text: &str, position: u32) -> Result<usize, Error> {
    let target = position as usize;
    let mut at = 0;
    let mut unit = 0;
    for chunk in text.as_bytes().chunks(127) {
        let units = utf16_len(chunk);
        if unit + units >= target {
            break;
        }
        unit += units;
        at += chunk.len();
    }
    // A chunk may have ended inside a code point, which was then counted with its first byte.
    while !text.is_char_boundary(at) {
        at += 1;
    }
    for c in text[at..].chars() {
        if unit >= target {
            break;
        }
        unit += c.len_utf16();
        at += c.len_utf8();
    }
    match unit.cmp(&target) {
        std::cmp::Ordering::Equal => Ok(at),
        std::cmp::Ordering::Greater => Err(Error::OutOfRange { position, length: None }),
        std::cmp::Ordering::Less => Err(Error::OutOfRange { position, length: Some(unit as u32) }),
    }
}

/// Turns byte offsets into the units of the haystack's owner.
#[doc(hidden)]
pub trait Offsets: Clone + std::fmt::Debug + Send + Sync + 'static {
    /// Conversion from a position known in both units, without a look at the haystack.
    fn near(byte: usize, unit: u32) -> Self;
    fn unit_at(&mut self, haystack: &[u8], byte: usize) -> u32;
}

/// Converts the offsets of one text, remembering the last: each conversion counts only what lies between it and the one
/// before, so a walk over all matches converts in O(n). In ASCII text nothing is counted.
///
/// The cursor holds no borrow of its text; it is given again with each call and must stay the same.
///
/// # Example
/// ```
/// use ferrule_regex::Utf16Cursor;
/// let text = "é😀z";
/// let mut cursor = Utf16Cursor::new(text);
/// assert_eq!(cursor.at(text.as_bytes(), 2), 1);
/// assert_eq!(cursor.at(text.as_bytes(), 6), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Utf16Cursor {
    ascii: bool,
    byte: usize,
    unit: usize,
}

impl Utf16Cursor {
    /// A cursor at the start of the text. Looks through the text once to see whether it is ASCII.
    pub fn new(text: &str) -> Self {
        Self { ascii: text.is_ascii(), byte: 0, unit: 0 }
    }

    /// The UTF-16 offset of a byte offset. Going back is right too, and costs the distance as going forward does.
    ///
    /// # Panics
    /// In text with non-ASCII characters, when `byte` lies past the end.
    pub fn at(&mut self, text: &[u8], byte: usize) -> u32 {
        if self.ascii {
            return byte as u32;
        }
        if byte >= self.byte {
            self.unit += utf16_len(&text[self.byte..byte]);
        } else {
            self.unit -= utf16_len(&text[byte..self.byte]);
        }
        self.byte = byte;
        self.unit as u32
    }
}

impl Offsets for Utf16Cursor {
    fn near(byte: usize, unit: u32) -> Self {
        Self { ascii: false, byte, unit: unit as usize }
    }
    fn unit_at(&mut self, haystack: &[u8], byte: usize) -> u32 {
        self.at(haystack, byte)
    }
}

/// The units of a byte haystack are its bytes.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct ByteOffsets;

impl Offsets for ByteOffsets {
    fn near(_: usize, _: u32) -> Self {
        Self
    }
    fn unit_at(&mut self, _: &[u8], byte: usize) -> u32 {
        byte as u32
    }
}
