//! Values of TL, read and written. The input tells its limits, what to read, and then holds what is read.

use ferrule_tl::{Error, Limits, Reader, Writer};

/// What was read, and how many bytes it takes; or the number of what is wrong.
type Read = Result<(Value, usize), i32>;

#[derive(Debug, PartialEq)]
enum Value {
    Int(u32),
    Long(u64),
    Double(u64),
    Bytes(Vec<u8>),
    Text(String),
    Vector(usize),
}

fn little(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

pub(crate) fn second_number(rest: &[u8], size: usize) -> Result<u64, i32> {
    if rest.len() < size { Err(-1004) } else { Ok(little(&rest[..size])) }
}

pub(crate) fn second_string(rest: &[u8], limit: usize) -> Result<(Vec<u8>, usize), i32> {
    let word = second_number(rest, 4)? as usize;
    let (head, length) = if word % 256 < 254 { (1, word % 256) } else { (4, word / 256) };
    if word % 256 == 255 || (head == 4 && length < 254) {
        return Err(-2006);
    }
    if length > limit {
        return Err(-2003);
    }
    let mut whole = head + length;
    while !whole.is_multiple_of(4) {
        whole += 1;
    }
    if rest.len() < whole {
        return Err(-1004);
    }
    let padded = &rest[head + length..whole];
    if padded.iter().any(|byte| *byte != 0) { Err(-2006) } else { Ok((rest[head..head + length].to_vec(), whole)) }
}

pub(crate) fn second_vector(rest: &[u8], least: usize, limit: usize) -> Result<usize, i32> {
    if second_number(rest, 4)? != 0x1cb5_c415 {
        return Err(-2006);
    }
    let count = second_number(&rest[4..], 4)? as usize;
    match count {
        0x8000_0000.. => Err(-2004),
        _ if count > limit => Err(-2003),
        _ if count * least > rest.len() - 8 => Err(-1004),
        _ => Ok(count),
    }
}

fn second(kind: u8, rest: &[u8], limits: Limits) -> Read {
    match kind % 6 {
        0 => Ok((Value::Int(second_number(rest, 4)? as u32), 4)),
        1 => Ok((Value::Long(second_number(rest, 8)?), 8)),
        2 => Ok((Value::Double(second_number(rest, 8)?), 8)),
        3 => second_string(rest, limits.max_string).map(|(bytes, whole)| (Value::Bytes(bytes), whole)),
        4 => {
            let (bytes, whole) = second_string(rest, limits.max_string)?;
            Ok((Value::Text(String::from_utf8(bytes).map_err(|_| -2006)?), whole))
        }
        _ => Ok((Value::Vector(second_vector(rest, usize::from(kind / 6), limits.max_vector)?), 8)),
    }
}

fn read(kind: u8, reader: &mut Reader<'_>) -> Result<Value, Error> {
    Ok(match kind % 6 {
        0 => Value::Int(reader.int()? as u32),
        1 => Value::Long(reader.long()? as u64),
        2 => Value::Double(reader.double()?.to_bits()),
        3 => Value::Bytes(reader.string()?.to_vec()),
        4 => Value::Text(reader.text()?.to_owned()),
        _ => Value::Vector(reader.vector(usize::from(kind / 6))?),
    })
}

fn written(value: &Value) -> Vec<u8> {
    let mut writer = Writer::new();
    match value {
        Value::Int(value) => _ = writer.int(*value as i32),
        Value::Long(value) => _ = writer.long(*value as i64),
        Value::Double(bits) => _ = writer.double(f64::from_bits(*bits)),
        Value::Bytes(bytes) => _ = writer.string(bytes).unwrap(),
        Value::Text(text) => _ = writer.string(text.as_bytes()).unwrap(),
        Value::Vector(count) => _ = writer.vector(*count).unwrap(),
    }
    writer.into_bytes()
}

/// [`Reader`] reads what the second implementation reads, and [`Writer`] writes it back as it was: every value has one encoding.
pub(crate) fn reader(data: &[u8]) {
    let Some(([max_string, max_vector, kinds], rest)) = data.split_first_chunk() else { return };
    let whole = |limit: &u8| if *limit == 255 { usize::MAX } else { usize::from(*limit) };
    let limits = Limits { max_string: whole(max_string), max_vector: whole(max_vector) };
    let (kinds, bytes) = rest.split_at(usize::from(*kinds).min(rest.len()));
    let mut reader = Reader::new(bytes, limits);
    let mut at = 0;
    for kind in kinds {
        let expected = second(*kind, &bytes[at..], limits);
        let got = read(*kind, &mut reader);
        if let Err(Error::NotEnoughData { size, position, .. }) = got {
            assert!(size == bytes.len() && position >= at && position <= at + 8);
        }
        match (got, expected) {
            (Ok(got), Ok((expected, length))) => {
                assert_eq!(got, expected);
                assert_eq!(written(&got), &bytes[at..at + length]);
                at += length;
            }
            (Err(error), Err(number)) => assert_eq!(error.number(), number, "{error}"),
            (got, expected) => panic!("{got:?} where {expected:?} is expected"),
        }
        assert_eq!((reader.position(), reader.left()), (at, bytes.len() - at));
    }
    assert_eq!(reader.end().map_err(|error| error.number()), if at == bytes.len() { Ok(()) } else { Err(-1001) });
    strings(kinds, bytes);
}

/// Strings of lengths that the input tells, of its bytes, are read as they were written.
fn strings(lengths: &[u8], bytes: &[u8]) {
    let cut = |length: &u8| &bytes[..(usize::from(*length) * 3).min(bytes.len())];
    let mut writer = Writer::new();
    for length in lengths {
        writer.string(cut(length)).unwrap();
        assert_eq!(writer.as_bytes().len() % 4, 0);
    }
    let mut reader = Reader::new(writer.as_bytes(), Limits::default());
    for length in lengths {
        assert_eq!(reader.string(), Ok(cut(length)));
    }
    assert_eq!(reader.end(), Ok(()));
}
