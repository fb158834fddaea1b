//! Answers of the host language, as they cross: many in one block.
//!
//! Each is 24 bytes, little-endian (place: slot and generation; status, kind, content type; lengths of head and body), then the
//! head as lines of `name: value\r\n`, then the body.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio::sync::mpsc;

use super::body::Piece;

/// How long the fixed part of a record is.
const FIXED: usize = 24;

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A response with its body.
    Whole,
    /// The start of a response whose body follows in pieces.
    Start,
    /// The end of such a body.
    End,
    /// Such a body fails.
    Fail,
}

/// One of a block.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) slot: u32,
    pub(super) generation: u32,
    pub(super) kind: Kind,
    status: u16,
    content_type: u8,
    head: Bytes,
    body: Bytes,
}

/// Content types that cross as a number.
const CONTENT_TYPES: [&str; 5] = [
    "application/json",
    "text/plain; charset=utf-8",
    "text/html; charset=utf-8",
    "text/event-stream",
    "application/octet-stream",
];

impl Answer {
    /// Status and headers; none when they are not what HTTP calls so.
    fn head(&self) -> Option<(StatusCode, HeaderMap)> {
        let status = StatusCode::from_u16(self.status).ok()?;
        let mut headers = HeaderMap::new();
        if let Some(preset) = self.content_type.checked_sub(1) {
            let text = CONTENT_TYPES.get(usize::from(preset))?;
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(text));
        }
        let mut rest = &self.head[..];
        while !rest.is_empty() {
            let end = rest.windows(2).position(|pair| pair == b"\r\n")?;
            let line = &rest[..end];
            rest = &rest[end + 2..];
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = HeaderName::from_bytes(&line[..colon]).ok()?;
            let value = HeaderValue::from_bytes(line.get(colon + 2..)?).ok()?;
            headers.append(name, value);
        }
        Some((status, headers))
    }
}

/// A response without its body's later pieces.
pub(super) struct Reply {
    /// None: the head was none.
    pub(super) head: Option<(StatusCode, HeaderMap)>,
    pub(super) body: Bytes,
    pub(super) pieces: Option<mpsc::Receiver<Piece>>,
}

impl Reply {
    pub(super) fn new(answer: &Answer, pieces: Option<mpsc::Receiver<Piece>>) -> Self {
        Self { head: answer.head(), body: answer.body.clone(), pieces }
    }

    /// The connection becomes something else.
    pub(super) fn switching(headers: HeaderMap) -> Self {
        Self { head: Some((StatusCode::SWITCHING_PROTOCOLS, headers)), body: Bytes::new(), pieces: None }
    }
}

/// The answers of a block; what is left when it is cut off in the middle is none.
pub(super) fn answers(block: Vec<u8>) -> impl Iterator<Item = Answer> {
    let block = Bytes::from(block);
    let mut at = 0;
    std::iter::from_fn(move || {
        let fixed: &[u8; FIXED] = block.get(at..at + FIXED)?.try_into().ok()?;
        let word =
            |place: usize| u32::from_le_bytes([fixed[place], fixed[place + 1], fixed[place + 2], fixed[place + 3]]);
        let (head, body) = (word(12) as usize, word(16) as usize);
        let from = at + FIXED;
        let end = from.checked_add(head)?.checked_add(body)?;
        if end > block.len() {
            return None;
        }
        at = end;
        Some(Answer {
            slot: word(0),
            generation: word(4),
            status: u16::from_le_bytes([fixed[8], fixed[9]]),
            kind: match fixed[10] {
                0 => Kind::Whole,
                1 => Kind::Start,
                2 => Kind::End,
                _ => Kind::Fail,
            },
            content_type: fixed[11],
            head: block.slice(from..from + head),
            body: block.slice(from + head..end),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(status: u16, kind: u8, content_type: u8, head: &[u8], body: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(7_u32.to_le_bytes());
        bytes.extend(9_u32.to_le_bytes());
        bytes.extend(status.to_le_bytes());
        bytes.extend([kind, content_type]);
        bytes.extend((head.len() as u32).to_le_bytes());
        bytes.extend((body.len() as u32).to_le_bytes());
        bytes.extend([0; 4]);
        bytes.extend(head);
        bytes.extend(body);
        bytes
    }

    #[test]
    fn a_block_is_read_answer_by_answer() {
        let mut block = record(200, 0, 1, b"x-a: 1\r\nx-a: 2\r\n", b"{}");
        block.extend(record(204, 1, 0, b"", b""));
        let all: Vec<_> = answers(block).collect();
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].slot, all[0].generation, &all[0].body[..]), (7, 9, &b"{}"[..]));
        let (status, headers) = all[0].head().unwrap();
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers.get_all("x-a").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(all[1].kind, Kind::Start);
    }

    #[test]
    fn what_is_cut_off_is_no_answer() {
        let whole = record(200, 0, 0, b"a: b\r\n", b"body");
        for length in 0..whole.len() {
            assert_eq!(answers(whole[..length].to_vec()).count(), 0);
        }
    }

    #[test]
    fn a_head_that_would_split_is_refused() {
        for head in ["a: b\rc: d\r\n", "a b: c\r\n", "a: \0\r\n", "no colon\r\n", "a: b"] {
            let block = record(200, 0, 0, head.as_bytes(), b"");
            assert!(answers(block).next().unwrap().head().is_none(), "{head:?}");
        }
        assert!(answers(record(99, 0, 0, b"", b"")).next().unwrap().head().is_none());
    }
}
