//! Reading a text token by token.

use crate::{
    Error, Place,
    scan::{self, Integer},
};

/// The largest text, in bytes.
pub const MAX_SIZE: usize = 16 << 20;
/// The longest word, in bytes.
pub const MAX_WORD: usize = 63;
/// Bytes that an error shows.
const NEAR: usize = 20;

/// What stands between tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `;`
    Semicolon,
    /// `:`
    Colon,
    /// `{`
    Open,
    /// `}`
    Close,
}

impl Mark {
    const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Colon => b':',
            Self::Open => b'{',
            Self::Close => b'}',
        }
    }

    const fn told(self) -> &'static str {
        match self {
            Self::Semicolon => ";",
            Self::Colon => ":",
            Self::Open => "{",
            Self::Close => "}",
        }
    }
}

/// Where a lexer stands: bytes passed, the line, and where it starts.
pub(crate) type Standing = (usize, i32, usize);

/// A text and a place in it. What is refused moves nothing.
#[derive(Debug, Clone)]
pub struct Lexer<'text> {
    text: &'text [u8],
    at: usize,
    line: i32,
    line_start: usize,
}

impl<'text> Lexer<'text> {
    /// At the first token.
    ///
    /// # Errors
    /// A text beyond [`MAX_SIZE`], or one with a NUL in it.
    pub fn new(text: &'text [u8]) -> Result<Self, Error> {
        let mut lexer = Self { text, at: 0, line: 1, line_start: 0 };
        if text.len() > MAX_SIZE {
            return Err(Error::TooLarge { length: text.len(), limit: MAX_SIZE });
        }
        if let Some(nul) = text.iter().position(|byte| *byte == 0) {
            lexer.line = 1 + lines_in(&text[..nul]);
            lexer.line_start = text[..nul].iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
            lexer.at = nul;
            return Err(Error::Nul { place: lexer.place() });
        }
        lexer.skip();
        Ok(lexer)
    }

    /// The line, from 1.
    pub const fn line(&self) -> u32 {
        self.line as u32
    }

    /// The column in bytes, from 1.
    pub const fn column(&self) -> u32 {
        (self.at - self.line_start) as u32 + 1
    }

    /// Whether nothing is left but space and comments.
    pub const fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// A word, or an address in brackets.
    ///
    /// # Errors
    /// Anything else, and a word beyond [`MAX_WORD`].
    pub fn word(&mut self) -> Result<&'text [u8], Error> {
        let length = scan::word_length(self.rest());
        if length > MAX_WORD {
            return Err(Error::TooLong { length, limit: MAX_WORD, place: self.place() });
        }
        let closes = self.rest().first() != Some(&b'[') || self.rest().get(length.wrapping_sub(1)) == Some(&b']');
        if length == 0 || !closes {
            return Err(self.unexpected("a word"));
        }
        Ok(self.take(length))
    }

    /// A string.
    ///
    /// # Errors
    /// Anything else; so is one in quotation marks, which the format does not have.
    pub fn string(&mut self) -> Result<&'text [u8], Error> {
        let length = scan::string_length(self.rest());
        if length == 0 || self.rest().first() == Some(&b'"') {
            return Err(self.unexpected("a string without quotation marks"));
        }
        Ok(self.take(length))
    }

    /// A string that is UTF-8.
    ///
    /// # Errors
    /// As [`Lexer::string`], and [`Error::NotText`].
    pub fn text(&mut self) -> Result<&'text str, Error> {
        let before = self.clone();
        std::str::from_utf8(self.string()?).map_err(|_| {
            *self = before;
            Error::NotText { place: self.place() }
        })
    }

    /// An integer from 0.
    ///
    /// # Errors
    /// Anything else, and one beyond [`i64::MAX`].
    pub fn unsigned(&mut self) -> Result<i64, Error> {
        self.integer(scan::unsigned(self.rest()), 0, i64::MAX)
    }

    /// An integer.
    ///
    /// # Errors
    /// Anything else, and one beyond [`i64`].
    pub fn signed(&mut self) -> Result<i64, Error> {
        self.integer(scan::signed(self.rest()), i64::MIN, i64::MAX)
    }

    /// An integer between two, which are allowed.
    ///
    /// # Errors
    /// Anything else.
    pub fn between(&mut self, min: i64, max: i64) -> Result<i64, Error> {
        self.integer(scan::signed(self.rest()), min, max)
    }

    /// A mark.
    ///
    /// # Errors
    /// Anything else.
    pub fn expect(&mut self, mark: Mark) -> Result<(), Error> {
        if self.accept(mark) { Ok(()) } else { Err(self.unexpected(mark.told())) }
    }

    /// Whether there is this mark, which is passed then.
    pub fn accept(&mut self, mark: Mark) -> bool {
        let there = self.rest().first() == Some(&mark.byte());
        if there {
            self.take(1);
        }
        there
    }

    /// Goes on where another one of the same text stands.
    pub(crate) const fn resumed(text: &'text [u8], (at, line, line_start): Standing) -> Self {
        Self { text, at, line, line_start }
    }

    pub(crate) const fn standing(&self) -> Standing {
        (self.at, self.line, self.line_start)
    }

    fn rest(&self) -> &'text [u8] {
        &self.text[self.at..]
    }

    fn integer(&mut self, Integer { value, consumed }: Integer, min: i64, max: i64) -> Result<i64, Error> {
        let written = &self.rest()[..consumed];
        if consumed == 0 || self.rest().get(consumed).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        {
            return Err(self.unexpected("an integer"));
        }
        let is_itself = std::str::from_utf8(written).is_ok_and(|text| text.parse() == Ok(value));
        if !is_itself || value < min || value > max {
            let expected = format!("an integer from {min} to {max}");
            return Err(Error::OutOfRange { expected, found: shown(written), place: self.place() });
        }
        self.take(consumed);
        Ok(value)
    }

    fn take(&mut self, length: usize) -> &'text [u8] {
        let token = &self.rest()[..length];
        self.at += length;
        self.skip();
        token
    }

    fn skip(&mut self) {
        let skipped = scan::skip_space(self.rest(), self.line);
        let passed = &self.rest()[..skipped.advance];
        if let Some(last) = passed.iter().rposition(|byte| *byte == b'\n') {
            self.line_start = self.at + last + 1;
        }
        self.at += skipped.advance;
        self.line = skipped.line;
    }

    fn unexpected(&self, expected: &'static str) -> Error {
        let rest = self.rest();
        let found = match rest.first() {
            None => "the end".to_owned(),
            Some(b'"') => "a quotation mark".to_owned(),
            Some(_) => shown(&rest[..scan::string_length(rest).clamp(1, NEAR)]),
        };
        Error::Expected { expected, found, place: self.place() }
    }

    fn place(&self) -> Place {
        let rest = self.rest();
        let line = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        Place { line: self.line(), column: self.column(), near: shown(&rest[..line.min(NEAR)]) }
    }
}

