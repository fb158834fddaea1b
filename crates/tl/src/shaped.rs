//! Whole messages by their shape: where their values are, and their wire form.

use crate::{
    Error, Limits, Reader, Writer,
    shape::{Kind, Shape},
};

/// Checks a message of a shape and says where its values are, so that who asked can take them from there.
///
/// `shape` has one byte for each type: 0 int, 1 long, 2 double, 3 bytes, 4 text, 5 vector (its element's shape follows), 6 struct (two
/// bytes of how many fields, low one first, and their shapes follow).
///
/// The first word is where the message ends. Then comes, for an int, long and double, where it is; for bytes and texts where they begin
/// and how many bytes they have; for a vector how many values it has, and then where the first one is, if they are ints, longs or doubles, or else
/// the words of each; for a struct the words of each field.
///
/// # Errors
/// Those of [`Reader`]; with `whole` [`Error::ExtraData`], if something follows; [`Error::Shape`].
pub fn places(
    shape: &[u8],
    bytes: &[u8],
    start: u64,
    max_string: u32,
    max_vector: u32,
    whole: bool,
) -> Result<Vec<u32>, Error> {
    let limit = u32::MAX as usize;
    if bytes.len() > limit {
        return Err(Error::TooLong { what: "message", length: bytes.len(), limit, position: 0 });
    }
    let limits = Limits { max_string: max_string as usize, max_vector: max_vector as usize };
    let mut reader = Reader::from(bytes, usize::try_from(start).unwrap_or(usize::MAX), limits)?;
    let mut shape = Shape::new(shape);
    let mut found = vec![0];
    place(&mut shape, &mut reader, &mut found)?;
    shape.end()?;
    if whole {
        reader.end()?;
    }
    found[0] = reader.position() as u32;
    Ok(found)
}

fn place(shape: &mut Shape<'_>, reader: &mut Reader<'_>, found: &mut Vec<u32>) -> Result<(), Error> {
    let start = reader.position();
    match shape.next()? {
        Kind::Int => {
            reader.int()?;
            found.push(start as u32);
        }
        Kind::Long | Kind::Double => {
            reader.long()?;
            found.push(start as u32);
        }
        Kind::Bytes => {
            let length = reader.string()?.len();
            found.extend([(start + head(length)) as u32, length as u32]);
        }
        Kind::Text => {
            let length = reader.text()?.len();
            found.extend([(start + head(length)) as u32, length as u32]);
        }
        Kind::Vector => {
            let element = shape.inside()?;
            let mut behind = element;
            let count = reader.vector(behind.least()?)?;
            found.push(count as u32);
            if let Some(size) = element.fixed() {
                found.push(reader.position() as u32);
                reader.skip(count, size)?;
            } else {
                for _ in 0..count {
                    place(&mut element.clone(), reader, found)?;
                }
            }
            shape.behind(&behind);
        }
        Kind::Struct(count) => {
            let mut fields = shape.inside()?;
            for _ in 0..count {
                place(&mut fields, reader, found)?;
            }
            shape.behind(&fields);
        }
    }
    Ok(())
}

/// Bytes of a string's length.
const fn head(length: usize) -> usize {
    if length < 254 { 1 } else { 4 }
}

/// The wire form of values that stand one behind the other, of a shape as for [`places`]. An int, long and double has 4, 8 and 8 bytes,
/// bytes and texts have four bytes of how many there are before them, and so has a vector before its values; numbers are little-endian.
/// `position` is what was written before, for errors.
///
/// # Errors
/// Those of [`Writer`]; [`Error::NotText`]; [`Error::Shape`].
pub fn encode(shape: &[u8], values: &[u8], position: u64) -> Result<Vec<u8>, Error> {
    let before = usize::try_from(position).unwrap_or(usize::MAX);
    let mut shape = Shape::new(shape);
    let mut values = Values { bytes: values, writer: Writer::new(), before };
    values.write(&mut shape)?;
    shape.end()?;
    if values.bytes.is_empty() { Ok(values.writer.into_bytes()) } else { Err(Values::wrong()) }
}

struct Values<'values> {
    bytes: &'values [u8],
    writer: Writer,
    before: usize,
}

impl<'values> Values<'values> {
    const fn wrong() -> Error {
        Error::Shape { what: "values that are not in the shape" }
    }

