//! Reading values.

use crate::{Error, wire};

/// What a reader takes at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a string.
    pub max_string: usize,
    /// Values of a vector.
    pub max_vector: usize,
}

impl Default for Limits {
    /// As long as the format has them; vectors of a million values.
    fn default() -> Self {
        Self { max_string: wire::MAX_STRING, max_vector: 1_000_000 }
    }
}

/// Reads values one behind the other. After an error it stands where it stood before the value.
#[derive(Debug, Clone)]
pub struct Reader<'bytes> {
    bytes: &'bytes [u8],
    at: usize,
    limits: Limits,
}

impl<'bytes> Reader<'bytes> {
    /// Of bytes from their start.
    pub const fn new(bytes: &'bytes [u8], limits: Limits) -> Self {
        Self { bytes, at: 0, limits }
    }

    /// Of bytes from a place in them.
    ///
    /// # Errors
    /// [`Error::NotEnoughData`] for a place behind their end.
    pub const fn from(bytes: &'bytes [u8], position: usize, limits: Limits) -> Result<Self, Error> {
        if position > bytes.len() {
            return Err(Error::NotEnoughData { wanted: 0, position, size: bytes.len() });
        }
        Ok(Self { bytes, at: position, limits })
    }

    /// Passes over so many values of so many bytes.
    pub(crate) fn skip(&mut self, count: usize, size: usize) -> Result<(), Error> {
        let wanted = count.saturating_mul(size);
        if wanted > self.left() {
            return Err(self.short(wanted));
        }
        self.at += wanted;
        Ok(())
    }

    /// Bytes that were read.
    pub const fn position(&self) -> usize {
        self.at
    }

    /// Bytes that are left.
    pub const fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    fn take<const SIZE: usize>(&mut self) -> Result<[u8; SIZE], Error> {
        let value = self.bytes[self.at..].first_chunk().copied().ok_or_else(|| self.short(SIZE))?;
        self.at += SIZE;
        Ok(value)
    }

    const fn short(&self, wanted: usize) -> Error {
        Error::NotEnoughData { wanted, position: self.at, size: self.bytes.len() }
    }

    /// 32 bits.
    ///
    /// # Errors
    /// [`Error::NotEnoughData`], as of all that follow.
    pub fn int(&mut self) -> Result<i32, Error> {
        self.take().map(i32::from_le_bytes)
    }

    /// 64 bits.
    ///
    /// # Errors
    /// As [`Reader::int`].
    pub fn long(&mut self) -> Result<i64, Error> {
        self.take().map(i64::from_le_bytes)
    }

    /// An IEEE 754 number of 64 bits.
    ///
    /// # Errors
    /// As [`Reader::int`].
    pub fn double(&mut self) -> Result<f64, Error> {
        self.take().map(f64::from_le_bytes)
    }

