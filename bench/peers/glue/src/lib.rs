//! The glue of `ferrule/regex` as a careful person writes it: the same engine, the same boundary, the same exports as in
//! `src/regex/glue.rs`, which is generated. What each does is told at the engine's own functions.

// Parameters are the boundary's types as they stand, taken by value where it hands them over.
#![allow(clippy::needless_pass_by_value)]

use std::sync::Arc;

use ferrule_node::{
    Bytes, New, Object, Packed, System, This,
    core::{
        cancel::CancelToken,
        error::{BoundaryError, code},
    },
};
use ferrule_regex::{self as engine, Error, Haystack, MatchCursor, Options, Span, Stop, Template, presets};

/// What the engine refuses, as JavaScript sees it.
fn refused(error: &Error) -> BoundaryError {
    let message = error.to_string();
    match error {
        Error::Syntax { detail, start, end, index, .. } => BoundaryError::new("ERR_REGEX_SYNTAX", message)
            .with("detail", detail.clone())
            .with("start", f64::from(*start))
            .with("end", f64::from(*end))
            .with("index", f64::from(*index)),
        Error::TooBig { limit: Some(limit), .. } => {
            BoundaryError::new("ERR_REGEX_TOO_BIG", message).with("limit", *limit as f64)
        }
        Error::TooBig { limit: None, .. } => BoundaryError::new("ERR_REGEX_TOO_BIG", message),
        Error::NestLimit { nest_limit, max } => BoundaryError::new(code::OUT_OF_RANGE, message)
            .with("nestLimit", f64::from(*nest_limit))
            .with("max", f64::from(*max)),
        Error::Group { reference } => {
            BoundaryError::new("ERR_REGEX_GROUP", message).with("reference", reference.clone())
        }
        Error::OutOfRange { position, length } => {
            let error = BoundaryError::new(code::OUT_OF_RANGE, message).with("position", f64::from(*position));
            match length {
                Some(length) => error.with("length", f64::from(*length)),
                None => error,
            }
        }
        Error::TooLong { length } => BoundaryError::new(code::OUT_OF_RANGE, message).with("length", *length as f64),
        Error::NoThread { .. } => BoundaryError::new(code::RESOURCE_EXHAUSTED, message),
        // Why it stopped only the token knows: see `stopped`.
        Error::Stopped => BoundaryError::new(code::ABORTED, message),
        // What a later engine may refuse.
        _ => BoundaryError::new(code::UNSUPPORTED, message),
    }
}

/// The same for a run that its token can stop: the token knows why.
fn stopped(error: &Error, token: &CancelToken) -> BoundaryError {
    match (error, token.check()) {
        (Error::Stopped, Err(stop)) => stop.into(),
        _ => refused(error),
    }
}

ferrule_node::string_enum! {
    /// The flags of the language, by their letters.
    enum Flag {
        /// Letters match both cases.
        CaseInsensitive = "i",
        /// `^` and `$` match at line ends, too.
        MultiLine = "m",
        /// `.` matches the line terminator, too.
        DotMatchesNewLine = "s",
        /// Lazy and greedy change places.
        SwapGreed = "U",
        /// White space is ignored.
        IgnoreWhitespace = "x",
        /// Code points instead of bytes.
        Unicode = "u",
        /// `\r\n` is a line end.
        Crlf = "R",
    }
}

