//! The glue of config: ferrule-config 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class Lexer
struct Lexer(::ferrule_config::OwnedLexer);

impl ::ferrule_node::Object for Lexer {
    const NAME: &'static str = "Lexer";
}

// @enum Mark
::ferrule_node::string_enum! {
    pub(crate) enum Mark { Semicolon = ";", Colon = ":", Open = "{", Close = "}" }
}

impl Mark {
    fn into_rust(self) -> ::ferrule_config::Mark {
        match self {
            Self::Semicolon => ::ferrule_config::Mark::Semicolon,
            Self::Colon => ::ferrule_config::Mark::Colon,
            Self::Open => ::ferrule_config::Mark::Open,
            Self::Close => ::ferrule_config::Mark::Close,
        }
    }
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG", "the value was refused")
}

// @error ::ferrule_config::Error
fn failed_ferrule_config_error(error: ::ferrule_config::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_config::Error::Expected { expected, found, place, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG_EXPECTED", message),
                            "expected",
                            &expected,
                        ),
                        "found",
                        &found,
                    ),
                    "line",
                    &place.line,
                ),
                "column",
                &place.column,
            ),
            "near",
            &place.near,
        ),
        ::ferrule_config::Error::OutOfRange { expected, found, place, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG_OUT_OF_RANGE", message),
                            "expected",
                            &expected,
                        ),
                        "found",
                        &found,
                    ),
                    "line",
                    &place.line,
                ),
                "column",
                &place.column,
            ),
            "near",
            &place.near,
        ),
        ::ferrule_config::Error::TooLong { length, limit, place, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG_TOO_LONG", message),
                            "length",
                            &length,
                        ),
                        "limit",
                        &limit,
                    ),
                    "line",
                    &place.line,
                ),
                "column",
                &place.column,
            ),
            "near",
            &place.near,
        ),
        ::ferrule_config::Error::TooLarge { length, limit, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG_TOO_LARGE", message),
                "length",
                &length,
            ),
            "limit",
            &limit,
        ),
        ::ferrule_config::Error::Nul { place, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG_NUL", message),
                    "line",
                    &place.line,
                ),
                "column",
                &place.column,
            ),
            "near",
            &place.near,
        ),
        ::ferrule_config::Error::NotText { place, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG_NOT_TEXT", message),
                    "line",
                    &place.line,
                ),
                "column",
                &place.column,
            ),
            "near",
            &place.near,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_CONFIG", message),
    }
}

// @item lexerLine
fn lexer_line(this: &Lexer) -> u32 {
    <::ferrule_config::OwnedLexer>::line(&this.0)
}

// @item lexerColumn
fn lexer_column(this: &Lexer) -> u32 {
    <::ferrule_config::OwnedLexer>::column(&this.0)
}

// @item lexerIsAtEnd
fn lexer_is_at_end(this: &Lexer) -> bool {
    <::ferrule_config::OwnedLexer>::is_at_end(&this.0)
}

// @item lexerWord
fn lexer_word(
    this: &mut Lexer,
) -> ::std::result::Result<::std::string::String, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::word(&mut this.0).map_err(failed_ferrule_config_error)
}

// @item lexerString
fn lexer_string(
    this: &mut Lexer,
) -> ::std::result::Result<::std::string::String, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::text(&mut this.0).map_err(failed_ferrule_config_error)
}

// @item lexerStringBytes
fn lexer_string_bytes(
    this: &mut Lexer,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::string(&mut this.0)
        .map_err(failed_ferrule_config_error)
        .map(|value| ::ferrule_node::Bytes(value))
}

// @item lexerUnsigned
fn lexer_unsigned(
    this: &mut Lexer,
) -> ::std::result::Result<::ferrule_node::BigI64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::unsigned(&mut this.0)
        .map_err(failed_ferrule_config_error)
        .map(|value| ::ferrule_node::BigI64(value))
}

// @item lexerInteger
fn lexer_integer(
    this: &mut Lexer,
) -> ::std::result::Result<::ferrule_node::BigI64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::signed(&mut this.0)
        .map_err(failed_ferrule_config_error)
        .map(|value| ::ferrule_node::BigI64(value))
}

