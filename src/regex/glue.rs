//! The glue of regex: ferrule-regex 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class Regex
struct Regex(::ferrule_regex::Regex);

impl ::ferrule_node::Object for Regex {
    const NAME: &'static str = "Regex";

    fn native_bytes(&self) -> usize {
        <::ferrule_regex::Regex>::memory_usage(&self.0)
    }
}

// @class BytesRegex
struct BytesRegex(::ferrule_regex::BytesRegex);

impl ::ferrule_node::Object for BytesRegex {
    const NAME: &'static str = "BytesRegex";

    fn native_bytes(&self) -> usize {
        <::ferrule_regex::BytesRegex>::memory_usage(&self.0)
    }
}

// @class RegexSet
struct RegexSet(::ferrule_regex::RegexSet);

impl ::ferrule_node::Object for RegexSet {
    const NAME: &'static str = "RegexSet";

    fn native_bytes(&self) -> usize {
        <::ferrule_regex::RegexSet>::memory_usage(&self.0)
    }
}

// @class BytesRegexSet
struct BytesRegexSet(::ferrule_regex::BytesRegexSet);

impl ::ferrule_node::Object for BytesRegexSet {
    const NAME: &'static str = "BytesRegexSet";

    fn native_bytes(&self) -> usize {
        <::ferrule_regex::BytesRegexSet>::memory_usage(&self.0)
    }
}

// @class Matches
struct Matches(::ferrule_regex::Matches<str>);

impl ::ferrule_node::Object for Matches {
    const NAME: &'static str = "Matches";

    fn native_bytes(&self) -> usize {
        <::ferrule_regex::Matches<str>>::memory_usage(&self.0)
    }
}

// @class BytesMatches
struct BytesMatches(::ferrule_regex::Matches<[u8]>);

impl ::ferrule_node::Object for BytesMatches {
    const NAME: &'static str = "BytesMatches";

    fn native_bytes(&self) -> usize {
        <::ferrule_regex::Matches<[u8]>>::memory_usage(&self.0)
    }
}

// @class PatternCache
struct PatternCache(::ferrule_regex::PatternCache<str>);

impl ::ferrule_node::Object for PatternCache {
    const NAME: &'static str = "PatternCache";
}

// @enum Flag
::ferrule_node::string_enum! {
    pub(crate) enum Flag { CaseInsensitive = "i", MultiLine = "m", DotMatchesNewLine = "s", SwapGreed = "U", IgnoreWhitespace = "x", Unicode = "u", Crlf = "R" }
}

impl Flag {
    fn into_rust(self) -> ::ferrule_regex::Flag {
        match self {
            Self::CaseInsensitive => ::ferrule_regex::Flag::CaseInsensitive,
            Self::MultiLine => ::ferrule_regex::Flag::MultiLine,
            Self::DotMatchesNewLine => ::ferrule_regex::Flag::DotMatchesNewLine,
            Self::SwapGreed => ::ferrule_regex::Flag::SwapGreed,
            Self::IgnoreWhitespace => ::ferrule_regex::Flag::IgnoreWhitespace,
            Self::Unicode => ::ferrule_regex::Flag::Unicode,
            Self::Crlf => ::ferrule_regex::Flag::Crlf,
        }
    }
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_REGEX", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_REGEX", "the value was refused")
}

// @error ::ferrule_regex::Error
fn failed_ferrule_regex_error(error: ::ferrule_regex::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_regex::Error::Syntax { detail, start, end, index, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_REGEX_SYNTAX", message),
                        "detail",
                        &detail,
                    ),
                    "start",
                    &start,
                ),
                "end",
                &end,
            ),
            "index",
            &index,
        ),
        ::ferrule_regex::Error::TooBig { limit, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_REGEX_TOO_BIG", message),
            "limit",
            &limit,
        ),
        ::ferrule_regex::Error::Group { reference, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_REGEX_GROUP", message),
            "reference",
            &reference,
        ),
        ::ferrule_regex::Error::NestLimit { nest_limit, max, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
                "nestLimit",
                &nest_limit,
            ),
            "max",
            &max,
        ),
        ::ferrule_regex::Error::OutOfRange { position, length, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
                "position",
                &position,
            ),
            "length",
            &length,
        ),
        ::ferrule_regex::Error::TooLong { length, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
            "length",
            &length,
        ),
        ::ferrule_regex::Error::NoThread { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_RESOURCE_EXHAUSTED", message)
        }
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_REGEX", message),
    }
}

