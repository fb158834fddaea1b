//! Headers as a few words, for who reads a result where it stands instead of taking it apart.

use crate::{Error, parse_answer_header, parse_query_header};

/// What a header came to. The first word is 0, then come the operation, the query's number and the actor (two words each, the low one
/// first), the operation as it was sent, and the bytes consumed (two words). If it is not 0, it is the fault and the second word the
/// flags: [`header_fault`] tells them.
pub type HeaderWords = [u32; 9];

const QUERY: u32 = 1;
const ANSWER: u32 = 2;
const NO_FLAGS: u32 = 3;
const FLAGS: u32 = 4;

const fn low(value: u64) -> u32 {
    value as u32
}

const fn high(value: u64) -> u32 {
    (value >> 32) as u32
}

const fn words(op: i32, real_op: i32, qid: i64, actor_id: i64, consumed: usize) -> HeaderWords {
    let (qid, actor_id, consumed) = (qid as u64, actor_id as u64, consumed as u64);
    [0, op as u32, low(qid), high(qid), low(actor_id), high(actor_id), real_op as u32, low(consumed), high(consumed)]
}

const fn fault(error: &Error) -> HeaderWords {
    let (fault, flags) = match error {
        Error::HeaderFlags => (NO_FLAGS, 0),
        Error::UnsupportedFlags { flags } => (FLAGS, *flags),
        Error::AnswerHeader => (ANSWER, 0),
        _ => (QUERY, 0),
    };
    [fault, flags, 0, 0, 0, 0, 0, 0, 0]
}

/// [`parse_query_header`] in words.
pub fn query_header_words(bytes: &[u8]) -> HeaderWords {
    match parse_query_header(bytes) {
        Ok(header) => words(header.op, header.op, header.qid, header.actor_id, header.consumed),
        Err(error) => fault(&error),
    }
}

/// [`parse_answer_header`] in words.
pub fn answer_header_words(bytes: &[u8]) -> HeaderWords {
    match parse_answer_header(bytes) {
        Ok(header) => words(header.op, header.real_op, header.qid, 0, header.consumed),
        Err(error) => fault(&error),
    }
}

/// The text of a fault that stands in [`HeaderWords`].
pub fn header_fault(fault: u32, flags: u32) -> String {
    let error = match fault {
        QUERY => Error::QueryHeader,
        ANSWER => Error::AnswerHeader,
        NO_FLAGS => Error::HeaderFlags,
        _ => Error::UnsupportedFlags { flags },
    };
    error.to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Writer, wire};

    fn told(words: HeaderWords) -> Result<(i32, i32, i64, i64, usize), String> {
        let long = |at: usize| u64::from(words[at]) | u64::from(words[at + 1]) << 32;
        match words[0] {
            0 => Ok((words[1] as i32, words[6] as i32, long(2) as i64, long(4) as i64, long(7) as usize)),
            fault => Err(header_fault(fault, words[1])),
        }
    }

    proptest! {
        #[test]
        fn they_tell_what_the_header_does(start in 0..5_usize, qid: i64, rest in prop::collection::vec(
            prop_oneof![Just(0), Just(1), Just(wire::RPC_DEST_ACTOR), Just(wire::RPC_DEST_FLAGS), Just(wire::RPC_REQ_ERROR), Just(wire::RPC_REQ_RESULT_FLAGS), any::<i32>()], 0..12)) {
            let ops = [wire::RPC_INVOKE_REQ, wire::RPC_INVOKE_KPHP_REQ, wire::RPC_REQ_RESULT, wire::RPC_REQ_ERROR, 7];
            let mut writer = Writer::new();
            writer.int(ops[start]).long(qid);
            for word in rest {
                writer.int(word);
            }
            let bytes = writer.as_bytes();
            prop_assert_eq!(
                told(query_header_words(bytes)),
                parse_query_header(bytes)
                    .map(|header| (header.op, header.op, header.qid, header.actor_id, header.consumed))
                    .map_err(|error| error.to_string())
            );
            prop_assert_eq!(
                told(answer_header_words(bytes)),
                parse_answer_header(bytes)
                    .map(|header| (header.op, header.real_op, header.qid, 0, header.consumed))
                    .map_err(|error| error.to_string())
            );
        }
    }
}
