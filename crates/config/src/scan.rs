//! How far things go. Lengths of words, strings and integers count from behind the blanks before them, which are skipped: who goes on
//! skips the blanks first.

/// Where skipping ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// Bytes skipped.
    pub advance: usize,
    /// The line number: one more for each line feed skipped.
    pub line: i32,
    /// The next byte; 0 at the end.
    pub next: u8,
}

/// An integer, and how long it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Integer {
    /// Its value; the greatest or smallest there is when it is beyond that. What stands for none depends on who reads it.
    pub value: i64,
    /// Bytes of sign and digits; 0: there is none.
    pub consumed: usize,
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')
}

fn run(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !belongs(*byte)).unwrap_or(bytes.len())
}

fn behind_blanks(bytes: &[u8]) -> &[u8] {
    &bytes[run(bytes, is_blank)..]
}

/// Skips spaces, tabs, carriage returns, line feeds and comments; of a comment not the line feed that ends it.
pub fn skip_space(bytes: &[u8], mut line: i32) -> Skipped {
    let mut advance = 0;
    while let Some(byte) = bytes.get(advance) {
        match byte {
            b'\n' => line = line.saturating_add(1),
            b'#' => advance += run(&bytes[advance + 1..], |byte| byte != b'\n'),
            b' ' | b'\t' | b'\r' => {}
            _ => break,
        }
        advance += 1;
    }
    Skipped { advance, line, next: bytes.get(advance).copied().unwrap_or(0) }
}

/// Skips spaces and tabs.
pub fn skip_blanks(bytes: &[u8], line: i32) -> Skipped {
    let advance = run(bytes, is_blank);
    Skipped { advance, line, next: bytes.get(advance).copied().unwrap_or(0) }
}

/// The length of a word: letters, digits, `.`, `-` and `_`; or of an address in brackets, whose closing bracket may be missing.
pub fn word_length(bytes: &[u8]) -> usize {
    let bytes = behind_blanks(bytes);
    let Some((b'[', inner)) = bytes.split_first() else { return run(bytes, is_word) };
    let length = run(inner, |byte| is_word(byte) || byte == b':');
    1 + length + usize::from(inner.get(length) == Some(&b']'))
}

/// The length of a string: everything but blanks, control characters and `;`. A quotation mark is one of its own: what is quoted is not
/// part of the format.
pub fn string_length(bytes: &[u8]) -> usize {
    let bytes = behind_blanks(bytes);
    if bytes.first() == Some(&b'"') { 1 } else { run(bytes, |byte| byte > b' ' && byte != b';') }
}

