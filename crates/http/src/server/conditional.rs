//! Conditions of a request on what it asks for (RFC 9110, section 13).

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};

/// What a file is known by.
pub(super) struct Validators {
    pub(super) etag: String,
    /// To the second, as HTTP writes it.
    pub(super) modified: Option<SystemTime>,
}

/// What comes of the conditions.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The request is answered as if there were none.
    Go,
    /// 304: the client has it.
    NotModified,
    /// 412: it is not what the client thinks.
    Failed,
}

impl Validators {
    pub(super) fn new(length: u64, modified: Option<SystemTime>) -> Self {
        let since = modified.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let etag = format!("\"{length:x}-{:x}\"", since.map_or(0, |since| since.as_nanos()));
        let modified = since.map(|since| SystemTime::UNIX_EPOCH + Duration::from_secs(since.as_secs()));
        Self { etag, modified }
    }

    pub(super) fn verdict(&self, headers: &HeaderMap) -> Verdict {
        if headers.contains_key(header::IF_MATCH) {
            if !self.matches(headers, &header::IF_MATCH, false) {
                return Verdict::Failed;
            }
        } else if let (Some(asked), Some(modified)) = (date(headers, &header::IF_UNMODIFIED_SINCE), self.modified)
            && modified > asked
        {
            return Verdict::Failed;
        }
        if headers.contains_key(header::IF_NONE_MATCH) {
            if self.matches(headers, &header::IF_NONE_MATCH, true) {
                return Verdict::NotModified;
            }
        } else if let (Some(asked), Some(modified)) = (date(headers, &header::IF_MODIFIED_SINCE), self.modified)
            && modified <= asked
        {
            return Verdict::NotModified;
        }
        Verdict::Go
    }

    /// Whether a range is of the file the client began with.
    pub(super) fn allows_range(&self, headers: &HeaderMap) -> bool {
        let Some(condition) = headers.get(header::IF_RANGE) else { return true };
        let Ok(condition) = condition.to_str() else { return false };
        if condition.trim_start().starts_with(['"', 'W']) && !condition.starts_with("Wed") {
            return condition.trim() == self.etag;
        }
        httpdate::parse_http_date(condition).is_ok_and(|date| Some(date) == self.modified)
    }

    fn matches(&self, headers: &HeaderMap, name: &HeaderName, weakly: bool) -> bool {
        headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
            |tag| {
                let tag = tag.trim();
                tag == "*" || tag == self.etag || (weakly && tag.strip_prefix("W/") == Some(&self.etag))
            },
        )
    }
}

fn date(headers: &HeaderMap, name: &HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(name)?.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn verdict(conditions: &[(&'static str, &'static str)]) -> Verdict {
        let validators = Validators::new(16, Some(SystemTime::UNIX_EPOCH + Duration::from_millis(784_111_777_500)));
        let mut headers = HeaderMap::new();
        for (name, value) in conditions {
            headers.append(*name, HeaderValue::from_static(value));
        }
        validators.verdict(&headers)
    }

    #[test]
    fn tags_go_before_dates() {
        let same = "Sun, 06 Nov 1994 08:49:37 GMT";
        let before = "Sun, 06 Nov 1994 08:49:36 GMT";
        assert_eq!(verdict(&[]), Verdict::Go);
        assert_eq!(verdict(&[("if-modified-since", same)]), Verdict::NotModified);
        assert_eq!(verdict(&[("if-modified-since", before)]), Verdict::Go);
        assert_eq!(verdict(&[("if-modified-since", "yesterday")]), Verdict::Go);
        assert_eq!(verdict(&[("if-none-match", "\"other\""), ("if-modified-since", same)]), Verdict::Go);
        assert_eq!(verdict(&[("if-none-match", "\"a\", *")]), Verdict::NotModified);
        assert_eq!(verdict(&[("if-match", "\"other\"")]), Verdict::Failed);
        assert_eq!(verdict(&[("if-unmodified-since", before)]), Verdict::Failed);
    }
}
