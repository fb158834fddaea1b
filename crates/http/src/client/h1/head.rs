//! The head of a response, and how its body is delimited.

use std::{mem::MaybeUninit, time::Duration};

use super::super::{
    fault::{Fault, Kind},
    request::Headers,
};

/// The most headers any limit allows: their places live on the stack while a head is parsed.
const MOST_HEADERS: usize = 4096;

/// How large a head may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadLimits {
    pub(crate) bytes: usize,
    pub(crate) count: usize,
}

impl HeadLimits {
    pub(crate) fn check(self, size: usize) -> Result<(), Fault> {
        if size <= self.bytes {
            return Ok(());
        }
        let limit = self.bytes as u64;
        Err(Fault::new(Kind::HeaderTooLarge { limit }, format!("the response's head has more than {limit} bytes")))
    }
}

#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) reason: Vec<u8>,
    /// 10, 11 or 20.
    pub(crate) version: u8,
    pub(crate) headers: Headers,
}

/// How a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    Length(u64),
    Chunked,
    /// With the connection.
    Close,
}

/// Looks for the empty line that ends a head, each byte once.
#[derive(Default)]
pub(crate) struct HeadScan {
    seen: usize,
    /// Where the running line begins.
    line: usize,
}

impl HeadScan {
    /// The length of the head with its empty line, when it is all there.
    pub(crate) fn end(&mut self, bytes: &[u8], limits: HeadLimits) -> Result<Option<usize>, Fault> {
        while let Some(offset) = memchr::memchr(b'\n', &bytes[self.seen..]) {
            let at = self.seen + offset;
            limits.check(at + 1)?;
            if at == self.line || bytes[at - 1] != b'\r' {
                return Err(Fault::malformed("the response's head has a line that does not end in CR LF"));
            }
            let empty = at - 1 == self.line;
            self.seen = at + 1;
            if empty {
                if self.line == 0 {
                    return Err(Fault::malformed("the response begins with an empty line"));
                }
                return Ok(Some(at + 1));
            }
            self.line = at + 1;
        }
        self.seen = bytes.len();
        limits.check(self.seen)?;
        // What is no HTTP shall not be waited for.
        let begin = &bytes[..bytes.len().min(5)];
        if !b"HTTP/".starts_with(begin) {
            return Err(Fault::malformed(format!(
                "the response does not begin with \"HTTP/\" but with {:?}",
                shown(begin)
            )));
        }
        Ok(None)
    }
}

fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Parses a whole head.
pub(crate) fn parse(bytes: &[u8], limits: HeadLimits) -> Result<Head, Fault> {
    if limits.count <= 64 {
        return parse_in(bytes, limits, &mut [const { MaybeUninit::uninit() }; 64]);
    }
    match parse_in(bytes, HeadLimits { count: 64, ..limits }, &mut [const { MaybeUninit::uninit() }; 64]) {
        Err(Fault { kind: Kind::HeaderTooLarge { .. }, .. }) => parse_many(bytes, limits),
        parsed => parsed,
    }
}

#[inline(never)]
fn parse_many(bytes: &[u8], limits: HeadLimits) -> Result<Head, Fault> {
    let mut slots: Vec<MaybeUninit<httparse::Header<'_>>> = Vec::new();
    slots.resize_with(limits.count.min(MOST_HEADERS), MaybeUninit::uninit);
    parse_in(bytes, limits, &mut slots)
}

fn parse_in<'head>(
    bytes: &'head [u8],
    limits: HeadLimits,
    slots: &mut [MaybeUninit<httparse::Header<'head>>],
) -> Result<Head, Fault> {
    let mut response = httparse::Response::new(&mut []);
    let slots = &mut slots[..limits.count.min(MOST_HEADERS)];
    match httparse::ParserConfig::default().parse_response_with_uninit_headers(&mut response, bytes, slots) {
        Ok(httparse::Status::Complete(length)) if length == bytes.len() => {}
        Ok(_) => return Err(Fault::malformed("the response's head is cut short")),
        Err(httparse::Error::TooManyHeaders) => {
            let limit = limits.count as u64;
            return Err(Fault::new(
                Kind::HeaderTooLarge { limit },
                format!("the response has more than {limit} headers"),
            ));
        }
        Err(error) => return Err(Fault::malformed(format!("the response's head is not HTTP: {error}"))),
    }
    let version = if response.version == Some(0) { 10 } else { 11 };
    let mut headers = Headers::with_capacity(response.headers.len());
    for header in response.headers.iter() {
        headers.push((header.name.to_ascii_lowercase(), header.value.to_vec()));
    }
    Ok(Head {
        status: response.code.unwrap_or_default(),
        reason: response.reason.unwrap_or_default().as_bytes().to_vec(),
        version,
        headers,
    })
}