/// Decimal digits. None: 0.
pub fn unsigned(bytes: &[u8]) -> Integer {
    let bytes = behind_blanks(bytes);
    let consumed = run(bytes, |byte| byte.is_ascii_digit());
    let value = bytes[..consumed]
        .iter()
        .fold(0_i64, |value, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Integer { value, consumed }
}

/// As [`unsigned`]. None: -1.
pub fn unsigned_or_minus_one(bytes: &[u8]) -> Integer {
    match unsigned(bytes) {
        Integer { consumed: 0, .. } => Integer { value: -1, consumed: 0 },
        integer => integer,
    }
}

/// Decimal digits, with a minus sign or without. None: the smallest integer, which is told from the same when it is written by
/// `consumed`.
pub fn signed(bytes: &[u8]) -> Integer {
    let none = Integer { value: i64::MIN, consumed: 0 };
    let bytes = behind_blanks(bytes);
    let Some((b'-', digits)) = bytes.split_first() else {
        return match unsigned(bytes) {
            Integer { consumed: 0, .. } => none,
            integer => integer,
        };
    };
    let consumed = run(digits, |byte| byte.is_ascii_digit());
    if consumed == 0 {
        return none;
    }
    // Downwards: the smallest has no positive counterpart.
    let value = digits[..consumed]
        .iter()
        .fold(0_i64, |value, digit| value.saturating_mul(10).saturating_sub(i64::from(digit - b'0')));
    Integer { value, consumed: consumed + 1 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn skipped(advance: usize, line: i32, next: u8) -> Skipped {
        Skipped { advance, line, next }
    }

    #[test]
    fn space_is_skipped_with_its_comments_and_counted_by_lines() {
        assert_eq!(skip_space(b"", 7), skipped(0, 7, 0));
        assert_eq!(skip_space(b" \t\r\n x", 1), skipped(5, 2, b'x'));
        assert_eq!(skip_space(b"#a\n#b\n\nX", 1), skipped(7, 4, b'X'));
        assert_eq!(skip_space(b"# to the end", 1), skipped(12, 1, 0));
        assert_eq!(skip_space(b"#a\0b\nX", 1), skipped(5, 2, b'X'));
        assert_eq!(skip_space(b"\x0bX", 1), skipped(0, 1, 0x0b));
        assert_eq!(skip_space(b" \0", 1), skipped(1, 1, 0));
        assert_eq!(skip_space(b"\n", i32::MAX), skipped(1, i32::MAX, 0));
        assert_eq!(skip_blanks(b" \t\nx", 3), skipped(2, 3, b'\n'));
    }

    #[test]
    fn words_and_strings_end_where_the_format_says() {
        for (text, word, string) in [
            (&b""[..], 0, 0),
            (b"  host-1.example_x:80", 16, 19),
            (b"[2001:db8::1]:443;", 13, 17),
            (b"[::1", 4, 4),
            (b"[", 1, 1),
            (b"[a]b]", 3, 5),
            (b";", 0, 0),
            (b"\"quoted\"", 0, 1),
            (b"\xd1\x8f\x7f;", 0, 3),
            (b"\nx", 0, 0),
        ] {
            assert_eq!((word_length(text), string_length(text)), (word, string), "{text:?}");
        }
    }

    #[test]
    fn integers_saturate_and_what_is_none_is_told() {
        let integer = |value, consumed| Integer { value, consumed };
        assert_eq!(unsigned(b"  12x"), integer(12, 2));
        assert_eq!(unsigned(b"x"), integer(0, 0));
        assert_eq!(unsigned(b"-1"), integer(0, 0));
        assert_eq!(unsigned(b"9223372036854775808"), integer(i64::MAX, 19));
        assert_eq!(unsigned(&[b'9'; 24]), integer(i64::MAX, 24));
        assert_eq!(unsigned_or_minus_one(b"x"), integer(-1, 0));
        assert_eq!(unsigned_or_minus_one(b"0"), integer(0, 1));
        assert_eq!(signed(b" -12"), integer(-12, 3));
        assert_eq!(signed(b"- 12"), integer(i64::MIN, 0));
        assert_eq!(signed(b"+12"), integer(i64::MIN, 0));
        assert_eq!(signed(b"-9223372036854775808"), integer(i64::MIN, 20));
        assert_eq!(signed(b"-9223372036854775809"), integer(i64::MIN, 20));
    }

    proptest! {
        #[test]
        fn lengths_stay_inside(bytes: Vec<u8>, line: i32) {
            let behind = bytes.len() - behind_blanks(&bytes).len();
            for length in [word_length(&bytes), string_length(&bytes), unsigned(&bytes).consumed, signed(&bytes).consumed] {
                prop_assert!(behind + length <= bytes.len());
            }
            let skipped = skip_space(&bytes, line);
            prop_assert_eq!(skipped.next, bytes.get(skipped.advance).copied().unwrap_or(0));
            let again = skip_space(&bytes[skipped.advance..], 0);
            prop_assert_eq!(again.advance, 0);
        }

        #[test]
        fn an_integer_is_read_as_it_is_written(value: i64) {
            let text = value.to_string();
            prop_assert_eq!(signed(text.as_bytes()), Integer { value, consumed: text.len() });
            if value >= 0 {
                prop_assert_eq!(unsigned(text.as_bytes()), Integer { value, consumed: text.len() });
            }
        }
    }
}
