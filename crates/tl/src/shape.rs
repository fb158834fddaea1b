//! What a message is made of, written as bytes: one byte for each type, those that others are part of first.

use crate::Error;

/// How deep types may stand inside each other.
pub const MAX_DEPTH: usize = 32;

/// A type, by the byte that says so.
pub(crate) enum Kind {
    /// 0: 32 bits.
    Int,
    /// 1: 64 bits.
    Long,
    /// 2: an IEEE 754 number of 64 bits.
    Double,
    /// 3: a string of any bytes.
    Bytes,
    /// 4: a string that is UTF-8.
    Text,
    /// 5: a vector of the type that follows.
    Vector,
    /// 6: so many values, of the types that follow, one behind the other. Two more bytes are how many.
    Struct(usize),
}

/// What is left of a shape.
#[derive(Clone, Copy)]
pub(crate) struct Shape<'shape> {
    bytes: &'shape [u8],
    /// Types around the next one.
    depth: usize,
}

impl<'shape> Shape<'shape> {
    /// A whole one.
    pub(crate) const fn new(bytes: &'shape [u8]) -> Self {
        Self { bytes, depth: 0 }
    }

    const fn wrong(what: &'static str) -> Error {
        Error::Shape { what }
    }

    /// The next type, which is passed.
    pub(crate) fn next(&mut self) -> Result<Kind, Error> {
        let (kind, rest) = self.bytes.split_first().ok_or(Self::wrong("a shape that ends too early"))?;
        self.bytes = rest;
        Ok(match kind {
            0 => Kind::Int,
            1 => Kind::Long,
            2 => Kind::Double,
            3 => Kind::Bytes,
            4 => Kind::Text,
            5 => Kind::Vector,
            6 => {
                let (count, rest) = rest.split_first_chunk().ok_or(Self::wrong("a shape that ends too early"))?;
                self.bytes = rest;
                match u16::from_le_bytes(*count) {
                    // It would take no bytes, however many of them a vector has.
                    0 => return Err(Self::wrong("a struct has at least one field")),
                    count => Kind::Struct(usize::from(count)),
                }
            }
            _ => return Err(Self::wrong("a shape with a type that is none")),
        })
    }

    /// The same one level further in.
    pub(crate) fn inside(self) -> Result<Self, Error> {
        if self.depth + 1 >= MAX_DEPTH {
            return Err(Self::wrong("types inside each other more than 32 deep"));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    /// Goes on behind what was passed inside.
    pub(crate) const fn behind(&mut self, inside: &Self) {
        self.bytes = inside.bytes;
    }

    /// The least bytes that a value of the next type takes; the type is passed.
    pub(crate) fn least(&mut self) -> Result<usize, Error> {
        Ok(match self.next()? {
            Kind::Int | Kind::Bytes | Kind::Text => 4,
            Kind::Long | Kind::Double => 8,
            Kind::Vector => {
                let mut inside = self.inside()?;
                inside.least()?;
                self.behind(&inside);
                8
            }
            Kind::Struct(count) => {
                let mut inside = self.inside()?;
                let mut least = 0_usize;
                for _ in 0..count {
                    least = least.saturating_add(inside.least()?);
                }
                self.behind(&inside);
                least
            }
        })
    }

    /// The size of a value of the next type, if all have the same and it is no struct; nothing is passed.
    pub(crate) fn fixed(self) -> Option<usize> {
        match self.bytes.first() {
            Some(0) => Some(4),
            Some(1 | 2) => Some(8),
            _ => None,
        }
    }

    /// That nothing is left.
    pub(crate) const fn end(&self) -> Result<(), Error> {
        if self.bytes.is_empty() { Ok(()) } else { Err(Self::wrong("a shape that goes on behind its type")) }
    }
}
