//! Glue as a careful person writes it: the same engine, the same boundary, the same exports as in `src/regex/glue.rs`.

use std::sync::Arc;

use ferrule_node::{
    New, Object, Packed, System,
    core::{
        cancel::CancelToken,
        error::{BoundaryError, code},
    },
};
use ferrule_regex::{self as engine, Error, Options, Stop};

fn refused(error: &Error) -> BoundaryError {
    let message = error.to_string();
    match error {
        Error::Syntax { detail, start, end, index, .. } => BoundaryError::new("ERR_REGEX_SYNTAX", message)
            .with("detail", detail.clone())
            .with("start", f64::from(*start))
            .with("end", f64::from(*end))
            .with("index", f64::from(*index)),
        Error::OutOfRange { position, .. } => {
            BoundaryError::new(code::OUT_OF_RANGE, message).with("position", f64::from(*position))
        }
        Error::Stopped => BoundaryError::new(code::ABORTED, message),
        _ => BoundaryError::new(code::UNSUPPORTED, message),
    }
}

struct Regex(Arc<engine::Regex>);

impl Object for Regex {
    const NAME: &'static str = "Regex";

    fn native_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}

fn regex_new(pattern: &str) -> Result<New<Regex>, BoundaryError> {
    let regex = engine::Regex::new(pattern, &Options::default()).map_err(|error| refused(&error))?;
    Ok(New::of(Regex(Arc::new(regex))))
}

fn regex_group_names(regex: &Regex) -> Vec<Option<String>> {
    regex.0.group_names().map(|name| name.map(str::to_owned)).collect()
}

fn regex_is_match(regex: &Regex, text: &str) -> bool {
    regex.0.is_match(text)
}

fn regex_find(regex: &Regex, text: &str, start: u32) -> Result<Option<Packed<[u32; 2]>>, BoundaryError> {
    let found = regex.0.find_at(text, start).map_err(|error| refused(&error))?;
    Ok(found.map(|span| Packed([span.start, span.end])))
}

fn regex_captures(regex: &Regex, text: &str, start: u32) -> Result<Option<Packed<Vec<u32>>>, BoundaryError> {
    let mut out = Vec::new();
    let found = regex.0.captures_at(text, start, &mut out).map_err(|error| refused(&error))?;
    Ok(found.then_some(Packed(out)))
}

fn regex_count_task(regex: &Regex, text: &str, token: &CancelToken) -> Result<usize, BoundaryError> {
    regex.0.count(text, &|| token.check().map_err(|_| Stop)).map_err(|error| match token.check() {
        Err(stop) => stop.into(),
        Ok(()) => refused(&error),
    })
}

struct RegexSet(engine::RegexSet);

impl Object for RegexSet {
    const NAME: &'static str = "RegexSet";
}

fn regex_set_new(patterns: Vec<&str>) -> Result<New<RegexSet>, BoundaryError> {
    let set = engine::RegexSet::new(&patterns, &Options::default()).map_err(|error| refused(&error))?;
    Ok(New::of(RegexSet(set)))
}

fn regex_set_matches(set: &RegexSet, text: &str) -> Packed<Vec<u32>> {
    Packed(set.0.matches(text))
}

struct PatternCache(engine::PatternCache<str>);

impl Object for PatternCache {
    const NAME: &'static str = "PatternCache";
}

fn pattern_cache_new() -> New<PatternCache> {
    New::of(PatternCache(engine::PatternCache::default()))
}

fn pattern_cache_is_match(cache: &mut PatternCache, pattern: &str, text: &str) -> Result<bool, BoundaryError> {
    let regex = cache.0.get(pattern, &Options::default()).map_err(|error| refused(&error))?;
    Ok(regex.is_match(text))
}

fn escape(text: &str) -> String {
    engine::escape(text)
}

fn register(system: &mut System) {
    system
        .sync("regexNew", &["pattern"], regex_new)
        .sync("regexGroupNames", &["regex"], regex_group_names)
        .sync("regexIsMatch", &["regex", "text"], regex_is_match)
        .sync("regexFind", &["regex", "text", "start"], regex_find)
        .sync("regexCaptures", &["regex", "text", "start"], regex_captures)
        .blocking("regexCountTask", &["regex", "text"], regex_count_task)
        .sync("regexSetNew", &["patterns"], regex_set_new)
        .sync("regexSetMatches", &["set", "text"], regex_set_matches)
        .sync("patternCacheNew", &[], pattern_cache_new)
        .sync("patternCacheIsMatch", &["cache", "pattern", "text"], pattern_cache_is_match)
        .sync("escape", &["text"], escape);
}

ferrule_node::addon! {
    "regex" => register,
}