    fn take(&mut self, length: usize) -> Result<&'values [u8], Error> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or_else(Self::wrong)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn number<const SIZE: usize>(&mut self) -> Result<[u8; SIZE], Error> {
        self.take(SIZE)?.try_into().map_err(|_| Self::wrong())
    }

    fn counted(&mut self) -> Result<usize, Error> {
        Ok(u32::from_le_bytes(self.number()?) as usize)
    }

    fn position(&self) -> usize {
        self.before.saturating_add(self.writer.as_bytes().len())
    }

    /// An error of the writer, which knows nothing of what was written before it.
    fn placed(error: Error, position: usize) -> Error {
        match error {
            Error::TooLong { what, length, limit, .. } => Error::TooLong { what, length, limit, position },
            other => other,
        }
    }

    fn write(&mut self, shape: &mut Shape<'_>) -> Result<(), Error> {
        let position = self.position();
        match shape.next()? {
            Kind::Int => _ = self.number().map(|bytes| self.writer.int(i32::from_le_bytes(bytes)))?,
            Kind::Long | Kind::Double => _ = self.number().map(|bytes| self.writer.long(i64::from_le_bytes(bytes)))?,
            kind @ (Kind::Bytes | Kind::Text) => {
                let length = self.counted()?;
                let string = self.take(length)?;
                if matches!(kind, Kind::Text) && std::str::from_utf8(string).is_err() {
                    return Err(Error::NotText { position });
                }
                self.writer.string(string).map_err(|error| Self::placed(error, position))?;
            }
            Kind::Vector => {
                let count = self.counted()?;
                let element = shape.inside()?;
                let mut behind = element;
                behind.least()?;
                self.writer.vector(count).map_err(|error| Self::placed(error, position))?;
                if let Some(size) = element.fixed() {
                    let values = self.take(count.saturating_mul(size))?;
                    self.writer.raw(values);
                } else {
                    for _ in 0..count {
                        self.write(&mut element.clone())?;
                    }
                }
                shape.behind(&behind);
            }
            Kind::Struct(count) => {
                let mut fields = shape.inside()?;
                for _ in 0..count {
                    self.write(&mut fields)?;
                }
                shape.behind(&fields);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{MAX_DEPTH, wire};

    const MOST: (u32, u32) = (u32::MAX, u32::MAX);

    fn found(shape: &[u8], bytes: &[u8]) -> Result<Vec<u32>, Error> {
        places(shape, bytes, 0, MOST.0, MOST.1, true)
    }

    #[test]
    fn every_value_is_where_it_is_said_to_be() {
        let mut writer = Writer::new();
        writer.int(1).long(2).string(b"text").unwrap();
        writer.vector(3).unwrap().int(4).int(5).int(6);
        writer.vector(2).unwrap().string(b"").unwrap().string(&[b'x'; 254]).unwrap();
        let shape = [6, 5, 0, 0, 1, 3, 5, 0, 5, 4];
        let end = writer.as_bytes().len() as u32;
        assert_eq!(
            found(&shape, writer.as_bytes()).unwrap(),
            [end, 0, 4, 13, 4, 3, 28, 2, 49, 0, 56, 254],
            "{:?}",
            writer.as_bytes()
        );
        let values = [
            &1_i32.to_le_bytes()[..],
            &2_i64.to_le_bytes(),
            &[4, 0, 0, 0],
            b"text",
            &[3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0],
            &[2, 0, 0, 0, 0, 0, 0, 0, 254, 0, 0, 0],
            &[b'x'; 254],
        ]
        .concat();
        assert_eq!(encode(&shape, &values, 0).unwrap(), writer.as_bytes());
        assert!(matches!(encode(&shape, &values[1..], 0), Err(Error::Shape { .. })));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        assert_eq!(
            places(&[0], &[0; 4], 5, MOST.0, MOST.1, false).unwrap_err().to_string(),
            "Trying to read 0 bytes at position 5 (size = 4)"
        );
        assert_eq!(found(&[0], &[0; 8]).unwrap_err().to_string(), "4 bytes too many at position 4 (size = 8)");
        let too_long = encode(&[6, 2, 0, 0, 3], &[&[0; 4][..], &[0, 0, 0, 1], &vec![0; 1 << 24]].concat(), 8);
        assert_eq!(
            too_long.unwrap_err(),
            Error::TooLong { what: "string", length: 1 << 24, limit: wire::MAX_STRING, position: 12 }
        );
        assert_eq!(encode(&[4], &[1, 0, 0, 0, 0xff], 8), Err(Error::NotText { position: 8 }));
    }

    #[test]
    fn shapes_that_are_none_are_refused() {
        for shape in [&[][..], &[7], &[5], &[6], &[6, 1], &[6, 0, 0], &[6, 2, 0, 0], &[0, 0]] {
            assert!(
                matches!(found(shape, &[0; 64]), Err(Error::Shape { .. } | Error::Constructor { .. })),
                "{shape:?}"
            );
            assert!(matches!(encode(shape, &[0; 64], 0), Err(Error::Shape { .. })), "{shape:?}");
        }
        let deep = |depth| [vec![5; depth - 1], vec![0]].concat();
        let none = [wire::TL_VECTOR.to_le_bytes(), [0; 4]].concat();
        assert!(found(&deep(MAX_DEPTH), &none).is_ok());
        assert!(matches!(found(&deep(MAX_DEPTH + 1), &none), Err(Error::Shape { .. })));
    }

    proptest! {
        #[test]
        fn whatever_comes_all_places_are_inside(shape in prop::collection::vec(0..8_u8, 0..12), bytes: Vec<u8>, start in 0..20_u64) {
            if let Ok(found) = places(&shape, &bytes, start, 50, 5, false) {
                prop_assert!(found.iter().all(|word| *word as usize <= bytes.len()));
            }
            let _ = encode(&shape, &bytes, start);
        }

        #[test]
        fn what_is_written_is_where_it_is_said(texts in prop::collection::vec(".{0,300}", 0..6), numbers: Vec<i64>) {
            let values = [
                (texts.len() as u32).to_le_bytes().to_vec(),
                texts.iter().flat_map(|text| [&(text.len() as u32).to_le_bytes(), text.as_bytes()].concat()).collect(),
                (numbers.len() as u32).to_le_bytes().to_vec(),
                numbers.iter().flat_map(|number| number.to_le_bytes()).collect(),
            ]
            .concat();
            let shape = [6, 2, 0, 5, 4, 5, 1];
            let wire = encode(&shape, &values, 0).unwrap();
            let found = found(&shape, &wire).unwrap();
            prop_assert_eq!(found[1] as usize, texts.len());
            for (text, place) in texts.iter().zip(found[2..].chunks_exact(2)) {
                prop_assert_eq!(&wire[place[0] as usize..(place[0] + place[1]) as usize], text.as_bytes());
            }
            let rest = &found[2 + 2 * texts.len()..];
            prop_assert_eq!(rest[0] as usize, numbers.len());
            let expected: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            prop_assert_eq!(&wire[rest[1] as usize..], expected);
        }
    }
}