fn lines_in(bytes: &[u8]) -> i32 {
    bytes.split(|byte| *byte == b'\n').count() as i32 - 1
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lexer(text: &[u8]) -> Lexer<'_> {
        Lexer::new(text).unwrap()
    }

    #[test]
    fn errors_say_line_column_what_was_expected_and_what_is_there() {
        let text = b"one\n  # two\n  three four";
        let mut lexer = lexer(text);
        assert_eq!(lexer.word().unwrap(), b"one");
        let told = |result: Result<i64, Error>| result.unwrap_err().to_string();
        assert_eq!(told(lexer.signed()), "3:3: expected an integer, found three, near \"three four\"");
        assert_eq!(lexer.word().unwrap(), b"three");
        assert_eq!(lexer.word().unwrap(), b"four");
        assert!(lexer.is_at_end());
        assert_eq!(told(lexer.signed()), "3:13: expected an integer, found the end, at the end");
    }

    #[test]
    fn integers_do_not_saturate_here() {
        for text in ["9223372036854775808", "-9223372036854775809", "99999999999999999999999"] {
            let mut lexer = lexer(text.as_bytes());
            assert!(matches!(lexer.signed().unwrap_err(), Error::OutOfRange { .. }), "{text}");
            assert_eq!(lexer.column(), 1);
        }
        assert_eq!(lexer(b"-9223372036854775808").signed().unwrap(), i64::MIN);
        assert_eq!(lexer(b"007").signed().unwrap(), 7);
        assert!(lexer(b"12ab").signed().is_err());
        assert_eq!(
            lexer(b"70000;").between(1, 65535).unwrap_err().to_string(),
            "1:1: expected an integer from 1 to 65535, found 70000, near \"70000;\""
        );
    }

    #[test]
    fn what_the_format_does_not_have_is_refused() {
        assert!(lexer(b"\"quoted\"").string().unwrap_err().to_string().contains("found a quotation mark"));
        assert!(lexer(b"[::1").word().is_err());
        assert_eq!(lexer(b"[::1]").word().unwrap(), b"[::1]");
        let long = vec![b'a'; 64];
        assert!(matches!(lexer(&long).word().unwrap_err(), Error::TooLong { length: 64, limit: 63, .. }));
        assert_eq!(lexer(&long[..63]).word().unwrap().len(), 63);
        let mut latin = lexer(b"a \xe9");
        assert_eq!(latin.text().unwrap(), "a");
        let told = latin.text().unwrap_err().to_string();
        assert_eq!(told, "1:3: expected a string that is UTF-8, near \"\u{fffd}\"");
        assert_eq!(latin.string().unwrap(), b"\xe9");
        let nul = Lexer::new(b"a\nb \0").unwrap_err();
        assert_eq!(nul.to_string(), "2:3: a NUL, near \"\\0\"");
        let large = vec![b' '; MAX_SIZE + 1];
        assert!(matches!(Lexer::new(&large).unwrap_err(), Error::TooLarge { .. }));
        assert!(Lexer::new(&large[1..]).unwrap().is_at_end());
    }

    proptest! {
        #[test]
        fn whatever_comes_every_token_moves_on_and_a_refusal_does_not(
            text in "[a-z0-9 \\-\\[\\]:;{}#\"\n\u{e9}]{0,60}",
            kinds in prop::collection::vec(0..5, 0..30),
        ) {
            let mut lexer = lexer(text.as_bytes());
            for kind in kinds {
                let before = (lexer.at, lexer.line);
                let read = match kind {
                    0 => lexer.word().is_ok(),
                    1 => lexer.string().is_ok(),
                    2 => lexer.unsigned().is_ok(),
                    3 => lexer.signed().is_ok(),
                    _ => lexer.expect(Mark::Semicolon).is_ok(),
                };
                prop_assert_eq!((lexer.at, lexer.line) != before, read);
                prop_assert_eq!(lexer.line, lines_in(&text.as_bytes()[..lexer.at]) + 1);
            }
        }
    }
}
