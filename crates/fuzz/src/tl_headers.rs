//! Headers of TL: the second implementation cuts the input into words first and walks over them.

use ferrule_tl::{Error, parse_answer_header, parse_query_header};

const INVOKE: u32 = 0x2374_df3d;
const INVOKE_KPHP: u32 = 0x99a3_7fda;
const ERROR: u32 = 0x7ae4_32f5;
const WRAPPED: u32 = 0x7ae4_32f6;
const RESULT: u32 = 0x63ae_da4e;
const ACTOR: u32 = 0x7568_aabd;
const ACTOR_FLAGS: u32 = 0xf0a5_acf7;
const FLAGS: u32 = 0xe352_035e;
const RESULT_FLAGS: u32 = 0x8cc8_4ce1;

/// Operation, operation as sent, query, actor, bytes consumed.
type Header = (u32, u32, u64, u64, usize);

fn words(data: &[u8]) -> Vec<u32> {
    data.chunks_exact(4).map(|word| word.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte))).collect()
}

fn long(words: &[u32], at: usize) -> Option<u64> {
    Some(u64::from(*words.get(at)?) | u64::from(*words.get(at + 1)?) << 32)
}

fn flags(words: &[u32], at: usize) -> Result<(), String> {
    match words.get(at) {
        None => Err("Trying to read 4 bytes at header flags".to_owned()),
        Some(0) => Ok(()),
        Some(flags) => Err(format!("Unsupported flags in header 0x{flags:08x}")),
    }
}

fn second_query(words: &[u32]) -> Result<Header, String> {
    let expected = || "Expected RPC_INVOKE_REQ or RPC_INVOKE_KPHP_REQ".to_owned();
    let op = words.first().copied().filter(|op| [INVOKE, INVOKE_KPHP].contains(op)).ok_or_else(expected)?;
    let qid = long(words, 1).ok_or_else(expected)?;
    let (mut at, mut actor) = (3, 0);
    if op == INVOKE_KPHP {
        return Ok((op, op, qid, actor, at * 4));
    }
    loop {
        let marker = *words.get(at).ok_or_else(expected)?;
        if ![ACTOR, ACTOR_FLAGS, FLAGS].contains(&marker) {
            return Ok((op, op, qid, actor, at * 4));
        }
        at += 1;
        if marker != FLAGS {
            actor = long(words, at).ok_or_else(expected)?;
            at += 2;
        }
        if marker != ACTOR {
            flags(words, at)?;
            at += 1;
        }
    }
}

fn second_answer(words: &[u32]) -> Result<Header, String> {
    let expected = || "Expected RPC_REQ_ERROR or RPC_REQ_RESULT".to_owned();
    let real_op = words.first().copied().filter(|op| [ERROR, RESULT].contains(op)).ok_or_else(expected)?;
    let qid = long(words, 1).ok_or_else(expected)?;
    let (mut at, mut op) = (3, real_op);
    if real_op == ERROR {
        return Ok((op, real_op, qid, 0, at * 4));
    }
    loop {
        let marker = *words.get(at).ok_or_else(expected)?;
        if marker == ERROR || marker == WRAPPED {
            op = WRAPPED;
        }
        match marker {
            ERROR => at = long(words, at + 1).map(|_| at + 3).ok_or_else(expected)?,
            RESULT_FLAGS => at = flags(words, at + 1).map(|()| at + 2)?,
            _ => return Ok((op, real_op, qid, 0, at * 4)),
        }
    }
}

fn compare(data: &[u8], got: Result<Header, Error>, second: &Result<Header, String>) {
    if let Ok((.., consumed)) = got {
        assert!(consumed >= 12 && consumed % 4 == 0 && consumed <= data.len());
    }
    let got = got.map_err(|error| {
        assert_eq!(error.number(), -1002);
        error.to_string()
    });
    assert_eq!(&got, second);
}

/// [`parse_query_header`].
pub(crate) fn query(data: &[u8]) {
    let got = parse_query_header(data)
        .map(|header| (header.op as u32, header.op as u32, header.qid as u64, header.actor_id as u64, header.consumed));
    compare(data, got, &second_query(&words(data)));
}

/// [`parse_answer_header`].
pub(crate) fn answer(data: &[u8]) {
    let got = parse_answer_header(data)
        .map(|header| (header.op as u32, header.real_op as u32, header.qid as u64, 0, header.consumed));
    compare(data, got, &second_answer(&words(data)));
}
