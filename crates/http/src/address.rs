//! Percent-encoding of parts of addresses (RFC 3986, section 2).

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What RFC 3986 (section 2.3) leaves as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` with every byte escaped that is not unreserved in RFC 3986.
#[must_use]
pub fn url_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Why a text could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// A `%` without two hexadecimal digits behind it, at this byte.
    Escape {
        /// Where it is.
        position: usize,
    },
    /// The bytes are not UTF-8.
    NotUtf8 {},
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Escape { position } => {
                write!(formatter, "the % at byte {position} is not followed by two hexadecimal digits")
            }
            Self::NotUtf8 {} => formatter.write_str("the decoded bytes are not UTF-8"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// `text` with every escape replaced by its byte. A `+` stays one.
pub fn url_decode(text: &str) -> Result<String, DecodeError> {
    let bytes = text.as_bytes();
    for (position, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%') {
        let digits = bytes.get(position + 1..position + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            return Err(DecodeError::Escape { position });
        }
    }
    percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| DecodeError::NotUtf8 {})
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn decoding_gives_back_what_was_encoded(text in ".*") {
            prop_assert_eq!(url_decode(&url_encode(&text)).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_escape_is_refused() {
        assert_eq!(url_decode("a%2"), Err(DecodeError::Escape { position: 1 }));
        assert_eq!(url_decode("%zz"), Err(DecodeError::Escape { position: 0 }));
        assert_eq!(url_decode("%ff"), Err(DecodeError::NotUtf8 {}));
    }
}
