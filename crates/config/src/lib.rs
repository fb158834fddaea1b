//! Configuration text of the form `proxy_for 2 [2001:db8::1]:443;`: words, strings and decimal integers between blanks, `#` comments to
//! the end of a line, and the marks `;`, `:`, `{` and `}`.
//!
//! [`scan`] has the primitives: pure functions of bytes that say how far something goes, and never fail. [`Lexer`] is built on
//! them: it knows where it is and says so when it refuses something.
//!
//! # Use
//! ```
//! use ferrule_config::{Lexer, Mark};
//!
//! let mut lexer = Lexer::new(b"# who\nproxy_for -2 host-1.example:443;")?;
//! assert_eq!(lexer.word()?, b"proxy_for");
//! assert_eq!(lexer.signed()?, -2);
//! assert_eq!(lexer.word()?, b"host-1.example");
//! lexer.expect(Mark::Colon)?;
//! assert_eq!(lexer.unsigned()?, 443);
//! let error = lexer.expect(Mark::Open).unwrap_err();
//! assert_eq!(error.to_string(), "2:32: expected {, found ;, near \";\"");
//! # Ok::<(), ferrule_config::Error>(())
//! ```
#![forbid(unsafe_code)]

mod error;
mod lexer;
mod owned;
pub mod scan;
mod scan_words;

pub use error::{Error, Place};
pub use lexer::{Lexer, MAX_SIZE, MAX_WORD, Mark};
pub use owned::OwnedLexer;
pub use scan_words::{
    IntegerWords, SkippedWords, signed, skip_blanks, skip_space, string_length, unsigned, unsigned_or_minus_one,
    word_length,
};
