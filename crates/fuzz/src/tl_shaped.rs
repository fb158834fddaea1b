//! Whole messages of TL by their shape. The input tells the shape and the limits, and then holds a message.

use ferrule_tl::{Error, encode, places};

use crate::tl_values::{second_number, second_string, second_vector};

/// The least bytes of the type at `at`, which is passed; none if it is no type or too deep.
fn least(shape: &[u8], at: &mut usize, depth: usize) -> Option<usize> {
    let kind = *shape.get(*at)?;
    *at += 1;
    match kind {
        _ if depth > 32 => None,
        0 | 3 | 4 => Some(4),
        1 | 2 => Some(8),
        5 => least(shape, at, depth + 1).map(|_| 8),
        6 => {
            let fields = usize::from(*shape.get(*at)?) + 256 * usize::from(*shape.get(*at + 1)?);
            *at += 2;
            let sizes: Option<Vec<usize>> = (0..fields).map(|_| least(shape, at, depth + 1)).collect();
            sizes.filter(|sizes| !sizes.is_empty()).map(|sizes| sizes.iter().sum())
        }
        _ => None,
    }
}

/// A message on its way: what was found of it, and its values as [`encode`] takes them.
struct Second<'data> {
    shape: &'data [u8],
    bytes: &'data [u8],
    at: usize,
    limits: (usize, usize),
    found: Vec<u32>,
    values: Vec<u8>,
}

impl Second<'_> {
    /// The value of the type at `kind`, which is passed.
    fn value(&mut self, kind: &mut usize) -> Result<(), i32> {
        *kind += 1;
        let rest = &self.bytes[self.at..];
        match self.shape[*kind - 1] {
            number @ 0..=2 => {
                let size = if number == 0 { 4 } else { 8 };
                second_number(rest, size)?;
                self.found.push(self.at as u32);
                self.values.extend_from_slice(&rest[..size]);
                self.at += size;
            }
            string @ (3 | 4) => {
                let (content, whole) = second_string(rest, self.limits.0)?;
                if string == 4 && String::from_utf8(content.clone()).is_err() {
                    return Err(-2006);
                }
                let head = if content.len() < 254 { 1 } else { 4 };
                self.found.extend([(self.at + head) as u32, content.len() as u32]);
                self.values.extend_from_slice(&(content.len() as u32).to_le_bytes());
                self.values.extend_from_slice(&content);
                self.at += whole;
            }
            5 => {
                let element = *kind;
                let size = least(self.shape, kind, 0).expect("a type");
                let count = second_vector(rest, size, self.limits.1)?;
                self.found.push(count as u32);
                self.values.extend_from_slice(&(count as u32).to_le_bytes());
                self.at += 8;
                let before = self.found.len();
                for _ in 0..count {
                    self.value(&mut element.clone())?;
                }
                if self.shape[element] <= 2 {
                    self.found.truncate(before);
                    self.found.push((self.at - count * size) as u32);
                }
            }
            _ => {
                let fields = usize::from(self.shape[*kind]) + 256 * usize::from(self.shape[*kind + 1]);
                *kind += 2;
                for _ in 0..fields {
                    self.value(kind)?;
                }
            }
        }
        Ok(())
    }
}

/// [`places`] finds what the second implementation finds, and [`encode`] makes the same message of it again.
pub(crate) fn shaped(data: &[u8]) {
    let Some(([length, start, max_string, max_vector], rest)) = data.split_first_chunk() else { return };
    let (shape, bytes) = rest.split_at(usize::from(*length).min(rest.len()));
    let start = usize::from(*start);
    let got = places(shape, bytes, start as u64, u32::from(*max_string), u32::from(*max_vector), false);
    let _ = encode(shape, bytes, start as u64);
    let mut passed = 0;
    if least(shape, &mut passed, 1).is_none() || passed < shape.len() {
        assert!(got.is_err());
        assert!(encode(shape, bytes, 0).is_err());
        return;
    }
    if start > bytes.len() {
        assert_eq!(got, Err(Error::NotEnoughData { wanted: 0, position: start, size: bytes.len() }));
        return;
    }
    let limits = (usize::from(*max_string), usize::from(*max_vector));
    let mut second = Second { shape, bytes, at: start, limits, found: vec![0], values: Vec::new() };
    match (got, second.value(&mut 0)) {
        (Ok(got), Ok(())) => {
            second.found[0] = second.at as u32;
            assert_eq!(got, second.found);
            assert_eq!(encode(shape, &second.values, 0).unwrap(), &bytes[start..second.at]);
            let whole = places(shape, bytes, start as u64, u32::MAX, u32::MAX, true);
            assert_eq!(whole.is_ok(), second.at == bytes.len());
        }
        (Err(error), Err(number)) => assert_eq!(error.number(), number, "{error}"),
        (got, expected) => panic!("{got:?} where {expected:?} is expected"),
    }
}