// @item regexGroupNames
fn regex_group_names(this: &Regex) -> ::std::vec::Vec<::std::option::Option<::std::string::String>> {
    <::ferrule_regex::Regex>::group_names(&this.0)
        .into_iter()
        .map(|value| value.map(|value| ::std::string::ToString::to_string(value)))
        .collect::<::std::vec::Vec<_>>()
}

// @item regexIsMatch
fn regex_is_match(this: &Regex, text: &str) -> bool {
    <::ferrule_regex::Regex>::is_match(&this.0, text)
}

// @item regexIsMatchAt
fn regex_is_match_at(
    this: &Regex,
    text: &str,
    start: u32,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Regex>::is_match_at(&this.0, text, start).map_err(failed_ferrule_regex_error)
}

// @item regexIsMatchTask
fn regex_is_match_task(
    this: &Regex,
    text: &str,
    start: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Regex>::is_match_at(&this.0, text, start).map_err(failed_ferrule_regex_error)
}

// @item regexFind
fn regex_find(
    this: &Regex,
    text: &str,
    start: u32,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<[u32; 2]>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::Regex>::find_offsets(&this.0, text, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item regexFindTask
fn regex_find_task(
    this: &Regex,
    text: &str,
    start: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<[u32; 2]>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::Regex>::find_offsets(&this.0, text, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item regexCaptures
fn regex_captures(
    this: &Regex,
    text: &str,
    start: u32,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<::std::vec::Vec<u32>>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::Regex>::capture_offsets(&this.0, text, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item regexCapturesTask
fn regex_captures_task(
    this: &Regex,
    text: &str,
    start: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<::std::vec::Vec<u32>>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::Regex>::capture_offsets(&this.0, text, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item regexFindAllTask
fn regex_find_all_task(
    this: &Regex,
    text: &str,
    groups: bool,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Regex>::match_offsets(&this.0, text, groups, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item regexCountTask
fn regex_count_task(
    this: &Regex,
    text: &str,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<usize, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Regex>::count(&this.0, text, &|| token.check().map_err(|_| ::std::default::Default::default()))
        .map_err(|error| match token.check() {
            ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
            ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
        })
}

// @item regexReplaceTask
fn regex_replace_task(
    this: &Regex,
    text: &str,
    template: &str,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::option::Option<::std::string::String>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Regex>::replace_checked(&this.0, text, template, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
}

// @item regexSplitTask
fn regex_split_task(
    this: &Regex,
    text: &str,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Regex>::split_offsets(&this.0, text, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item bytesRegexGroupNames
fn bytes_regex_group_names(this: &BytesRegex) -> ::std::vec::Vec<::std::option::Option<::std::string::String>> {
    <::ferrule_regex::BytesRegex>::group_names(&this.0)
        .into_iter()
        .map(|value| value.map(|value| ::std::string::ToString::to_string(value)))
        .collect::<::std::vec::Vec<_>>()
}

// @item bytesRegexIsMatch
fn bytes_regex_is_match(this: &BytesRegex, bytes: &[u8]) -> bool {
    <::ferrule_regex::BytesRegex>::is_match(&this.0, bytes)
}

// @item bytesRegexIsMatchAt
fn bytes_regex_is_match_at(
    this: &BytesRegex,
    bytes: &[u8],
    start: u32,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::BytesRegex>::is_match_at(&this.0, bytes, start).map_err(failed_ferrule_regex_error)
}

// @item bytesRegexIsMatchTask
fn bytes_regex_is_match_task(
    this: &BytesRegex,
    bytes: &[u8],
    start: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::BytesRegex>::is_match_at(&this.0, bytes, start).map_err(failed_ferrule_regex_error)
}

// @item bytesRegexFind
fn bytes_regex_find(
    this: &BytesRegex,
    bytes: &[u8],
    start: u32,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<[u32; 2]>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::BytesRegex>::find_offsets(&this.0, bytes, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item bytesRegexFindTask
fn bytes_regex_find_task(
    this: &BytesRegex,
    bytes: &[u8],
    start: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<[u32; 2]>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::BytesRegex>::find_offsets(&this.0, bytes, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item bytesRegexCaptures
fn bytes_regex_captures(
    this: &BytesRegex,
    bytes: &[u8],
    start: u32,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<::std::vec::Vec<u32>>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::BytesRegex>::capture_offsets(&this.0, bytes, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item bytesRegexCapturesTask
fn bytes_regex_captures_task(
    this: &BytesRegex,
    bytes: &[u8],
    start: u32,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<::std::vec::Vec<u32>>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::BytesRegex>::capture_offsets(&this.0, bytes, start)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item bytesRegexFindAllTask
fn bytes_regex_find_all_task(
    this: &BytesRegex,
    bytes: &[u8],
    groups: bool,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::BytesRegex>::match_offsets(&this.0, bytes, groups, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item bytesRegexCountTask
fn bytes_regex_count_task(
    this: &BytesRegex,
    bytes: &[u8],
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<usize, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::BytesRegex>::count(&this.0, bytes, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
}

// @item bytesRegexReplaceTask
fn bytes_regex_replace_task(
    this: &BytesRegex,
    bytes: &[u8],
    template: &[u8],
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::BytesRegex>::replace_checked(&this.0, bytes, template, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| value.map(|value| ::ferrule_node::Bytes(value)))
}

// @item bytesRegexSplitTask
fn bytes_regex_split_task(
    this: &BytesRegex,
    bytes: &[u8],
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::BytesRegex>::split_offsets(&this.0, bytes, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item regexSetIsMatch
fn regex_set_is_match(this: &RegexSet, text: &str) -> bool {
    <::ferrule_regex::RegexSet>::is_match(&this.0, text)
}

// @item regexSetIsMatchTask
fn regex_set_is_match_task(this: &RegexSet, text: &str, _: &::ferrule_node::core::cancel::CancelToken) -> bool {
    <::ferrule_regex::RegexSet>::is_match(&this.0, text)
}

// @item regexSetMatches
fn regex_set_matches(this: &RegexSet, text: &str) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(<::ferrule_regex::RegexSet>::matches(&this.0, text))
}

// @item regexSetMatchesTask
fn regex_set_matches_task(
    this: &RegexSet,
    text: &str,
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(<::ferrule_regex::RegexSet>::matches(&this.0, text))
}

// @item bytesRegexSetIsMatch
fn bytes_regex_set_is_match(this: &BytesRegexSet, bytes: &[u8]) -> bool {
    <::ferrule_regex::BytesRegexSet>::is_match(&this.0, bytes)
}

// @item bytesRegexSetIsMatchTask
fn bytes_regex_set_is_match_task(
    this: &BytesRegexSet,
    bytes: &[u8],
    _: &::ferrule_node::core::cancel::CancelToken,
) -> bool {
    <::ferrule_regex::BytesRegexSet>::is_match(&this.0, bytes)
}

// @item bytesRegexSetMatches
fn bytes_regex_set_matches(this: &BytesRegexSet, bytes: &[u8]) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(<::ferrule_regex::BytesRegexSet>::matches(&this.0, bytes))
}

// @item bytesRegexSetMatchesTask
fn bytes_regex_set_matches_task(
    this: &BytesRegexSet,
    bytes: &[u8],
    _: &::ferrule_node::core::cancel::CancelToken,
) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(<::ferrule_regex::BytesRegexSet>::matches(&this.0, bytes))
}

// @item matchesNextTask
fn matches_next_task(
    this: &mut Matches,
    max: u32,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Matches<str>>::next_offsets(&mut this.0, max, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item bytesMatchesNextTask
fn bytes_matches_next_task(
    this: &mut BytesMatches,
    max: u32,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Matches<[u8]>>::next_offsets(&mut this.0, max, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item patternCacheSize
fn pattern_cache_size(this: &PatternCache) -> usize {
    <::ferrule_regex::PatternCache<str>>::len(&this.0)
}

// @item patternCacheClear
fn pattern_cache_clear(this: &mut PatternCache) {
    <::ferrule_regex::PatternCache<str>>::clear(&mut this.0)
}

// @item patternCacheGroupNames
fn pattern_cache_group_names(
    this: &mut PatternCache,
    pattern: &str,
) -> ::std::result::Result<
    ::std::vec::Vec<::std::option::Option<::std::string::String>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::PatternCache<str>>::group_names(&mut this.0, pattern).map_err(failed_ferrule_regex_error)
}

// @item patternCacheIsMatch
fn pattern_cache_is_match(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::PatternCache<str>>::is_match(&mut this.0, pattern, text).map_err(failed_ferrule_regex_error)
}

// @item patternCacheFind
fn pattern_cache_find(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<[u32; 2]>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::PatternCache<str>>::find_offsets(&mut this.0, pattern, text)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item patternCacheCaptures
fn pattern_cache_captures(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
) -> ::std::result::Result<
    ::std::option::Option<::ferrule_node::Packed<::std::vec::Vec<u32>>>,
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_regex::PatternCache<str>>::capture_offsets(&mut this.0, pattern, text)
        .map_err(failed_ferrule_regex_error)
        .map(|value| value.map(|value| ::ferrule_node::Packed(value)))
}

// @item patternCacheFindAllTask
fn pattern_cache_find_all_task(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
    groups: bool,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::PatternCache<str>>::match_offsets(&mut this.0, pattern, text, groups, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item patternCacheCountTask
fn pattern_cache_count_task(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<usize, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::PatternCache<str>>::count(&mut this.0, pattern, text, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
}

// @item patternCacheReplaceTask
fn pattern_cache_replace_task(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
    template: &str,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::std::option::Option<::std::string::String>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::PatternCache<str>>::replace_checked(&mut this.0, pattern, text, template, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
}

// @item patternCacheSplitTask
fn pattern_cache_split_task(
    this: &mut PatternCache,
    pattern: &str,
    text: &str,
    limit: ::std::option::Option<u32>,
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::PatternCache<str>>::split_offsets(&mut this.0, pattern, text, limit, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_regex_error(error),
    })
    .map(|value| ::ferrule_node::Packed(value))
}

// @item regexNew
fn regex_new(
    pattern: &str,
    flags: ::std::vec::Vec<Flag>,
    octal: bool,
    line_terminator: ::std::option::Option<u8>,
    size_limit: ::std::option::Option<usize>,
    dfa_size_limit: ::std::option::Option<usize>,
    nest_limit: ::std::option::Option<u32>,
) -> ::std::result::Result<::ferrule_node::New<Regex>, ::ferrule_node::core::error::BoundaryError> {
    let flags = flags.into_iter().map(|value| value.into_rust()).collect::<::std::vec::Vec<_>>();
    ::ferrule_regex::Regex::compile(pattern, &flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit)
        .map_err(failed_ferrule_regex_error)
        .map(|value| ::ferrule_node::New::of(Regex(value)))
}

// @item matchesNew
fn matches_new(
    regex: ::ferrule_node::This<Regex>,
    text: ::std::string::String,
    start: u32,
    groups: bool,
) -> ::std::result::Result<::ferrule_node::New<Matches>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Matches<str>>::new(&regex.0, text, start, groups)
        .map_err(failed_ferrule_regex_error)
        .map(|value| ::ferrule_node::New::child_of(regex.handle, Matches(value)))
}

// @item regexSetNew
fn regex_set_new(
    patterns: ::std::vec::Vec<&str>,
    flags: ::std::vec::Vec<Flag>,
    octal: bool,
    line_terminator: ::std::option::Option<u8>,
    size_limit: ::std::option::Option<usize>,
    dfa_size_limit: ::std::option::Option<usize>,
    nest_limit: ::std::option::Option<u32>,
) -> ::std::result::Result<::ferrule_node::New<RegexSet>, ::ferrule_node::core::error::BoundaryError> {
    let flags = flags.into_iter().map(|value| value.into_rust()).collect::<::std::vec::Vec<_>>();
    ::ferrule_regex::RegexSet::compile(
        &patterns,
        &flags,
        octal,
        line_terminator,
        size_limit,
        dfa_size_limit,
        nest_limit,
    )
    .map_err(failed_ferrule_regex_error)
    .map(|value| ::ferrule_node::New::of(RegexSet(value)))
}

// @item bytesRegexNew
fn bytes_regex_new(
    pattern: &str,
    flags: ::std::vec::Vec<Flag>,
    octal: bool,
    line_terminator: ::std::option::Option<u8>,
    size_limit: ::std::option::Option<usize>,
    dfa_size_limit: ::std::option::Option<usize>,
    nest_limit: ::std::option::Option<u32>,
) -> ::std::result::Result<::ferrule_node::New<BytesRegex>, ::ferrule_node::core::error::BoundaryError> {
    let flags = flags.into_iter().map(|value| value.into_rust()).collect::<::std::vec::Vec<_>>();
    ::ferrule_regex::BytesRegex::compile(
        pattern,
        &flags,
        octal,
        line_terminator,
        size_limit,
        dfa_size_limit,
        nest_limit,
    )
    .map_err(failed_ferrule_regex_error)
    .map(|value| ::ferrule_node::New::of(BytesRegex(value)))
}

// @item bytesMatchesNew
fn bytes_matches_new(
    regex: ::ferrule_node::This<BytesRegex>,
    bytes: ::ferrule_node::Bytes,
    start: u32,
    groups: bool,
) -> ::std::result::Result<::ferrule_node::New<BytesMatches>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_regex::Matches<[u8]>>::new(&regex.0, bytes.0, start, groups)
        .map_err(failed_ferrule_regex_error)
        .map(|value| ::ferrule_node::New::child_of(regex.handle, BytesMatches(value)))
}

// @item bytesRegexSetNew
fn bytes_regex_set_new(
    patterns: ::std::vec::Vec<&str>,
    flags: ::std::vec::Vec<Flag>,
    octal: bool,
    line_terminator: ::std::option::Option<u8>,
    size_limit: ::std::option::Option<usize>,
    dfa_size_limit: ::std::option::Option<usize>,
    nest_limit: ::std::option::Option<u32>,
) -> ::std::result::Result<::ferrule_node::New<BytesRegexSet>, ::ferrule_node::core::error::BoundaryError> {
    let flags = flags.into_iter().map(|value| value.into_rust()).collect::<::std::vec::Vec<_>>();
    ::ferrule_regex::BytesRegexSet::compile(
        &patterns,
        &flags,
        octal,
        line_terminator,
        size_limit,
        dfa_size_limit,
        nest_limit,
    )
    .map_err(failed_ferrule_regex_error)
    .map(|value| ::ferrule_node::New::of(BytesRegexSet(value)))
}

// @item patternCacheNew
fn pattern_cache_new() -> ::ferrule_node::New<PatternCache> {
    ::ferrule_node::New::of(PatternCache(<::ferrule_regex::PatternCache<str> as ::std::default::Default>::default()))
}

// @item escape
fn escape(text: &str) -> ::std::string::String {
    ::ferrule_regex::escape(text)
}

// @item presetPattern
fn preset_pattern(name: &str) -> ::std::option::Option<&'static str> {
    ::ferrule_regex::presets::Preset::pattern_of(name)
}

// @item isEmail
fn is_email(text: &str) -> bool {
    ::ferrule_regex::presets::is_email(text)
}

// @item isUrl
fn is_url(text: &str) -> bool {
    ::ferrule_regex::presets::is_url(text)
}

// @item isIpv4
fn is_ipv4(text: &str) -> bool {
    ::ferrule_regex::presets::is_ipv4(text)
}

// @item isPhoneUs
fn is_phone_us(text: &str) -> bool {
    ::ferrule_regex::presets::is_phone_us(text)
}

// @item isHexColor
fn is_hex_color(text: &str) -> bool {
    ::ferrule_regex::presets::is_hex_color(text)
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item regexGroupNames
    system.sync("regexGroupNames", &["regex"], regex_group_names);
    // @item regexIsMatch
    system.sync("regexIsMatch", &["regex", "text"], regex_is_match);
    // @item regexIsMatchAt
    system.sync("regexIsMatchAt", &["regex", "text", "start"], regex_is_match_at);
    // @item regexIsMatchTask
    system.blocking("regexIsMatchTask", &["regex", "text", "start"], regex_is_match_task);
    // @item regexFind
    system.sync("regexFind", &["regex", "text", "start"], regex_find);
    // @item regexFindTask
    system.blocking("regexFindTask", &["regex", "text", "start"], regex_find_task);
    // @item regexCaptures
    system.sync("regexCaptures", &["regex", "text", "start"], regex_captures);
    // @item regexCapturesTask
    system.blocking("regexCapturesTask", &["regex", "text", "start"], regex_captures_task);
    // @item regexFindAllTask
    system.blocking("regexFindAllTask", &["regex", "text", "groups", "limit"], regex_find_all_task);
    // @item regexCountTask
    system.blocking("regexCountTask", &["regex", "text"], regex_count_task);
    // @item regexReplaceTask
    system.blocking("regexReplaceTask", &["regex", "text", "template", "limit"], regex_replace_task);
    // @item regexSplitTask
    system.blocking("regexSplitTask", &["regex", "text", "limit"], regex_split_task);
    // @item bytesRegexGroupNames
    system.sync("bytesRegexGroupNames", &["regex"], bytes_regex_group_names);
    // @item bytesRegexIsMatch
    system.sync("bytesRegexIsMatch", &["regex", "bytes"], bytes_regex_is_match);
    // @item bytesRegexIsMatchAt
    system.sync("bytesRegexIsMatchAt", &["regex", "bytes", "start"], bytes_regex_is_match_at);
    // @item bytesRegexIsMatchTask
    system.blocking("bytesRegexIsMatchTask", &["regex", "bytes", "start"], bytes_regex_is_match_task);
    // @item bytesRegexFind
    system.sync("bytesRegexFind", &["regex", "bytes", "start"], bytes_regex_find);
    // @item bytesRegexFindTask
    system.blocking("bytesRegexFindTask", &["regex", "bytes", "start"], bytes_regex_find_task);
    // @item bytesRegexCaptures
    system.sync("bytesRegexCaptures", &["regex", "bytes", "start"], bytes_regex_captures);
    // @item bytesRegexCapturesTask
    system.blocking("bytesRegexCapturesTask", &["regex", "bytes", "start"], bytes_regex_captures_task);
    // @item bytesRegexFindAllTask
    system.blocking("bytesRegexFindAllTask", &["regex", "bytes", "groups", "limit"], bytes_regex_find_all_task);
    // @item bytesRegexCountTask
    system.blocking("bytesRegexCountTask", &["regex", "bytes"], bytes_regex_count_task);
    // @item bytesRegexReplaceTask
    system.blocking("bytesRegexReplaceTask", &["regex", "bytes", "template", "limit"], bytes_regex_replace_task);
    // @item bytesRegexSplitTask
    system.blocking("bytesRegexSplitTask", &["regex", "bytes", "limit"], bytes_regex_split_task);
    // @item regexSetIsMatch
    system.sync("regexSetIsMatch", &["set", "text"], regex_set_is_match);
    // @item regexSetIsMatchTask
    system.blocking("regexSetIsMatchTask", &["set", "text"], regex_set_is_match_task);
    // @item regexSetMatches
    system.sync("regexSetMatches", &["set", "text"], regex_set_matches);
    // @item regexSetMatchesTask
    system.blocking("regexSetMatchesTask", &["set", "text"], regex_set_matches_task);
    // @item bytesRegexSetIsMatch
    system.sync("bytesRegexSetIsMatch", &["set", "bytes"], bytes_regex_set_is_match);
    // @item bytesRegexSetIsMatchTask
    system.blocking("bytesRegexSetIsMatchTask", &["set", "bytes"], bytes_regex_set_is_match_task);
    // @item bytesRegexSetMatches
    system.sync("bytesRegexSetMatches", &["set", "bytes"], bytes_regex_set_matches);
    // @item bytesRegexSetMatchesTask
    system.blocking("bytesRegexSetMatchesTask", &["set", "bytes"], bytes_regex_set_matches_task);
    // @item matchesNextTask
    system.blocking("matchesNextTask", &["matches", "max"], matches_next_task);
    // @item bytesMatchesNextTask
    system.blocking("bytesMatchesNextTask", &["matches", "max"], bytes_matches_next_task);
    // @item patternCacheSize
    system.sync("patternCacheSize", &["cache"], pattern_cache_size);
    // @item patternCacheClear
    system.sync("patternCacheClear", &["cache"], pattern_cache_clear);
    // @item patternCacheGroupNames
    system.sync("patternCacheGroupNames", &["cache", "pattern"], pattern_cache_group_names);
    // @item patternCacheIsMatch
    system.sync("patternCacheIsMatch", &["cache", "pattern", "text"], pattern_cache_is_match);
    // @item patternCacheFind
    system.sync("patternCacheFind", &["cache", "pattern", "text"], pattern_cache_find);
    // @item patternCacheCaptures
    system.sync("patternCacheCaptures", &["cache", "pattern", "text"], pattern_cache_captures);
    // @item patternCacheFindAllTask
    system.blocking(
        "patternCacheFindAllTask",
        &["cache", "pattern", "text", "groups", "limit"],
        pattern_cache_find_all_task,
    );
    // @item patternCacheCountTask
    system.blocking("patternCacheCountTask", &["cache", "pattern", "text"], pattern_cache_count_task);
    // @item patternCacheReplaceTask
    system.blocking(
        "patternCacheReplaceTask",
        &["cache", "pattern", "text", "template", "limit"],
        pattern_cache_replace_task,
    );
    // @item patternCacheSplitTask
    system.blocking("patternCacheSplitTask", &["cache", "pattern", "text", "limit"], pattern_cache_split_task);
    // @item regexNew
    system.sync(
        "regexNew",
        &["pattern", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
        regex_new,
    );
    // @item matchesNew
    system.sync("matchesNew", &["regex", "text", "start", "groups"], matches_new);
    // @item regexSetNew
    system.sync(
        "regexSetNew",
        &["patterns", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
        regex_set_new,
    );
    // @item bytesRegexNew
    system.sync(
        "bytesRegexNew",
        &["pattern", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
        bytes_regex_new,
    );
    // @item bytesMatchesNew
    system.sync("bytesMatchesNew", &["regex", "bytes", "start", "groups"], bytes_matches_new);
    // @item bytesRegexSetNew
    system.sync(
        "bytesRegexSetNew",
        &["patterns", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
        bytes_regex_set_new,
    );
    // @item patternCacheNew
    system.sync("patternCacheNew", &[], pattern_cache_new);
    // @item escape
    system.sync("escape", &["text"], escape);
    // @item presetPattern
    system.sync("presetPattern", &["name"], preset_pattern);
    // @item isEmail
    system.sync("isEmail", &["text"], is_email);
    // @item isUrl
    system.sync("isUrl", &["text"], is_url);
    // @item isIpv4
    system.sync("isIpv4", &["text"], is_ipv4);
    // @item isPhoneUs
    system.sync("isPhoneUs", &["text"], is_phone_us);
    // @item isHexColor
    system.sync("isHexColor", &["text"], is_hex_color);
}