// @item lexerBetween
fn lexer_between(
    this: &mut Lexer,
    min: i64,
    max: i64,
) -> ::std::result::Result<i64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::between(&mut this.0, min, max).map_err(failed_ferrule_config_error)
}

// @item lexerExpect
fn lexer_expect(this: &mut Lexer, mark: Mark) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_config::OwnedLexer>::expect(&mut this.0, mark.into_rust()).map_err(failed_ferrule_config_error)
}

// @item lexerAccept
fn lexer_accept(this: &mut Lexer, mark: Mark) -> bool {
    <::ferrule_config::OwnedLexer>::accept(&mut this.0, mark.into_rust())
}

// @item skipSpace
fn skip_space(text: &[u8], line: i32) -> ::ferrule_node::Packed<[u32; 4]> {
    ::ferrule_node::Packed(::ferrule_config::skip_space(text, line))
}

// @item skipBlanks
fn skip_blanks(text: &[u8], line: i32) -> ::ferrule_node::Packed<[u32; 4]> {
    ::ferrule_node::Packed(::ferrule_config::skip_blanks(text, line))
}

// @item wordLength
fn word_length(text: &[u8]) -> u64 {
    ::ferrule_config::word_length(text)
}

// @item stringLength
fn string_length(text: &[u8]) -> u64 {
    ::ferrule_config::string_length(text)
}

// @item integer
fn integer(text: &[u8]) -> ::ferrule_node::Packed<[u32; 4]> {
    ::ferrule_node::Packed(::ferrule_config::unsigned(text))
}

// @item integerOrMinusOne
fn integer_or_minus_one(text: &[u8]) -> ::ferrule_node::Packed<[u32; 4]> {
    ::ferrule_node::Packed(::ferrule_config::unsigned_or_minus_one(text))
}

// @item signedInteger
fn signed_integer(text: &[u8]) -> ::ferrule_node::Packed<[u32; 4]> {
    ::ferrule_node::Packed(::ferrule_config::signed(text))
}

// @item lexerNew
fn lexer_new(
    text: &[u8],
) -> ::std::result::Result<::ferrule_node::New<Lexer>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_config::OwnedLexer::new(text)
        .map_err(failed_ferrule_config_error)
        .map(|value| ::ferrule_node::New::of(Lexer(value)))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item lexerLine
    system.sync("lexerLine", &["lexer"], lexer_line);
    // @item lexerColumn
    system.sync("lexerColumn", &["lexer"], lexer_column);
    // @item lexerIsAtEnd
    system.sync("lexerIsAtEnd", &["lexer"], lexer_is_at_end);
    // @item lexerWord
    system.sync("lexerWord", &["lexer"], lexer_word);
    // @item lexerString
    system.sync("lexerString", &["lexer"], lexer_string);
    // @item lexerStringBytes
    system.sync("lexerStringBytes", &["lexer"], lexer_string_bytes);
    // @item lexerUnsigned
    system.sync("lexerUnsigned", &["lexer"], lexer_unsigned);
    // @item lexerInteger
    system.sync("lexerInteger", &["lexer"], lexer_integer);
    // @item lexerBetween
    system.sync("lexerBetween", &["lexer", "min", "max"], lexer_between);
    // @item lexerExpect
    system.sync("lexerExpect", &["lexer", "mark"], lexer_expect);
    // @item lexerAccept
    system.sync("lexerAccept", &["lexer", "mark"], lexer_accept);
    // @item skipSpace
    system.sync("skipSpace", &["text", "line"], skip_space);
    // @item skipBlanks
    system.sync("skipBlanks", &["text", "line"], skip_blanks);
    // @item wordLength
    system.sync("wordLength", &["text"], word_length);
    // @item stringLength
    system.sync("stringLength", &["text"], string_length);
    // @item integer
    system.sync("integer", &["text"], integer);
    // @item integerOrMinusOne
    system.sync("integerOrMinusOne", &["text"], integer_or_minus_one);
    // @item signedInteger
    system.sync("signedInteger", &["text"], signed_integer);
    // @item lexerNew
    system.sync("lexerNew", &["text"], lexer_new);
}
