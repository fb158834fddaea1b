//! A few values of simple types in one crossing: what is no text goes through the copy's scratch array, all text as one string.

use std::{ptr, slice};

use napi_sys as sys;

use super::{IntoJs, Param, owned_params, scalar::Scalar};
use crate::{
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// The kinds of `src/boundary/scalars.ts`, by their numbers.
mod kind {
    pub(super) const NULL: f64 = 0.0;
    pub(super) const NUMBER: f64 = 1.0;
    pub(super) const BIGINT: f64 = 2.0;
    pub(super) const BOOLEAN: f64 = 3.0;
    pub(super) const TEXT: f64 = 4.0;
}

/// A list of scalars.
///
/// Where JavaScript reads a result at once, and it has no bytes, it crosses as one string: all texts, one after the other. The
/// scratch array, seen as doubles, has how many values there are, then for each its kind and the value: a text's is its length in
/// UTF-16 units, a bigint's are its 64 bits. An argument is such a string, too. In all other cases both are arrays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PackedScalars(pub Vec<Scalar>);

/// What was read in the first step.
pub enum GatheredScalars {
    /// A string, and kinds and values from the scratch array.
    Packed(Raw, Vec<(f64, f64)>),
    /// An array.
    List(<Vec<Scalar> as Param>::Gathered),
}

impl Param for PackedScalars {
    type Gathered = GatheredScalars;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("packed scalar[]");
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<GatheredScalars, Box<Refusal>> {
        if js::type_of(scope.env(), value) == sys::ValueType::napi_string
            && let Some(cells) = read_scratch(scope)
        {
            return Ok(GatheredScalars::Packed(value, cells));
        }
        Vec::<Scalar>::gather(scope, value).map(GatheredScalars::List)
    }

    #[inline]
    unsafe fn convert<'call>(scope: &'call Scope, gathered: &GatheredScalars) -> Result<(Self, ()), Box<Refusal>> {
        match gathered {
            GatheredScalars::List(gathered) => {
                // SAFETY: scalars own what they hold; their guards keep nothing.
                let (values, _guards) = unsafe { Vec::<Scalar>::convert(scope, gathered) }?;
                Ok((Self(values), ()))
            }
            GatheredScalars::Packed(raw, cells) => {
                // SAFETY: the mark lives as long as the text is looked at, to the end of this function.
                let (text, _mark) = unsafe { <&str as Param>::convert(scope, raw) }?;
                unpack(text, cells)
                    .map(|values| (Self(values), ()))
                    .ok_or_else(|| Refusal::wrong_type("packed scalars"))
            }
        }
    }
}

owned_params!(PackedScalars);

/// Kinds and values out of the scratch array; none when what it says cannot be.
#[inline]
fn read_scratch(scope: &Scope) -> Option<Vec<(f64, f64)>> {
    let scratch = scope.scratch()?;
    // SAFETY: the scratch array has `length` elements of four bytes from the start of its buffer, which is aligned for
    // doubles; it is kept alive by its copy, and JavaScript does not run now.
    let doubles = unsafe { slice::from_raw_parts(scratch.doubles().cast_const(), scratch.length / 2) };
    // More than there is room for cannot have been written.
    let count = (*doubles.first()? as usize).min(doubles.len());
    let cells = doubles.get(1..1 + 2 * count)?;
    Some(cells.chunks_exact(2).map(|cell| (cell[0], cell[1])).collect())
}

#[allow(clippy::float_cmp)]
fn unpack(mut text: &str, cells: &[(f64, f64)]) -> Option<Vec<Scalar>> {
    let is_ascii = text.is_ascii();
    let mut values = Vec::with_capacity(cells.len());
    for (kind, value) in cells {
        values.push(match *kind {
            kind::NULL => Scalar::Null,
            kind::NUMBER => Scalar::Number(*value),
            kind::BIGINT => Scalar::BigInt(value.to_bits() as i64),
            kind::BOOLEAN => Scalar::Boolean(*value != 0.0),
            kind::TEXT => {
                let bytes = if is_ascii { *value as usize } else { bytes_of(text, *value as usize)? };
                let (first, rest) = text.split_at_checked(bytes)?;
                text = rest;
                Scalar::Text(first.to_owned())
            }
            _ => return None,
        });
    }
    Some(values)
}

/// How many bytes the first `units` UTF-16 units of a text have; none when they end inside a character.
fn bytes_of(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    let mut bytes = 0;
    for character in text.chars() {
        if left == 0 {
            break;
        }
        left = left.checked_sub(character.len_utf16())?;
        bytes += character.len_utf8();
    }
    (left == 0).then_some(bytes)
}

impl IntoJs for PackedScalars {
    fn type_name(out: &mut String) {
        out.push_str("packed scalar[]");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        match packed(scope, &self.0) {
            Some(text) => Ok(js::string(scope.env(), &text)?),
            None => self.0.into_js(scope),
        }
    }
}

/// Writes everything but the text; none when it has to be an array.
#[inline]
fn packed(scope: &Scope, values: &[Scalar]) -> Option<String> {
    let scratch = scope.scratch()?;
    if 1 + 2 * values.len() > scratch.length / 2 {
        return None;
    }
    let mut length = 0;
    for value in values {
        match value {
            Scalar::Bytes(_) => return None,
            Scalar::Text(text) => length += text.len(),
            _ => {}
        }
    }
    let mut all = String::with_capacity(length);
    let write = |at: usize, value: f64| {
        // SAFETY: as in `read_scratch`; the highest place was compared with the length above.
        unsafe { ptr::write(scratch.doubles().add(at), value) };
    };
    write(0, values.len() as f64);
    for (at, value) in values.iter().enumerate() {
        let (kind, value) = match value {
            Scalar::Number(number) => (kind::NUMBER, *number),
            Scalar::BigInt(integer) => (kind::BIGINT, f64::from_bits(*integer as u64)),
            Scalar::Boolean(boolean) => (kind::BOOLEAN, f64::from(u8::from(*boolean))),
            Scalar::Text(text) => {
                all.push_str(text);
                let units = if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() };
                (kind::TEXT, units as f64)
            }
            Scalar::Null | Scalar::Bytes(_) => (kind::NULL, 0.0),
        };
        write(1 + 2 * at, kind);
        write(2 + 2 * at, value);
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_javascript_counts() {
        let cells = [(kind::TEXT, 3.0), (kind::NULL, 0.0), (kind::TEXT, 1.0), (kind::TEXT, 0.0)];
        let text = |text: &str| Scalar::Text(text.to_owned());
        assert_eq!(unpack("a😀é", &cells), Some(vec![text("a😀"), Scalar::Null, text("é"), text("")]));
        assert_eq!(unpack("abcd", &cells), Some(vec![text("abc"), Scalar::Null, text("d"), text("")]));
    }

    #[test]
    fn a_cut_inside_a_character_or_behind_the_end_is_none() {
        assert_eq!(unpack("😀", &[(kind::TEXT, 1.0)]), None);
        assert_eq!(unpack("ab", &[(kind::TEXT, 3.0)]), None);
        assert_eq!(unpack("é", &[(kind::TEXT, 2.0)]), None);
    }

    #[test]
    fn a_bigint_keeps_its_bits() {
        let cells = [(kind::BIGINT, f64::from_bits(i64::MIN as u64)), (kind::BIGINT, f64::from_bits(u64::MAX))];
        assert_eq!(unpack("", &cells), Some(vec![Scalar::BigInt(i64::MIN), Scalar::BigInt(-1)]));
    }
}