/// How the body of a response ends (RFC 9112, section 6.3), and nothing that two readers could see in two ways.
pub(crate) fn framing(head: &Head, method: &str) -> Result<Framing, Fault> {
    let mut length: Option<u64> = None;
    let mut chunked = false;
    for (name, value) in &head.headers {
        match name.as_str() {
            "content-length" => {
                let given = parse_length(value)?;
                if length.is_some_and(|other| other != given) {
                    return Err(Fault::malformed("the response has two content-lengths that differ"));
                }
                length = Some(given);
            }
            "transfer-encoding" => {
                if chunked || !value.eq_ignore_ascii_case(b"chunked") {
                    return Err(Fault::malformed(format!(
                        "the response's transfer-encoding is not \"chunked\" but {:?}",
                        shown(value)
                    )));
                }
                chunked = true;
            }
            _ => {}
        }
    }
    if chunked && length.is_some() {
        return Err(Fault::malformed("the response has both a content-length and a transfer-encoding"));
    }
    if chunked && head.version == 10 {
        return Err(Fault::malformed("a response of HTTP/1.0 has a transfer-encoding"));
    }
    if method == "HEAD" || head.status < 200 || head.status == 204 || head.status == 304 {
        return Ok(Framing::Length(0));
    }
    Ok(match length {
        _ if chunked => Framing::Chunked,
        Some(length) => Framing::Length(length),
        None => Framing::Close,
    })
}

/// Digits alone. Some servers send the same length twice in one line: that is one length.
fn parse_length(value: &[u8]) -> Result<u64, Fault> {
    let refused = || Fault::malformed(format!("the response's content-length is {:?}", shown(value)));
    let mut parts = value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    let first = parts.next().unwrap_or_default();
    if parts.any(|other| other != first)
        || first.is_empty()
        || first.len() > 19
        || !first.iter().all(u8::is_ascii_digit)
    {
        return Err(refused());
    }
    std::str::from_utf8(first).ok().and_then(|digits| digits.parse().ok()).ok_or_else(refused)
}

/// How long the server keeps the connection open behind the response, as far as it says; `None`: it closes it.
pub(crate) fn keeps_alive(head: &Head) -> Option<Duration> {
    let mut keeps = head.version != 10;
    let mut longest = Duration::MAX;
    for (name, value) in &head.headers {
        if name == "keep-alive" {
            longest = longest.min(told_timeout(value).unwrap_or(Duration::MAX));
        }
        if name == "connection" {
            for option in value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
                if option.eq_ignore_ascii_case(b"close") {
                    return None;
                }
                keeps |= option.eq_ignore_ascii_case(b"keep-alive");
            }
        }
    }
    keeps.then_some(longest)
}

/// `timeout=5` of `keep-alive`, less a second: a request must not meet the server as it closes.
fn told_timeout(value: &[u8]) -> Option<Duration> {
    let text = std::str::from_utf8(value).ok()?;
    let seconds = text.split(',').find_map(|part| part.trim().strip_prefix("timeout="))?.trim().parse::<u32>().ok()?;
    Some(Duration::from_secs(u64::from(seconds.saturating_sub(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: HeadLimits = HeadLimits { bytes: 4096, count: 8 };

    fn read(text: &str) -> Result<(Head, Framing), Fault> {
        let end = HeadScan::default().end(text.as_bytes(), LIMITS)?.ok_or_else(|| Fault::malformed("unfinished"))?;
        let head = parse(&text.as_bytes()[..end], LIMITS)?;
        let framing = framing(&head, "GET")?;
        Ok((head, framing))
    }

    #[test]
    fn a_head_is_read_with_its_headers_in_order() {
        let (head, framing) = read("HTTP/1.1 200 Fine\r\nA: 1\r\nB: 2\r\na: 3\r\nContent-Length: 5\r\n\r\n").unwrap();
        let names: Vec<_> = head.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!((head.status, names, framing), (200, vec!["a", "b", "a", "content-length"], Framing::Length(5)));
    }

    #[test]
    fn what_two_readers_could_see_in_two_ways_is_refused() {
        for headers in [
            "Content-Length: 5\r\nTransfer-Encoding: chunked",
            "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: 5, 6",
            "Content-Length: -5",
            "Content-Length: +5",
            "Content-Length: 0x5",
            "Content-Length: ",
            "Content-Length: 99999999999999999999",
            "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: xchunked",
            "Content-Length : 5",
            "A: b\r\n c",
            "A: b\nC: d",
            "A: b\0c",
            "A: b\rc",
            ": b",
            "A b: c",
        ] {
            assert!(read(&format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n")).is_err(), "{headers:?}");
        }
        assert!(read("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").is_err());
        assert!(read("\r\nHTTP/1.1 200 OK\r\n\r\n").is_err());
        assert!(read("ICY 200 OK\r\n\r\n").is_err());
    }

    #[test]
    fn the_same_length_twice_is_one_length() {
        let (_, framing) = read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5, 5\r\n\r\n").unwrap();
        assert_eq!(framing, Framing::Length(5));
    }

    #[test]
    fn limits_hold_for_bytes_and_for_the_number_of_headers() {
        let many = "A: b\r\n".repeat(9);
        assert!(matches!(
            read(&format!("HTTP/1.1 200 OK\r\n{many}\r\n")).unwrap_err().kind,
            Kind::HeaderTooLarge { limit: 8 }
        ));
        let long = "x".repeat(5000);
        assert!(matches!(
            read(&format!("HTTP/1.1 200 OK\r\nA: {long}")).unwrap_err().kind,
            Kind::HeaderTooLarge { limit: 4096 }
        ));
    }
}
