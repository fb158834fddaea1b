//! Headers: an operation, the query's number, markers.

use crate::{Error, wire};

/// The header of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueryHeader {
    /// [`wire::RPC_INVOKE_REQ`] or [`wire::RPC_INVOKE_KPHP_REQ`].
    pub op: i32,
    /// The query's number.
    pub qid: i64,
    /// The actor it is for: the last one named, or 0.
    pub actor_id: i64,
    /// Bytes of the header: a multiple of 4, at least 12.
    pub consumed: usize,
}

/// The header of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerHeader {
    /// [`wire::RPC_REQ_ERROR`], [`wire::RPC_REQ_RESULT`], or [`wire::RPC_REQ_ERROR_WRAPPED`] for an error inside a result.
    pub op: i32,
    /// The operation as it was sent.
    pub real_op: i32,
    /// The query's number.
    pub qid: i64,
    /// Bytes of the header: a multiple of 4, at least 12.
    pub consumed: usize,
}

/// Reads numbers one behind the other.
struct Numbers<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
}

impl Numbers<'_> {
    fn peek<const SIZE: usize>(&self) -> Option<[u8; SIZE]> {
        self.bytes.get(self.at..)?.first_chunk().copied()
    }

    fn peek_int(&self) -> Option<i32> {
        self.peek().map(i32::from_le_bytes)
    }

    fn int(&mut self) -> Option<i32> {
        let value = self.peek_int()?;
        self.at += 4;
        Some(value)
    }

    fn long(&mut self) -> Option<i64> {
        let value = self.peek().map(i64::from_le_bytes)?;
        self.at += 8;
        Some(value)
    }

    /// No flag is known: none may be set.
    fn flags(&mut self) -> Result<(), Error> {
        match self.int() {
            None => Err(Error::HeaderFlags),
            Some(0) => Ok(()),
            Some(flags) => Err(Error::UnsupportedFlags { flags: flags as u32 }),
        }
    }
}

/// Reads the header of a query. Behind one with markers at least four bytes follow: where they end cannot be told otherwise.
///
/// # Errors
/// [`Error::QueryHeader`], [`Error::HeaderFlags`], [`Error::UnsupportedFlags`].
pub fn parse_query_header(bytes: &[u8]) -> Result<QueryHeader, Error> {
    let broken = || Error::QueryHeader;
    let mut numbers = Numbers { bytes, at: 0 };
    let op = numbers.int().ok_or_else(broken)?;
    if op != wire::RPC_INVOKE_REQ && op != wire::RPC_INVOKE_KPHP_REQ {
        return Err(broken());
    }
    let qid = numbers.long().ok_or_else(broken)?;
    let mut actor_id = 0;
    if op == wire::RPC_INVOKE_KPHP_REQ {
        return Ok(QueryHeader { op, qid, actor_id, consumed: numbers.at });
    }
    loop {
        match numbers.peek_int().ok_or_else(broken)? {
            wire::RPC_DEST_ACTOR => {
                numbers.at += 4;
                actor_id = numbers.long().ok_or_else(broken)?;
            }
            wire::RPC_DEST_ACTOR_FLAGS => {
                numbers.at += 4;
                actor_id = numbers.long().ok_or_else(broken)?;
                numbers.flags()?;
            }
            wire::RPC_DEST_FLAGS => {
                numbers.at += 4;
                numbers.flags()?;
            }
            _ => break,
        }
    }
    Ok(QueryHeader { op, qid, actor_id, consumed: numbers.at })
}

