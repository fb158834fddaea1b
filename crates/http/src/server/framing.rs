//! Follows what a client of HTTP/1.1 sends while it passes to hyper: where its messages end, and what in them two readers could
//! read in two ways.
//!
//! hyper reads heads whose lines end in a bare line feed, and of a length beside `Transfer-Encoding` it keeps no trace. Who stands
//! between this server and its clients may read either in another way, which is how requests are smuggled (RFC 9112, sections
//! 2.2 and 6.1). A byte of such a head is changed into NUL before hyper sees it: so it is refused as any broken head is, in its
//! turn, with 400 and the end of the connection.
//!
//! Everything but data is lines, in chunked bodies too. What hyper refuses by itself need not be known here: nothing behind it
//! counts.

/// How much is kept of the start and of the end of a line that does not come at once. What is looked for is shorter.
const START: usize = 54;
const END: usize = 10;

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    /// The first of a request, or an empty one before it.
    Request,
    Header,
    ChunkSize,
    /// The end of a chunk's data.
    ChunkEnd,
    Trailer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Line(Line),
    /// In a body of which so much is left.
    Body(u64),
    /// In a chunk of which so much is left.
    Chunk(u64),
    /// Nothing more is looked at: it is no HTTP/1.1, or refused.
    Off,
}

/// Where in the requests of a connection its client is.
#[derive(Debug)]
pub(super) struct Framing {
    at: At,
    /// What came of a line that is not there yet as a whole; if `cut`, its start and its end.
    kept: Vec<u8>,
    cut: bool,
    length: Option<u64>,
    chunked: bool,
    takes_interim: bool,
}

impl Framing {
    pub(super) const fn new() -> Self {
        let at = At::Line(Line::Request);
        Self { at, kept: Vec::new(), cut: false, length: None, chunked: false, takes_interim: false }
    }

    /// Whether all that came are whole requests.
    pub(super) const fn is_between(&self) -> bool {
        matches!(self.at, At::Line(Line::Request)) && self.kept.is_empty()
    }

    /// Whether the last request is of a version that has interim responses.
    pub(super) const fn takes_interim(&self) -> bool {
        self.takes_interim
    }

    /// Looks at what comes next, and spoils what is to be refused.
    pub(super) fn pass(&mut self, bytes: &mut [u8]) {
        let mut start = 0;
        while start < bytes.len() {
            let there = bytes.len() - start;
            match self.at {
                At::Off => return,
                At::Body(left) => start += self.skip(left, there, At::Body, Line::Request),
                At::Chunk(left) => start += self.skip(left, there, At::Chunk, Line::ChunkEnd),
                At::Line(line) => {
                    let Some(length) = memchr::memchr(b'\n', &bytes[start..]) else {
                        return self.keep(&bytes[start..]);
                    };
                    let end = start + length;
                    if !self.ended(line, &bytes[start..end]) {
                        // Neither the line feed, by which hyper may know the head's end, nor what is of another request.
                        let first = if line == Line::Request { start } else { 0 };
                        bytes[end.saturating_sub(2).max(first)] = 0;
                        self.at = At::Off;
                    }
                    start = end + 1;
                }
            }
        }
    }

    /// Goes on in data of which so much is left; how much of it is there.
    fn skip(&mut self, left: u64, there: usize, within: fn(u64) -> At, behind: Line) -> usize {
        let skipped = usize::try_from(left).map_or(there, |left| left.min(there));
        let left = left - skipped as u64;
        self.at = if left == 0 { At::Line(behind) } else { within(left) };
        skipped
    }

    fn keep(&mut self, part: &[u8]) {
        let (start, rest) = part.split_at(START.saturating_sub(self.kept.len()).min(part.len()));
        let end = &rest[rest.len().saturating_sub(END)..];
        self.kept.extend_from_slice(start);
        self.kept.extend_from_slice(end);
        let over = self.kept.len().saturating_sub(START + END);
        if over > 0 {
            self.kept.drain(START..START + over);
        }
        self.cut |= over > 0 || end.len() < rest.len();
    }

    /// A line of which this is the last part, without the line feed. False: it is to be refused.
    fn ended(&mut self, line: Line, part: &[u8]) -> bool {
        if self.kept.is_empty() {
            return self.whole(line, part, false);
        }
        self.keep(part);
        let cut = std::mem::take(&mut self.cut);
        let mut kept = std::mem::take(&mut self.kept);
        let sound = self.whole(line, &kept, cut);
        kept.clear();
        self.kept = kept;
        sound
    }

    fn whole(&mut self, line: Line, text: &[u8], cut: bool) -> bool {
        let Some(text) = text.strip_suffix(b"\r") else {
            // Before a request it ends nothing.
            return line == Line::Request && text.is_empty();
        };
        match line {
            Line::Header if !text.is_empty() => return self.header(text, cut),
            Line::Header => self.at = self.behind_head(),
            Line::Request if text.is_empty() => {}
            Line::Request if text.starts_with(b"PRI * HTTP/2") => self.at = At::Off,
            Line::Request => {
                self.takes_interim = text.ends_with(b" HTTP/1.1");
                (self.length, self.chunked) = (None, false);
                self.at = At::Line(Line::Header);
            }
            Line::ChunkSize => return self.chunk(text, cut),
            Line::ChunkEnd => self.at = At::Line(Line::ChunkSize),
            Line::Trailer if text.is_empty() => self.at = At::Line(Line::Request),
            Line::Trailer => {}
        }
        true
    }

