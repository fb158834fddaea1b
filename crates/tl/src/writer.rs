//! Writing values.

use crate::{Error, wire};

/// Writes values one behind the other.
#[derive(Debug, Clone, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// Of nothing.
    pub const fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// 32 bits.
    pub fn int(&mut self, value: i32) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// 64 bits.
    pub fn long(&mut self, value: i64) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// An IEEE 754 number of 64 bits, NaN with its bits.
    pub fn double(&mut self, value: f64) -> &mut Self {
        self.bytes.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// A string: its length in one byte below 254, else 254 and three bytes; the bytes; zeros up to a multiple of four.
    ///
    /// # Errors
    /// [`Error::TooLong`] beyond [`wire::MAX_STRING`].
    pub fn string(&mut self, value: &[u8]) -> Result<&mut Self, Error> {
        let length = value.len();
        if length > wire::MAX_STRING {
            let position = self.bytes.len();
            return Err(Error::TooLong { what: "string", length, limit: wire::MAX_STRING, position });
        }
        match u8::try_from(length) {
            Ok(short) if short < 254 => self.bytes.push(short),
            _ => self.bytes.extend_from_slice(&((length as u32) << 8 | 0xfe).to_le_bytes()),
        }
        self.bytes.extend_from_slice(value);
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        Ok(self)
    }

    /// The head of a vector: its number and a count; so many values follow.
    ///
    /// # Errors
    /// [`Error::TooLong`] for a count that no int holds.
    pub fn vector(&mut self, count: usize) -> Result<&mut Self, Error> {
        let (limit, position) = (i32::MAX as usize, self.bytes.len());
        match i32::try_from(count) {
            Ok(count) => Ok(self.int(wire::TL_VECTOR).int(count)),
            Err(_) => Err(Error::TooLong { what: "vector", length: count, limit, position }),
        }
    }

    /// Values that have their wire form.
    pub(crate) fn raw(&mut self, values: &[u8]) {
        self.bytes.extend_from_slice(values);
    }

    /// What was written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
