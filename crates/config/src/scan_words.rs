//! [`scan`] as a few words, the low one of two first, for who reads a result where it stands.

use crate::scan::{self, Integer, Skipped};

/// Bytes skipped (two words), the line number, the next byte.
pub type SkippedWords = [u32; 4];

/// The value (two words), bytes consumed (two words).
pub type IntegerWords = [u32; 4];

const fn two(value: u64) -> [u32; 2] {
    [value as u32, (value >> 32) as u32]
}

fn skipped(Skipped { advance, line, next }: Skipped) -> SkippedWords {
    let [low, high] = two(advance as u64);
    [low, high, line as u32, u32::from(next)]
}

const fn integer(Integer { value, consumed }: Integer) -> IntegerWords {
    let [value, consumed] = [two(value as u64), two(consumed as u64)];
    [value[0], value[1], consumed[0], consumed[1]]
}

/// [`scan::skip_space`].
pub fn skip_space(bytes: &[u8], line: i32) -> SkippedWords {
    skipped(scan::skip_space(bytes, line))
}

/// [`scan::skip_blanks`].
pub fn skip_blanks(bytes: &[u8], line: i32) -> SkippedWords {
    skipped(scan::skip_blanks(bytes, line))
}

/// [`scan::word_length`].
pub fn word_length(bytes: &[u8]) -> u64 {
    scan::word_length(bytes) as u64
}

/// [`scan::string_length`].
pub fn string_length(bytes: &[u8]) -> u64 {
    scan::string_length(bytes) as u64
}

/// [`scan::unsigned`].
pub fn unsigned(bytes: &[u8]) -> IntegerWords {
    integer(scan::unsigned(bytes))
}

/// [`scan::unsigned_or_minus_one`].
pub fn unsigned_or_minus_one(bytes: &[u8]) -> IntegerWords {
    integer(scan::unsigned_or_minus_one(bytes))
}

/// [`scan::signed`].
pub fn signed(bytes: &[u8]) -> IntegerWords {
    integer(scan::signed(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_hold_the_whole_value() {
        assert_eq!(signed(b"-2"), [0xffff_fffe, 0xffff_ffff, 2, 0]);
        assert_eq!(unsigned(b"4294967297x"), [1, 1, 10, 0]);
        assert_eq!(unsigned_or_minus_one(b""), [0xffff_ffff, 0xffff_ffff, 0, 0]);
        assert_eq!(skip_space(b"\n#\n\xff", -5), [3, 0, -3_i32 as u32, 0xff]);
        assert_eq!(skip_blanks(b" \t", 1), [2, 0, 1, 0]);
        assert_eq!((word_length(b" ab;"), string_length(b" ab;")), (2, 2));
    }
}