/// Reads the header of an answer. Behind that of a result at least four bytes follow.
///
/// # Errors
/// [`Error::AnswerHeader`], [`Error::HeaderFlags`], [`Error::UnsupportedFlags`].
pub fn parse_answer_header(bytes: &[u8]) -> Result<AnswerHeader, Error> {
    let broken = || Error::AnswerHeader;
    let mut numbers = Numbers { bytes, at: 0 };
    let real_op = numbers.int().ok_or_else(broken)?;
    if real_op != wire::RPC_REQ_ERROR && real_op != wire::RPC_REQ_RESULT {
        return Err(broken());
    }
    let qid = numbers.long().ok_or_else(broken)?;
    let mut op = real_op;
    if real_op == wire::RPC_REQ_ERROR {
        return Ok(AnswerHeader { op, real_op, qid, consumed: numbers.at });
    }
    loop {
        match numbers.peek_int().ok_or_else(broken)? {
            wire::RPC_REQ_ERROR => {
                op = wire::RPC_REQ_ERROR_WRAPPED;
                numbers.at += 4;
                // The number of the query inside: the one outside counts.
                numbers.long().ok_or_else(broken)?;
            }
            wire::RPC_REQ_ERROR_WRAPPED => {
                op = wire::RPC_REQ_ERROR_WRAPPED;
                break;
            }
            wire::RPC_REQ_RESULT_FLAGS => {
                numbers.at += 4;
                numbers.flags()?;
            }
            _ => break,
        }
    }
    Ok(AnswerHeader { op, real_op, qid, consumed: numbers.at })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Writer;

    fn bytes(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::new();
        write(&mut writer);
        writer.into_bytes()
    }

    #[test]
    fn a_query_ends_where_its_markers_do() {
        let plain = bytes(|to| _ = to.int(wire::RPC_INVOKE_REQ).long(-3).int(wire::TL_ENGINE_NOP));
        let header = parse_query_header(&plain).unwrap();
        assert_eq!(header, QueryHeader { op: wire::RPC_INVOKE_REQ, qid: -3, actor_id: 0, consumed: 12 });
        let marked = bytes(|to| {
            to.int(wire::RPC_INVOKE_REQ).long(1);
            to.int(wire::RPC_DEST_ACTOR).long(5).int(wire::RPC_DEST_FLAGS).int(0);
            to.int(wire::RPC_DEST_ACTOR_FLAGS).long(6).int(0).int(wire::TL_ENGINE_NOP);
        });
        let header = parse_query_header(&marked).unwrap();
        assert_eq!((header.actor_id, header.consumed), (6, 12 + 12 + 8 + 16));
    }

    #[test]
    fn a_kphp_query_has_no_markers_and_needs_nothing_behind_it() {
        let query = bytes(|to| _ = to.int(wire::RPC_INVOKE_KPHP_REQ).long(9));
        assert_eq!(parse_query_header(&query).unwrap().consumed, 12);
        let marked = bytes(|to| _ = to.int(wire::RPC_INVOKE_KPHP_REQ).long(9).int(wire::RPC_DEST_ACTOR).long(1));
        assert_eq!(parse_query_header(&marked).unwrap().actor_id, 0);
    }

    #[test]
    fn an_error_inside_a_result_is_told_as_such() {
        let answer = bytes(|to| {
            to.int(wire::RPC_REQ_RESULT).long(1).int(wire::RPC_REQ_RESULT_FLAGS).int(0);
            to.int(wire::RPC_REQ_ERROR).long(2).int(-4000);
        });
        let header = parse_answer_header(&answer).unwrap();
        assert_eq!((header.op, header.real_op, header.qid), (wire::RPC_REQ_ERROR_WRAPPED, wire::RPC_REQ_RESULT, 1));
        assert_eq!(header.consumed, 12 + 8 + 12);
        let wrapped = bytes(|to| _ = to.int(wire::RPC_REQ_RESULT).long(1).int(wire::RPC_REQ_ERROR_WRAPPED));
        let header = parse_answer_header(&wrapped).unwrap();
        assert_eq!((header.op, header.consumed), (wire::RPC_REQ_ERROR_WRAPPED, 12));
        let bare = bytes(|to| _ = to.int(wire::RPC_REQ_ERROR).long(3));
        assert_eq!(parse_answer_header(&bare).unwrap().consumed, 12);
    }

    #[test]
    fn every_fault_has_its_text() {
        let texts =
            |result: Result<usize, Error>| result.map_err(|error| (error.number(), error.to_string())).unwrap_err();
        let query = |bytes: &[u8]| texts(parse_query_header(bytes).map(|header| header.consumed));
        let answer = |bytes: &[u8]| texts(parse_answer_header(bytes).map(|header| header.consumed));
        let expected = (-1002, "Expected RPC_INVOKE_REQ or RPC_INVOKE_KPHP_REQ".to_owned());
        let whole = bytes(|to| _ = to.int(wire::RPC_INVOKE_REQ).long(1).int(wire::RPC_DEST_ACTOR).long(2));
        for length in 0..=whole.len() {
            assert_eq!(query(&whole[..length]), expected, "{length}");
        }
        assert_eq!(query(&[0; 40]), expected);
        let expected = (-1002, "Expected RPC_REQ_ERROR or RPC_REQ_RESULT".to_owned());
        assert_eq!(answer(&wire::RPC_REQ_ERROR_WRAPPED.to_le_bytes()), expected);
        assert_eq!(answer(b""), expected);
        let flags = bytes(|to| _ = to.int(wire::RPC_INVOKE_REQ).long(1).int(wire::RPC_DEST_FLAGS));
        assert_eq!(query(&flags), (-1002, "Trying to read 4 bytes at header flags".to_owned()));
        let flags = bytes(|to| _ = to.int(wire::RPC_REQ_RESULT).long(1).int(wire::RPC_REQ_RESULT_FLAGS).int(1));
        assert_eq!(answer(&flags), (-1002, "Unsupported flags in header 0x00000001".to_owned()));
    }

    proptest! {
        #[test]
        fn whatever_comes_a_header_is_inside_it(start in 0..4_usize, rest in prop::collection::vec(any::<u8>(), 0..80)) {
            let ops = [wire::RPC_INVOKE_REQ, wire::RPC_INVOKE_KPHP_REQ, wire::RPC_REQ_RESULT, wire::RPC_REQ_ERROR];
            let bytes = [&ops[start].to_le_bytes()[..], &rest].concat();
            for consumed in [
                parse_query_header(&bytes).map(|header| header.consumed),
                parse_answer_header(&bytes).map(|header| header.consumed),
            ].into_iter().flatten() {
                prop_assert!(consumed >= 12 && consumed % 4 == 0 && consumed <= bytes.len());
            }
        }

        #[test]
        fn any_row_of_markers_is_read_to_its_end(qid: i64, actors in prop::collection::vec(any::<Option<i64>>(), 0..20)) {
            let mut writer = Writer::new();
            writer.int(wire::RPC_INVOKE_REQ).long(qid);
            for actor in &actors {
                match actor {
                    Some(actor) => writer.int(wire::RPC_DEST_ACTOR).long(*actor),
                    None => writer.int(wire::RPC_DEST_FLAGS).int(0),
                };
            }
            let end = writer.as_bytes().len();
            writer.int(wire::TL_ENGINE_NOP);
            let header = parse_query_header(writer.as_bytes()).unwrap();
            let last = actors.iter().copied().flatten().last().unwrap_or(0);
            prop_assert_eq!((header.qid, header.actor_id, header.consumed), (qid, last, end));
        }
    }
}