/// What a pattern is compiled with: exactly these flags are on, and what is absent has the engine's default.
fn options(
    flags: &[Flag],
    octal: bool,
    line_terminator: Option<u8>,
    size_limit: Option<usize>,
    dfa_size_limit: Option<usize>,
    nest_limit: Option<u32>,
) -> Options {
    let mut options = Options {
        case_insensitive: flags.contains(&Flag::CaseInsensitive),
        multi_line: flags.contains(&Flag::MultiLine),
        dot_matches_new_line: flags.contains(&Flag::DotMatchesNewLine),
        swap_greed: flags.contains(&Flag::SwapGreed),
        ignore_whitespace: flags.contains(&Flag::IgnoreWhitespace),
        unicode: flags.contains(&Flag::Unicode),
        crlf: flags.contains(&Flag::Crlf),
        octal,
        ..Options::default()
    };
    options.line_terminator = line_terminator.unwrap_or(options.line_terminator);
    options.size_limit = size_limit.unwrap_or(options.size_limit);
    options.dfa_size_limit = dfa_size_limit.unwrap_or(options.dfa_size_limit);
    options.nest_limit = nest_limit.unwrap_or(options.nest_limit);
    options
}

fn packed(span: Span) -> Packed<[u32; 2]> {
    Packed([span.start, span.end])
}

/// `None` stands for all.
fn count_of(limit: Option<u32>) -> usize {
    limit.map_or(usize::MAX, |limit| limit as usize)
}

/// The first matches, `limit` of them: start and end of each, or of each of its groups.
fn gathered<H: Haystack + ?Sized>(
    regex: &engine::Pattern<H>,
    haystack: &H,
    groups: bool,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    let mut out = Vec::new();
    MatchCursor::new(haystack)
        .and_then(|mut cursor| {
            let checkpoint = || token.check().map_err(|_| Stop);
            cursor.next_batch(regex, haystack, count_of(limit), groups, &mut out, &checkpoint)
        })
        .map_err(|error| stopped(&error, token))?;
    Ok(Packed(out))
}

