//! The primitives of configuration text. The second implementation goes byte by byte and takes integers as text.

use ferrule_config::scan::{self, Integer, Skipped};

pub(crate) fn blanks(text: &[u8]) -> usize {
    let mut at = 0;
    while at < text.len() && (text[at] == 0x20 || text[at] == 0x09) {
        at += 1;
    }
    at
}

pub(crate) fn second_space(text: &[u8], line: i32) -> Skipped {
    let (mut lines, mut in_comment, mut at) = (0_i64, false, 0);
    for byte in text {
        match byte {
            0x0a => (lines, in_comment) = (lines + 1, false),
            _ if in_comment => {}
            0x23 => in_comment = true,
            0x20 | 0x09 | 0x0d => {}
            _ => break,
        }
        at += 1;
    }
    let line = (i64::from(line) + lines).min(i64::from(i32::MAX)) as i32;
    Skipped { advance: at, line, next: if at < text.len() { text[at] } else { 0 } }
}

pub(crate) fn second_word(text: &[u8]) -> usize {
    let (mut length, mut in_brackets) = (0, false);
    for byte in text {
        let belongs = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => true,
            b'[' => length == 0,
            b':' | b']' => in_brackets,
            _ => false,
        };
        if !belongs {
            break;
        }
        length += 1;
        in_brackets = *byte == b'[' || (in_brackets && *byte != b']');
        if *byte == b']' {
            break;
        }
    }
    length
}

pub(crate) fn second_string(text: &[u8]) -> usize {
    if text.first() == Some(&0x22) {
        return 1;
    }
    let mut length = 0;
    while length < text.len() && text[length] > 0x20 && text[length] != 0x3b {
        length += 1;
    }
    length
}

/// The digits as a number, as far as 64 bits go; none if there are no digits.
pub(crate) fn second_integer(text: &[u8], with_sign: bool) -> Option<(i128, usize)> {
    let sign = usize::from(with_sign && text.first() == Some(&b'-'));
    let digits: String = text[sign..].iter().map(|byte| *byte as char).take_while(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    let value: i128 = if significant.len() > 30 { i128::MAX } else { format!("0{significant}").parse().unwrap() };
    Some((if sign == 1 { -value } else { value }, sign + digits.len()))
}

fn integer(text: &[u8], with_sign: bool, none: i64) -> Integer {
    match second_integer(text, with_sign) {
        None => Integer { value: none, consumed: 0 },
        Some((value, consumed)) => Integer { value: value.clamp(i64::MIN as i128, i64::MAX as i128) as i64, consumed },
    }
}

/// Every primitive. The first four bytes are the number of the line.
pub(crate) fn scan(data: &[u8]) {
    let Some((line, text)) = data.split_first_chunk() else { return };
    let line = i32::from_le_bytes(*line);
    assert_eq!(scan::skip_space(text, line), second_space(text, line));
    let skipped = blanks(text);
    let (_, token) = text.split_at(skipped);
    let next = token.first().copied().unwrap_or(0);
    assert_eq!(scan::skip_blanks(text, line), Skipped { advance: skipped, line, next });
    assert_eq!(scan::word_length(text), second_word(token));
    assert_eq!(scan::string_length(text), second_string(token));
    assert_eq!(scan::unsigned(text), integer(token, false, 0));
    assert_eq!(scan::unsigned_or_minus_one(text), integer(token, false, -1));
    assert_eq!(scan::signed(text), integer(token, true, i64::MIN));
}