    /// A string.
    ///
    /// # Errors
    /// [`Error::TooLong`] beyond the limit, told before its bytes are looked for; [`Error::NotCanonical`].
    pub fn string(&mut self) -> Result<&'bytes [u8], Error> {
        let start = self.at;
        let word = self.bytes[start..].first_chunk::<4>().copied().ok_or_else(|| self.short(4))?;
        let (head, length) = match word[0] {
            254 => (4, (u32::from_le_bytes(word) >> 8) as usize),
            255 => return Err(Error::NotCanonical { position: start }),
            short => (1, usize::from(short)),
        };
        if head == 4 && length < 254 {
            return Err(Error::NotCanonical { position: start });
        }
        let limit = self.limits.max_string;
        if length > limit {
            return Err(Error::TooLong { what: "string", length, limit, position: start });
        }
        let whole = (head + length).next_multiple_of(4);
        let value = self.bytes[start..].get(..whole).ok_or_else(|| self.short(whole))?;
        let (value, padding) = value[head..].split_at(length);
        if padding.iter().any(|byte| *byte != 0) {
            return Err(Error::NotCanonical { position: start });
        }
        self.at += whole;
        Ok(value)
    }

    /// A string that is UTF-8.
    ///
    /// # Errors
    /// As [`Reader::string`], and [`Error::NotText`].
    pub fn text(&mut self) -> Result<&'bytes str, Error> {
        let position = self.at;
        std::str::from_utf8(self.string()?).map_err(|_| {
            self.at = position;
            Error::NotText { position }
        })
    }

    /// The head of a vector of values that have at least `least` bytes each: how many follow. A count that the rest cannot hold is
    /// refused here.
    ///
    /// # Errors
    /// [`Error::Constructor`], [`Error::Count`], [`Error::TooLong`] beyond the limit.
    pub fn vector(&mut self, least: usize) -> Result<usize, Error> {
        let start = self.at;
        let counted = self.count(least);
        if counted.is_err() {
            self.at = start;
        }
        counted
    }

    fn count(&mut self, least: usize) -> Result<usize, Error> {
        let position = self.at;
        let found = self.int()?;
        if found != wire::TL_VECTOR {
            return Err(Error::Constructor { expected: wire::TL_VECTOR, found, position });
        }
        let position = self.at;
        let found = self.int()?;
        let count = usize::try_from(found).map_err(|_| Error::Count { found, position })?;
        let limit = self.limits.max_vector;
        if count > limit {
            return Err(Error::TooLong { what: "vector", length: count, limit, position });
        }
        let wanted = count.saturating_mul(least);
        if wanted > self.left() { Err(self.short(wanted)) } else { Ok(count) }
    }

    /// That nothing is left.
    ///
    /// # Errors
    /// [`Error::ExtraData`].
    pub const fn end(&self) -> Result<(), Error> {
        if self.left() == 0 { Ok(()) } else { Err(Error::ExtraData { position: self.at, size: self.bytes.len() }) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Writer;

    #[test]
    fn lengths_change_their_form_where_the_format_says() {
        for (length, whole) in
            [(0, 4), (1, 4), (3, 4), (4, 8), (253, 256), (254, 260), (255, 260), (256, 260), (257, 264)]
        {
            let text = vec![b'x'; length];
            let mut writer = Writer::new();
            writer.string(&text).unwrap();
            assert_eq!(writer.as_bytes().len(), whole, "{length}");
            let mut reader = Reader::new(writer.as_bytes(), Limits::default());
            assert_eq!(reader.string().unwrap(), text);
            reader.end().unwrap();
        }
    }

    #[test]
    fn a_second_encoding_of_a_string_is_refused() {
        for bytes in [&[254, 1, 0, 0, b'x', 0, 0, 0][..], &[1, b'x', 0, 1], &[255, 0, 0, 0, 0, 0, 0, 0]] {
            let mut reader = Reader::new(bytes, Limits::default());
            assert_eq!(reader.string(), Err(Error::NotCanonical { position: 0 }));
            assert_eq!(reader.position(), 0);
        }
    }

    #[test]
    fn what_is_claimed_is_checked_before_it_is_looked_for() {
        let limits = Limits { max_string: 3, max_vector: 2 };
        let mut writer = Writer::new();
        writer.string(b"four").unwrap();
        let error = Reader::new(writer.as_bytes(), limits).string().unwrap_err();
        assert_eq!(
            (error.number(), error.to_string()),
            (-2003, "the string of 4 at position 0 is too long: the limit is 3".to_owned())
        );
        let mut writer = Writer::new();
        writer.vector(3).unwrap().int(1).int(2).int(3);
        let error = Reader::new(writer.as_bytes(), limits).vector(4).unwrap_err();
        assert_eq!(error, Error::TooLong { what: "vector", length: 3, limit: 2, position: 4 });
        let mut writer = Writer::new();
        writer.vector(900_000).unwrap();
        let error = Reader::new(writer.as_bytes(), Limits::default()).vector(8).unwrap_err();
        assert_eq!(error.to_string(), "Trying to read 7200000 bytes at position 8 (size = 8)");
        let mut writer = Writer::new();
        writer.int(wire::TL_VECTOR).int(-1);
        let error = Reader::new(writer.as_bytes(), Limits::default()).vector(0).unwrap_err();
        assert_eq!(error, Error::Count { found: -1, position: 4 });
    }

    #[test]
    fn errors_say_where() {
        let mut reader = Reader::new(&[0; 6], Limits::default());
        reader.int().unwrap();
        let error = reader.long().unwrap_err();
        assert_eq!((error.number(), &*error.to_string()), (-1004, "Trying to read 8 bytes at position 4 (size = 6)"));
        assert_eq!(reader.end().unwrap_err().to_string(), "2 bytes too many at position 4 (size = 6)");
        let mut writer = Writer::new();
        writer.string(&[0xff]).unwrap();
        assert_eq!(Reader::new(writer.as_bytes(), Limits::default()).text(), Err(Error::NotText { position: 0 }));
    }

    #[derive(Debug, Clone)]
    enum Value {
        Int(i32),
        Long(i64),
        Double(f64),
        Text(Vec<u8>),
        Ints(Vec<i32>),
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<i32>().prop_map(Value::Int),
            any::<i64>().prop_map(Value::Long),
            any::<u64>().prop_map(|bits| Value::Double(f64::from_bits(bits))),
            prop::collection::vec(any::<u8>(), 0..600).prop_map(Value::Text),
            prop::collection::vec(any::<i32>(), 0..20).prop_map(Value::Ints),
        ]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(values in prop::collection::vec(value(), 0..20)) {
            let mut writer = Writer::new();
            for value in &values {
                match value {
                    Value::Int(value) => _ = writer.int(*value),
                    Value::Long(value) => _ = writer.long(*value),
                    Value::Double(value) => _ = writer.double(*value),
                    Value::Text(value) => _ = writer.string(value).unwrap(),
                    Value::Ints(values) => {
                        writer.vector(values.len()).unwrap();
                        for value in values {
                            writer.int(*value);
                        }
                    }
                }
            }
            prop_assert_eq!(writer.as_bytes().len() % 4, 0);
            let mut reader = Reader::new(writer.as_bytes(), Limits::default());
            for value in &values {
                match value {
                    Value::Int(value) => prop_assert_eq!(reader.int().unwrap(), *value),
                    Value::Long(value) => prop_assert_eq!(reader.long().unwrap(), *value),
                    Value::Double(value) => prop_assert_eq!(reader.double().unwrap().to_bits(), value.to_bits()),
                    Value::Text(value) => prop_assert_eq!(reader.string().unwrap(), &value[..]),
                    Value::Ints(values) => {
                        prop_assert_eq!(reader.vector(4).unwrap(), values.len());
                        for value in values {
                            prop_assert_eq!(reader.int().unwrap(), *value);
                        }
                    }
                }
            }
            reader.end().unwrap();
        }

        #[test]
        fn whatever_comes_is_read_or_refused_and_a_refusal_moves_nothing(bytes: Vec<u8>, kinds in prop::collection::vec(0..6, 0..30)) {
            let mut reader = Reader::new(&bytes, Limits { max_string: 100, max_vector: 10 });
            for kind in kinds {
                let before = reader.position();
                let read = match kind {
                    0 => reader.int().is_ok(),
                    1 => reader.long().is_ok(),
                    2 => reader.double().is_ok(),
                    3 => reader.string().is_ok(),
                    4 => reader.text().is_ok(),
                    _ => reader.vector(4).is_ok(),
                };
                prop_assert_eq!(reader.position() > before, read);
                prop_assert!(reader.position() <= bytes.len());
            }
        }
    }
}