    const fn behind_head(&self) -> At {
        match self.length {
            _ if self.chunked => At::Line(Line::ChunkSize),
            None | Some(0) => At::Line(Line::Request),
            Some(length) => At::Body(length),
        }
    }

    fn header(&mut self, text: &[u8], cut: bool) -> bool {
        if let Some(value) = value_of(text, b"content-length:") {
            // One that is no number is refused by hyper.
            let length = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok());
            self.length = Some(length.unwrap_or_default());
            return !cut && !self.chunked;
        }
        if value_of(text, b"transfer-encoding:").is_some() {
            self.chunked = true;
            return self.length.is_none();
        }
        true
    }

    fn chunk(&mut self, text: &[u8], cut: bool) -> bool {
        let digits = text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
        let size = std::str::from_utf8(&text[..digits]).ok().and_then(|text| u64::from_str_radix(text, 16).ok());
        self.at = match size {
            None => At::Off,
            Some(0) => At::Line(Line::Trailer),
            Some(size) => At::Chunk(size),
        };
        !cut || digits < START
    }
}

fn value_of<'text>(text: &'text [u8], name: &[u8]) -> Option<&'text [u8]> {
    let (start, value) = text.split_at_checked(name.len())?;
    start.eq_ignore_ascii_case(name).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What passes when it comes in such parts, and whether the requests are whole at its end.
    fn passed(text: &[u8], parts: usize) -> (Vec<u8>, bool) {
        let mut framing = Framing::new();
        let mut bytes = text.to_vec();
        bytes.chunks_mut(parts).for_each(|part| framing.pass(part));
        (bytes, framing.is_between())
    }

    const SOUND: [&str; 8] = [
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\n\nGET / HTTP/1.0\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\na\nb\n\nGET / HTTP/1.1\r\n\r\n",
        "POST / HTTP/1.1\r\ncontent-length:0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\n\na\n\r\nA \r\n0123456789\r\n0\r\nx: y\r\n\r\n",
        "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0000000000000000000000001\r\n\n\r\n0\r\n\r\n",
        "GET /a-long-target-a-long-target-a-long-target-a-long-target-a-long-target-a-long-target HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nX: a-long-value-a-long-value-a-long-value-a-long-value-a-long-value-a-long-value\r\n\r\n",
    ];

    #[test]
    fn sound_requests_pass_as_they_are_in_parts_of_every_length() {
        for text in SOUND {
            for parts in 1..=text.len() {
                assert_eq!(passed(text.as_bytes(), parts), (text.as_bytes().to_vec(), true), "{text:?} by {parts}");
            }
            for end in 1..text.len() {
                let (_, between) = passed(&text.as_bytes()[..end], end);
                let rest = &text[end..];
                assert!(!between || text[..end].trim().is_empty() || rest.starts_with("GET"), "{text:?} to {end}");
            }
        }
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_spoilt_in_parts_of_every_length() {
        for text in [
            "GET / HTTP/1.1\nHost: h\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\n\n",
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\n\r\n",
        ] {
            for parts in 1..=text.len() {
                let (bytes, between) = passed(text.as_bytes(), parts);
                let spoilt = bytes.iter().zip(text.as_bytes()).filter(|(is, was)| is != was).count();
                assert_eq!(spoilt, 1, "{text:?} by {parts}: {bytes:?}");
                assert!(!between);
            }
        }
    }

    #[test]
    fn a_request_before_one_that_is_refused_is_left_alone() {
        let first = "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
        let (bytes, _) = passed(format!("{first}G\n").as_bytes(), 1000);
        assert_eq!(&bytes[..first.len()], first.as_bytes());
        assert_ne!(&bytes[first.len()..], b"G\n");
    }

    #[test]
    fn http2_is_not_looked_at() {
        let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\n\n\0\n";
        for parts in 1..=preface.len() {
            assert_eq!(passed(preface, parts), (preface.to_vec(), false));
        }
    }

    #[test]
    fn versions_are_told_apart() {
        for (version, takes) in [("1.1", true), ("1.0", false)] {
            let text = format!("GET /{} HTTP/{version}\r\n\r\n", "a".repeat(200));
            for parts in [1, 7, 24, 1000] {
                let mut framing = Framing::new();
                text.clone().into_bytes().chunks_mut(parts).for_each(|part| framing.pass(part));
                assert_eq!(framing.takes_interim(), takes);
            }
        }
    }

    proptest! {
        #[test]
        fn anything_passes_the_same_whole_or_in_parts(
            text in "(GET|POST) / HTTP/1[.]1\r\n((Content-Length: [0-9]|X: y|Transfer-Encoding: chunked)\r?\n){0,3}\r?\n[0-9a\r\n;]{0,40}",
            parts in 1_usize..80,
        ) {
            let (whole, between) = passed(text.as_bytes(), usize::MAX);
            let (split, split_between) = passed(text.as_bytes(), parts);
            prop_assert_eq!(whole.contains(&0), split.contains(&0));
            prop_assert_eq!(between, split_between);
        }
    }
}
