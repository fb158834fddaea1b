//! Headers of queries and answers.

use ferrule_tl::{AnswerHeader, Error, QueryHeader, parse_answer_header, parse_query_header};

use crate::{
    guard::{code, input, output},
    observe::text,
    structs::TlHeaderParseResult,
};

const NOTHING: TlHeaderParseResult = TlHeaderParseResult {
    status: 0,
    consumed: 0,
    op: 0,
    real_op: 0,
    flags: 0,
    qid: 0,
    actor_id: 0,
    errnum: 0,
    error_len: 0,
    error: text(b"").0,
};

/// Both headers as C has them.
struct Header {
    op: i32,
    real_op: i32,
    qid: i64,
    actor_id: i64,
    consumed: usize,
}

impl From<QueryHeader> for Header {
    fn from(QueryHeader { op, qid, actor_id, consumed }: QueryHeader) -> Self {
        Self { op, real_op: op, qid, actor_id, consumed }
    }
}

impl From<AnswerHeader> for Header {
    fn from(AnswerHeader { op, real_op, qid, consumed }: AnswerHeader) -> Self {
        Self { op, real_op, qid, actor_id: 0, consumed }
    }
}

impl From<Error> for TlHeaderParseResult {
    fn from(error: Error) -> Self {
        let (text, length) = text(error.to_string().as_bytes());
        Self { status: -1, errnum: error.number(), error: text, error_len: length as i32, ..NOTHING }
    }
}

/// Writes what a header is.
///
/// # Safety
/// As the crate says of input and results.
unsafe fn parse<H: Into<Header>>(
    parse: fn(&[u8]) -> Result<H, Error>,
    too_long: Error,
    (data, length): (*const u8, usize),
    out: *mut TlHeaderParseResult,
) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `data`.
        let parsed = parse(unsafe { input(data, length) }?).map(Into::into);
        let result = match parsed {
            Err(error) => error.into(),
            Ok(Header { op, real_op, qid, actor_id, consumed }) => match i32::try_from(consumed) {
                Ok(consumed) => TlHeaderParseResult { consumed, op, real_op, qid, actor_id, ..NOTHING },
                // Markers can be repeated for more than two gibibytes.
                Err(_) => too_long.into(),
            },
        };
        // SAFETY: the same for `out`.
        unsafe { output(out, result) }
    })
}

/// Reads the header of a query. 0 even if the packet is bad: see out->status. -1 if a pointer is NULL where it must not be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_tl_parse_query_header(
    data: *const u8,
    len: usize,
    out: *mut TlHeaderParseResult,
) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { parse(parse_query_header, Error::QueryHeader, (data, len), out) }
}

/// Reads the header of an answer. 0 even if the packet is bad: see out->status. -1 if a pointer is NULL where it must not be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_tl_parse_answer_header(
    data: *const u8,
    len: usize,
    out: *mut TlHeaderParseResult,
) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { parse(parse_answer_header, Error::AnswerHeader, (data, len), out) }
}
