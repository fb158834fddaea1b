//! A lexer that keeps its text.

use crate::{Error, Lexer, Mark, lexer::Standing};

/// A [`Lexer`] over a text of its own, whose tokens are copies.
#[derive(Debug, Clone)]
pub struct OwnedLexer {
    text: Vec<u8>,
    standing: Standing,
}

impl OwnedLexer {
    /// As [`Lexer::new`].
    ///
    /// # Errors
    /// Those of [`Lexer::new`].
    pub fn new(text: &[u8]) -> Result<Self, Error> {
        let standing = Lexer::new(text)?.standing();
        Ok(Self { text: text.to_vec(), standing })
    }

    fn lexer(&self) -> Lexer<'_> {
        Lexer::resumed(&self.text, self.standing)
    }

    fn read<'own, T>(&'own mut self, read: impl FnOnce(&mut Lexer<'own>) -> Result<T, Error>) -> Result<T, Error> {
        let Self { text, standing } = self;
        let mut lexer = Lexer::resumed(text, *standing);
        let token = read(&mut lexer)?;
        *standing = lexer.standing();
        Ok(token)
    }

    /// The line, from 1.
    pub fn line(&self) -> u32 {
        self.lexer().line()
    }

    /// The column in bytes, from 1.
    pub fn column(&self) -> u32 {
        self.lexer().column()
    }

    /// As [`Lexer::is_at_end`].
    pub fn is_at_end(&self) -> bool {
        self.lexer().is_at_end()
    }

    /// As [`Lexer::word`], which is ASCII.
    ///
    /// # Errors
    /// Those of [`Lexer::word`].
    pub fn word(&mut self) -> Result<String, Error> {
        self.read(|lexer| Ok(lexer.word()?.iter().map(|byte| char::from(*byte)).collect()))
    }

    /// As [`Lexer::text`].
    ///
    /// # Errors
    /// Those of [`Lexer::text`].
    pub fn text(&mut self) -> Result<String, Error> {
        self.read(|lexer| lexer.text().map(str::to_owned))
    }

    /// As [`Lexer::string`].
    ///
    /// # Errors
    /// Those of [`Lexer::string`].
    pub fn string(&mut self) -> Result<Vec<u8>, Error> {
        self.read(|lexer| lexer.string().map(<[u8]>::to_vec))
    }

    /// As [`Lexer::unsigned`].
    ///
    /// # Errors
    /// Those of [`Lexer::unsigned`].
    pub fn unsigned(&mut self) -> Result<i64, Error> {
        self.read(Lexer::unsigned)
    }

    /// As [`Lexer::signed`].
    ///
    /// # Errors
    /// Those of [`Lexer::signed`].
    pub fn signed(&mut self) -> Result<i64, Error> {
        self.read(Lexer::signed)
    }

    /// As [`Lexer::between`].
    ///
    /// # Errors
    /// Those of [`Lexer::between`].
    pub fn between(&mut self, min: i64, max: i64) -> Result<i64, Error> {
        self.read(|lexer| lexer.between(min, max))
    }

    /// As [`Lexer::expect`].
    ///
    /// # Errors
    /// Those of [`Lexer::expect`].
    pub fn expect(&mut self, mark: Mark) -> Result<(), Error> {
        self.read(|lexer| lexer.expect(mark))
    }

    /// As [`Lexer::accept`].
    pub fn accept(&mut self, mark: Mark) -> bool {
        let mut lexer = self.lexer();
        let there = lexer.accept(mark);
        self.standing = lexer.standing();
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_the_one_that_borrows_reads() {
        let mut lexer = OwnedLexer::new("# a\n\tname  é:2 -3;{70000}".as_bytes()).unwrap();
        assert_eq!((lexer.line(), lexer.column(), lexer.is_at_end()), (2, 2, false));
        assert_eq!(lexer.word().unwrap(), "name");
        assert_eq!(lexer.word().unwrap_err().to_string(), "2:8: expected a word, found é:2, near \"é:2 -3;{70000}\"");
        assert_eq!(lexer.text().unwrap(), "é:2");
        assert!(lexer.unsigned().is_err());
        assert_eq!(lexer.signed(), Ok(-3));
        assert!(!lexer.accept(Mark::Colon) && lexer.accept(Mark::Semicolon));
        lexer.expect(Mark::Open).unwrap();
        assert!(lexer.between(1, 65535).is_err());
        assert_eq!(lexer.between(1, 70000), Ok(70000));
        assert_eq!(lexer.clone().string().unwrap(), b"}");
        lexer.expect(Mark::Close).unwrap();
        assert!(lexer.is_at_end());
        assert!(OwnedLexer::new(b"\0").is_err());
    }
}
