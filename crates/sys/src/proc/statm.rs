//! `/proc/<pid>/statm`.

use super::{ParseError, number};

/// The fields, by their names in proc(5).
const FIELDS: [&str; 7] = ["size", "resident", "shared", "text", "lib", "data", "dt"];

/// Reads the first `fields` fields, which count pages, as bytes: size, resident, shared, text, lib, data, dt. What is more than fits
/// is the most there is.
///
/// # Errors
/// No field or more than seven asked for, a page of no bytes, and whatever is missing or no number.
pub fn parse_statm(text: &[u8], fields: usize, page_size: i64) -> Result<Vec<i64>, ParseError> {
    let mut values = Vec::with_capacity(FIELDS.len());
    parse_statm_each(text, fields, page_size, |value| values.push(value))?;
    Ok(values)
}

/// As [`parse_statm`], one after the other as they are read: those before one that is wrong have been given to `take`.
///
/// # Errors
/// As [`parse_statm`].
pub fn parse_statm_each(
    text: &[u8],
    fields: usize,
    page_size: i64,
    mut take: impl FnMut(i64),
) -> Result<(), ParseError> {
    if fields == 0 || fields > FIELDS.len() {
        return Err(ParseError::Fields { found: fields, max: FIELDS.len() });
    }
    if page_size <= 0 {
        return Err(ParseError::PageSize { found: page_size });
    }
    let mut values = std::str::from_utf8(text).map_err(|_| ParseError::NotText)?.split_ascii_whitespace();
    for field in &FIELDS[..fields] {
        take(number::<i64>(field, values.next())?.saturating_mul(page_size));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_bytes() {
        assert_eq!(
            parse_statm(b"1 2 3 4 5 6 7 8\n", 7, 4096).unwrap(),
            [4096, 8192, 12288, 16384, 20480, 24576, 28672]
        );
        assert_eq!(parse_statm(b"-1 +2", 2, 10).unwrap(), [-10, 20]);
        assert_eq!(parse_statm(b"9223372036854775807", 1, 4096).unwrap(), [i64::MAX]);
    }

    #[test]
    fn what_stands_before_a_fault_has_been_read() {
        let mut read = Vec::new();
        assert!(parse_statm_each(b"1 2 x 4", 4, 10, |value| read.push(value)).is_err());
        assert_eq!(read, [10, 20]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let told = |text: &[u8], fields, page| parse_statm(text, fields, page).unwrap_err().to_string();
        assert_eq!(told(b"1", 0, 1), "1 to 7 fields can be asked for, got 0");
        assert_eq!(told(b"1", 8, 1), "1 to 7 fields can be asked for, got 8");
        assert_eq!(told(b"1", 1, 0), "a page has at least one byte, got 0");
        assert_eq!(told(b"1 2", 3, 1), "shared is missing");
        assert_eq!(told(b"10abc", 1, 1), "size must be a number that fits, found \"10abc\"");
        assert_eq!(told(b"\xff", 1, 1), "the text is no UTF-8");
    }
}