/// Replaced by a template that may only name groups the pattern has; `None` when nothing matched.
fn replaced<H: Haystack + ?Sized>(
    regex: &engine::Pattern<H>,
    haystack: &H,
    template: &H,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Option<H::Owned>, BoundaryError> {
    let template = Template::strict(regex, template).map_err(|error| refused(&error))?;
    if limit == Some(0) {
        return Ok(None);
    }
    let checkpoint = || token.check().map_err(|_| Stop);
    // The engine's 0 means all, which `None` is here.
    match regex.replace_template(haystack, &template, limit.unwrap_or(0) as usize, &checkpoint) {
        Ok(std::borrow::Cow::Borrowed(_)) => Ok(None),
        Ok(std::borrow::Cow::Owned(text)) => Ok(Some(text)),
        Err(error) => Err(stopped(&error, token)),
    }
}

/// A pattern over text.
struct Regex(Arc<engine::Regex>);

impl Object for Regex {
    const NAME: &'static str = "Regex";

    fn native_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}

fn regex_new(
    pattern: &str,
    flags: Vec<Flag>,
    octal: bool,
    line_terminator: Option<u8>,
    size_limit: Option<usize>,
    dfa_size_limit: Option<usize>,
    nest_limit: Option<u32>,
) -> Result<New<Regex>, BoundaryError> {
    let options = options(&flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit);
    let regex = engine::Regex::new(pattern, &options).map_err(|error| refused(&error))?;
    Ok(New::of(Regex(Arc::new(regex))))
}

fn regex_group_names(regex: &Regex) -> Vec<Option<String>> {
    regex.0.group_names().map(|name| name.map(str::to_owned)).collect()
}

fn regex_is_match(regex: &Regex, text: &str) -> bool {
    regex.0.is_match(text)
}

fn regex_is_match_at(regex: &Regex, text: &str, start: u32) -> Result<bool, BoundaryError> {
    regex.0.is_match_at(text, start).map_err(|error| refused(&error))
}

fn regex_is_match_task(regex: &Regex, text: &str, start: u32, _: &CancelToken) -> Result<bool, BoundaryError> {
    regex_is_match_at(regex, text, start)
}

fn regex_find(regex: &Regex, text: &str, start: u32) -> Result<Option<Packed<[u32; 2]>>, BoundaryError> {
    let found = regex.0.find_at(text, start).map_err(|error| refused(&error))?;
    Ok(found.map(packed))
}

fn regex_find_task(
    regex: &Regex,
    text: &str,
    start: u32,
    _: &CancelToken,
) -> Result<Option<Packed<[u32; 2]>>, BoundaryError> {
    regex_find(regex, text, start)
}

fn regex_captures(regex: &Regex, text: &str, start: u32) -> Result<Option<Packed<Vec<u32>>>, BoundaryError> {
    let mut out = Vec::new();
    let found = regex.0.captures_at(text, start, &mut out).map_err(|error| refused(&error))?;
    Ok(found.then_some(Packed(out)))
}

fn regex_captures_task(
    regex: &Regex,
    text: &str,
    start: u32,
    _: &CancelToken,
) -> Result<Option<Packed<Vec<u32>>>, BoundaryError> {
    regex_captures(regex, text, start)
}

fn regex_find_all_task(
    regex: &Regex,
    text: &str,
    groups: bool,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    gathered(&regex.0, text, groups, limit, token)
}

fn regex_count_task(regex: &Regex, text: &str, token: &CancelToken) -> Result<usize, BoundaryError> {
    regex.0.count(text, &|| token.check().map_err(|_| Stop)).map_err(|error| stopped(&error, token))
}

fn regex_replace_task(
    regex: &Regex,
    text: &str,
    template: &str,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Option<String>, BoundaryError> {
    replaced(&regex.0, text, template, limit, token)
}

fn regex_split_task(
    regex: &Regex,
    text: &str,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    let pieces = regex.0.splitn(text, count_of(limit), &|| token.check().map_err(|_| Stop));
    pieces.map(Packed).map_err(|error| stopped(&error, token))
}

/// An iteration: the pattern, the text it goes over, and where it stands.
struct Matches {
    regex: Arc<engine::Regex>,
    text: String,
    cursor: MatchCursor<str>,
    groups: bool,
}

impl Object for Matches {
    const NAME: &'static str = "Matches";

    fn native_bytes(&self) -> usize {
        self.text.len()
    }
}

fn matches_new(regex: This<Regex>, text: String, start: u32, groups: bool) -> Result<New<Matches>, BoundaryError> {
    let cursor = MatchCursor::at(text.as_str(), start).map_err(|error| refused(&error))?;
    Ok(New::child_of(regex.handle, Matches { regex: Arc::clone(&regex.0), text, cursor, groups }))
}

fn matches_next_task(matches: &mut Matches, max: u32, token: &CancelToken) -> Result<Packed<Vec<u32>>, BoundaryError> {
    let Matches { regex, text, cursor, groups } = matches;
    let mut out = Vec::new();
    cursor
        .next_batch(regex, text, max as usize, *groups, &mut out, &|| token.check().map_err(|_| Stop))
        .map_err(|error| stopped(&error, token))?;
    Ok(Packed(out))
}

/// Patterns over text.
struct RegexSet(engine::RegexSet);

impl Object for RegexSet {
    const NAME: &'static str = "RegexSet";

    fn native_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}

fn regex_set_new(
    patterns: Vec<&str>,
    flags: Vec<Flag>,
    octal: bool,
    line_terminator: Option<u8>,
    size_limit: Option<usize>,
    dfa_size_limit: Option<usize>,
    nest_limit: Option<u32>,
) -> Result<New<RegexSet>, BoundaryError> {
    let options = options(&flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit);
    let set = engine::RegexSet::new(&patterns, &options).map_err(|error| refused(&error))?;
    Ok(New::of(RegexSet(set)))
}

fn regex_set_is_match(set: &RegexSet, text: &str) -> bool {
    set.0.is_match(text)
}

fn regex_set_is_match_task(set: &RegexSet, text: &str, _: &CancelToken) -> bool {
    set.0.is_match(text)
}

fn regex_set_matches(set: &RegexSet, text: &str) -> Packed<Vec<u32>> {
    Packed(set.0.matches(text))
}

fn regex_set_matches_task(set: &RegexSet, text: &str, _: &CancelToken) -> Packed<Vec<u32>> {
    Packed(set.0.matches(text))
}

/// A pattern over bytes.
struct BytesRegex(Arc<engine::BytesRegex>);

impl Object for BytesRegex {
    const NAME: &'static str = "BytesRegex";

    fn native_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}

fn bytes_regex_new(
    pattern: &str,
    flags: Vec<Flag>,
    octal: bool,
    line_terminator: Option<u8>,
    size_limit: Option<usize>,
    dfa_size_limit: Option<usize>,
    nest_limit: Option<u32>,
) -> Result<New<BytesRegex>, BoundaryError> {
    let options = options(&flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit);
    let regex = engine::BytesRegex::new(pattern, &options).map_err(|error| refused(&error))?;
    Ok(New::of(BytesRegex(Arc::new(regex))))
}

fn bytes_regex_group_names(regex: &BytesRegex) -> Vec<Option<String>> {
    regex.0.group_names().map(|name| name.map(str::to_owned)).collect()
}

fn bytes_regex_is_match(regex: &BytesRegex, bytes: &[u8]) -> bool {
    regex.0.is_match(bytes)
}

fn bytes_regex_is_match_at(regex: &BytesRegex, bytes: &[u8], start: u32) -> Result<bool, BoundaryError> {
    regex.0.is_match_at(bytes, start).map_err(|error| refused(&error))
}

fn bytes_regex_is_match_task(
    regex: &BytesRegex,
    bytes: &[u8],
    start: u32,
    _: &CancelToken,
) -> Result<bool, BoundaryError> {
    bytes_regex_is_match_at(regex, bytes, start)
}

fn bytes_regex_find(regex: &BytesRegex, bytes: &[u8], start: u32) -> Result<Option<Packed<[u32; 2]>>, BoundaryError> {
    let found = regex.0.find_at(bytes, start).map_err(|error| refused(&error))?;
    Ok(found.map(packed))
}

fn bytes_regex_find_task(
    regex: &BytesRegex,
    bytes: &[u8],
    start: u32,
    _: &CancelToken,
) -> Result<Option<Packed<[u32; 2]>>, BoundaryError> {
    bytes_regex_find(regex, bytes, start)
}

fn bytes_regex_captures(
    regex: &BytesRegex,
    bytes: &[u8],
    start: u32,
) -> Result<Option<Packed<Vec<u32>>>, BoundaryError> {
    let mut out = Vec::new();
    let found = regex.0.captures_at(bytes, start, &mut out).map_err(|error| refused(&error))?;
    Ok(found.then_some(Packed(out)))
}

fn bytes_regex_captures_task(
    regex: &BytesRegex,
    bytes: &[u8],
    start: u32,
    _: &CancelToken,
) -> Result<Option<Packed<Vec<u32>>>, BoundaryError> {
    bytes_regex_captures(regex, bytes, start)
}

fn bytes_regex_find_all_task(
    regex: &BytesRegex,
    bytes: &[u8],
    groups: bool,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    gathered(&regex.0, bytes, groups, limit, token)
}

fn bytes_regex_count_task(regex: &BytesRegex, bytes: &[u8], token: &CancelToken) -> Result<usize, BoundaryError> {
    regex.0.count(bytes, &|| token.check().map_err(|_| Stop)).map_err(|error| stopped(&error, token))
}

fn bytes_regex_replace_task(
    regex: &BytesRegex,
    bytes: &[u8],
    template: &[u8],
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Option<Bytes>, BoundaryError> {
    Ok(replaced(&regex.0, bytes, template, limit, token)?.map(Bytes))
}

fn bytes_regex_split_task(
    regex: &BytesRegex,
    bytes: &[u8],
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    let pieces = regex.0.splitn(bytes, count_of(limit), &|| token.check().map_err(|_| Stop));
    pieces.map(Packed).map_err(|error| stopped(&error, token))
}

/// An iteration: the pattern, the bytes it goes over, and where it stands.
struct BytesMatches {
    regex: Arc<engine::BytesRegex>,
    bytes: Vec<u8>,
    cursor: MatchCursor<[u8]>,
    groups: bool,
}

impl Object for BytesMatches {
    const NAME: &'static str = "BytesMatches";

    fn native_bytes(&self) -> usize {
        self.bytes.len()
    }
}

fn bytes_matches_new(
    regex: This<BytesRegex>,
    bytes: Bytes,
    start: u32,
    groups: bool,
) -> Result<New<BytesMatches>, BoundaryError> {
    let Bytes(bytes) = bytes;
    let cursor = MatchCursor::at(bytes.as_slice(), start).map_err(|error| refused(&error))?;
    Ok(New::child_of(regex.handle, BytesMatches { regex: Arc::clone(&regex.0), bytes, cursor, groups }))
}

fn bytes_matches_next_task(
    matches: &mut BytesMatches,
    max: u32,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    let BytesMatches { regex, bytes, cursor, groups } = matches;
    let mut out = Vec::new();
    cursor
        .next_batch(regex, bytes, max as usize, *groups, &mut out, &|| token.check().map_err(|_| Stop))
        .map_err(|error| stopped(&error, token))?;
    Ok(Packed(out))
}

/// Patterns over bytes.
struct BytesRegexSet(engine::BytesRegexSet);

impl Object for BytesRegexSet {
    const NAME: &'static str = "BytesRegexSet";

    fn native_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}

fn bytes_regex_set_new(
    patterns: Vec<&str>,
    flags: Vec<Flag>,
    octal: bool,
    line_terminator: Option<u8>,
    size_limit: Option<usize>,
    dfa_size_limit: Option<usize>,
    nest_limit: Option<u32>,
) -> Result<New<BytesRegexSet>, BoundaryError> {
    let options = options(&flags, octal, line_terminator, size_limit, dfa_size_limit, nest_limit);
    let set = engine::BytesRegexSet::new(&patterns, &options).map_err(|error| refused(&error))?;
    Ok(New::of(BytesRegexSet(set)))
}

fn bytes_regex_set_is_match(set: &BytesRegexSet, bytes: &[u8]) -> bool {
    set.0.is_match(bytes)
}

fn bytes_regex_set_is_match_task(set: &BytesRegexSet, bytes: &[u8], _: &CancelToken) -> bool {
    set.0.is_match(bytes)
}

fn bytes_regex_set_matches(set: &BytesRegexSet, bytes: &[u8]) -> Packed<Vec<u32>> {
    Packed(set.0.matches(bytes))
}

fn bytes_regex_set_matches_task(set: &BytesRegexSet, bytes: &[u8], _: &CancelToken) -> Packed<Vec<u32>> {
    Packed(set.0.matches(bytes))
}

/// The patterns that the one-shot functions used last.
struct PatternCache(engine::PatternCache<str>);

impl Object for PatternCache {
    const NAME: &'static str = "PatternCache";
}

impl PatternCache {
    fn get(&mut self, pattern: &str) -> Result<Regex, BoundaryError> {
        self.0.get(pattern, &Options::default()).map(Regex).map_err(|error| refused(&error))
    }
}

fn pattern_cache_new() -> New<PatternCache> {
    New::of(PatternCache(engine::PatternCache::default()))
}

fn pattern_cache_size(cache: &PatternCache) -> usize {
    cache.0.len()
}

fn pattern_cache_clear(cache: &mut PatternCache) {
    cache.0.clear();
}

fn pattern_cache_group_names(cache: &mut PatternCache, pattern: &str) -> Result<Vec<Option<String>>, BoundaryError> {
    Ok(regex_group_names(&cache.get(pattern)?))
}

fn pattern_cache_is_match(cache: &mut PatternCache, pattern: &str, text: &str) -> Result<bool, BoundaryError> {
    Ok(regex_is_match(&cache.get(pattern)?, text))
}

fn pattern_cache_find(
    cache: &mut PatternCache,
    pattern: &str,
    text: &str,
) -> Result<Option<Packed<[u32; 2]>>, BoundaryError> {
    regex_find(&cache.get(pattern)?, text, 0)
}

fn pattern_cache_captures(
    cache: &mut PatternCache,
    pattern: &str,
    text: &str,
) -> Result<Option<Packed<Vec<u32>>>, BoundaryError> {
    regex_captures(&cache.get(pattern)?, text, 0)
}

fn pattern_cache_find_all_task(
    cache: &mut PatternCache,
    pattern: &str,
    text: &str,
    groups: bool,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    regex_find_all_task(&cache.get(pattern)?, text, groups, limit, token)
}

fn pattern_cache_count_task(
    cache: &mut PatternCache,
    pattern: &str,
    text: &str,
    token: &CancelToken,
) -> Result<usize, BoundaryError> {
    regex_count_task(&cache.get(pattern)?, text, token)
}

fn pattern_cache_replace_task(
    cache: &mut PatternCache,
    pattern: &str,
    text: &str,
    template: &str,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Option<String>, BoundaryError> {
    regex_replace_task(&cache.get(pattern)?, text, template, limit, token)
}

fn pattern_cache_split_task(
    cache: &mut PatternCache,
    pattern: &str,
    text: &str,
    limit: Option<u32>,
    token: &CancelToken,
) -> Result<Packed<Vec<u32>>, BoundaryError> {
    regex_split_task(&cache.get(pattern)?, text, limit, token)
}

fn escape(text: &str) -> String {
    engine::escape(text)
}

fn preset_pattern(name: &str) -> Option<&'static str> {
    presets::Preset::from_name(name).map(presets::Preset::pattern)
}

fn is_email(text: &str) -> bool {
    presets::is_email(text)
}

fn is_url(text: &str) -> bool {
    presets::is_url(text)
}

fn is_ipv4(text: &str) -> bool {
    presets::is_ipv4(text)
}

fn is_phone_us(text: &str) -> bool {
    presets::is_phone_us(text)
}

fn is_hex_color(text: &str) -> bool {
    presets::is_hex_color(text)
}

fn register(system: &mut System) {
    system
        .sync(
            "regexNew",
            &["pattern", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
            regex_new,
        )
        .sync("regexGroupNames", &["regex"], regex_group_names)
        .sync("regexIsMatch", &["regex", "text"], regex_is_match)
        .sync("regexIsMatchAt", &["regex", "text", "start"], regex_is_match_at)
        .blocking("regexIsMatchTask", &["regex", "text", "start"], regex_is_match_task)
        .sync("regexFind", &["regex", "text", "start"], regex_find)
        .blocking("regexFindTask", &["regex", "text", "start"], regex_find_task)
        .sync("regexCaptures", &["regex", "text", "start"], regex_captures)
        .blocking("regexCapturesTask", &["regex", "text", "start"], regex_captures_task)
        .blocking("regexFindAllTask", &["regex", "text", "groups", "limit"], regex_find_all_task)
        .blocking("regexCountTask", &["regex", "text"], regex_count_task)
        .blocking("regexReplaceTask", &["regex", "text", "template", "limit"], regex_replace_task)
        .blocking("regexSplitTask", &["regex", "text", "limit"], regex_split_task)
        .sync("matchesNew", &["regex", "text", "start", "groups"], matches_new)
        .blocking("matchesNextTask", &["matches", "max"], matches_next_task)
        .sync(
            "regexSetNew",
            &["patterns", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
            regex_set_new,
        )
        .sync("regexSetIsMatch", &["set", "text"], regex_set_is_match)
        .blocking("regexSetIsMatchTask", &["set", "text"], regex_set_is_match_task)
        .sync("regexSetMatches", &["set", "text"], regex_set_matches)
        .blocking("regexSetMatchesTask", &["set", "text"], regex_set_matches_task)
        .sync(
            "bytesRegexNew",
            &["pattern", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
            bytes_regex_new,
        )
        .sync("bytesRegexGroupNames", &["regex"], bytes_regex_group_names)
        .sync("bytesRegexIsMatch", &["regex", "bytes"], bytes_regex_is_match)
        .sync("bytesRegexIsMatchAt", &["regex", "bytes", "start"], bytes_regex_is_match_at)
        .blocking("bytesRegexIsMatchTask", &["regex", "bytes", "start"], bytes_regex_is_match_task)
        .sync("bytesRegexFind", &["regex", "bytes", "start"], bytes_regex_find)
        .blocking("bytesRegexFindTask", &["regex", "bytes", "start"], bytes_regex_find_task)
        .sync("bytesRegexCaptures", &["regex", "bytes", "start"], bytes_regex_captures)
        .blocking("bytesRegexCapturesTask", &["regex", "bytes", "start"], bytes_regex_captures_task)
        .blocking("bytesRegexFindAllTask", &["regex", "bytes", "groups", "limit"], bytes_regex_find_all_task)
        .blocking("bytesRegexCountTask", &["regex", "bytes"], bytes_regex_count_task)
        .blocking("bytesRegexReplaceTask", &["regex", "bytes", "template", "limit"], bytes_regex_replace_task)
        .blocking("bytesRegexSplitTask", &["regex", "bytes", "limit"], bytes_regex_split_task)
        .sync("bytesMatchesNew", &["regex", "bytes", "start", "groups"], bytes_matches_new)
        .blocking("bytesMatchesNextTask", &["matches", "max"], bytes_matches_next_task)
        .sync(
            "bytesRegexSetNew",
            &["patterns", "flags", "octal", "lineTerminator", "sizeLimit", "dfaSizeLimit", "nestLimit"],
            bytes_regex_set_new,
        )
        .sync("bytesRegexSetIsMatch", &["set", "bytes"], bytes_regex_set_is_match)
        .blocking("bytesRegexSetIsMatchTask", &["set", "bytes"], bytes_regex_set_is_match_task)
        .sync("bytesRegexSetMatches", &["set", "bytes"], bytes_regex_set_matches)
        .blocking("bytesRegexSetMatchesTask", &["set", "bytes"], bytes_regex_set_matches_task)
        .sync("patternCacheNew", &[], pattern_cache_new)
        .sync("patternCacheSize", &["cache"], pattern_cache_size)
        .sync("patternCacheClear", &["cache"], pattern_cache_clear)
        .sync("patternCacheGroupNames", &["cache", "pattern"], pattern_cache_group_names)
        .sync("patternCacheIsMatch", &["cache", "pattern", "text"], pattern_cache_is_match)
        .sync("patternCacheFind", &["cache", "pattern", "text"], pattern_cache_find)
        .sync("patternCacheCaptures", &["cache", "pattern", "text"], pattern_cache_captures)
        .blocking(
            "patternCacheFindAllTask",
            &["cache", "pattern", "text", "groups", "limit"],
            pattern_cache_find_all_task,
        )
        .blocking("patternCacheCountTask", &["cache", "pattern", "text"], pattern_cache_count_task)
        .blocking(
            "patternCacheReplaceTask",
            &["cache", "pattern", "text", "template", "limit"],
            pattern_cache_replace_task,
        )
        .blocking("patternCacheSplitTask", &["cache", "pattern", "text", "limit"], pattern_cache_split_task)
        .sync("escape", &["text"], escape)
        .sync("presetPattern", &["name"], preset_pattern)
        .sync("isEmail", &["text"], is_email)
        .sync("isUrl", &["text"], is_url)
        .sync("isIpv4", &["text"], is_ipv4)
        .sync("isPhoneUs", &["text"], is_phone_us)
        .sync("isHexColor", &["text"], is_hex_color);
}

ferrule_node::addon! {
    "regex" => register,
}
