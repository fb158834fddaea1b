//! Parameters in the form the server wants: by its own type for their place, never by a guess.
//!
//! The frequent types go in binary form. Everything else goes as text, which the server reads itself; so a text is right for any
//! type, and what it cannot be read as is the server's own error.

pub(crate) mod literal;

use bytes::{BufMut, BytesMut};
use tokio_postgres::types::{Format, IsNull, Kind, ToSql, Type};

use super::{
    error::Error,
    value::{Value, whole as whole_number},
};

/// 2000-01-01 in milliseconds since 1970-01-01.
const EPOCH: i64 = 946_684_800_000;
const DAY: i64 = 86_400_000;

/// A value for a place.
#[derive(Debug)]
pub(crate) struct Parameter {
    /// From 1.
    pub(crate) place: u32,
    pub(crate) value: Value,
}

impl Parameter {
    /// Values in the order of their places.
    pub(crate) fn all(values: Vec<crate::Value>, kinds: &str) -> Result<Vec<Self>, Error> {
        let values = Value::all(values, kinds)?;
        Ok(values.into_iter().zip(1..).map(|(value, place)| Self { place, value }).collect())
    }
}

/// Nothing there but its name.
pub(super) fn base(data_type: &Type) -> &Type {
    match data_type.kind() {
        Kind::Domain(base) => self::base(base),
        _ => data_type,
    }
}

pub(super) fn is_text(data_type: &Type) -> bool {
    matches!(*data_type, Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::XML)
        || data_type.name() == "citext"
}

impl ToSql for Parameter {
    fn to_sql(&self, data_type: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let data_type = base(data_type);
        let written = match self.encode_format(data_type) {
            Format::Binary => binary(&self.value, data_type, out),
            Format::Text => {
                let mut text = String::new();
                literal::write(&self.value, data_type, &mut text).map(|()| {
                    out.extend_from_slice(text.as_bytes());
                    IsNull::No
                })
            }
        };
        written.map_err(|expected| self.refused(data_type, &expected).into())
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, data_type: &Type) -> Format {
        let data_type = base(data_type);
        let text = match &self.value {
            Value::Null | Value::Boolean(_) | Value::Bytes(_) | Value::Date(_) => is_json(data_type),
            Value::Number(_) | Value::BigInt(_) => *data_type == Type::NUMERIC || is_json(data_type),
            Value::Text(_) => !is_text(data_type),
            Value::Json(_) | Value::Array(_) => true,
        };
        if text && self.value != Value::Null { Format::Text } else { Format::Binary }
    }

    tokio_postgres::types::to_sql_checked!();
}

impl Parameter {
    #[cold]
    fn refused(&self, data_type: &Type, expected: &str) -> Error {
        Error::Parameter {
            parameter: self.place,
            data_type: data_type.name().to_owned(),
            expected: expected.to_owned(),
            found: found(&self.value),
        }
    }
}

/// A value as errors name it; texts and bytes may be secrets.
pub(super) fn found(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::BigInt(number) => format!("{number}n"),
        Value::Boolean(yes) => yes.to_string(),
        other => other.kind().to_owned(),
    }
}

pub(super) fn is_json(data_type: &Type) -> bool {
    matches!(*data_type, Type::JSON | Type::JSONB)
}

/// What values of a type can be.
pub(super) fn expected(data_type: &Type) -> String {
    match *data_type {
        Type::BOOL => "a boolean",
        Type::INT2 => "a whole number from -32768 to 32767",
        Type::INT4 => "a whole number from -2147483648 to 2147483647",
        Type::INT8 => "a whole number or a bigint from -2^63 to 2^63 - 1",
        Type::OID => "a whole number from 0 to 4294967295",
        Type::FLOAT4 | Type::FLOAT8 => "a number",
        Type::NUMERIC => "a finite number, a bigint or a text of digits",
        Type::BYTEA => "a Uint8Array",
        Type::DATE => "a Date at midnight UTC, or a text",
        Type::TIMESTAMP | Type::TIMESTAMPTZ => "a Date or a text",
        ref json if is_json(json) => "a value of JSON; a text is taken as JSON",
        ref text if is_text(text) => "a text",
        ref other => {
            return match other.kind() {
                Kind::Array(element) => format!("an array, each element {}", expected(base(element))),
                _ => "a text".to_owned(),
            };
        }
    }
    .to_owned()
}

/// The whole number that a value is.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => whole_number(*number),
        Value::BigInt(number) => Some(*number),
        _ => None,
    }
}

/// Writes a value in the type's binary form; fails with what would have been right.
pub(super) fn binary(value: &Value, data_type: &Type, out: &mut BytesMut) -> Result<IsNull, String> {
    let refused = || expected(data_type);
    match (value, data_type) {
        (Value::Null, _) => return Ok(IsNull::Yes),
        (Value::Boolean(yes), &Type::BOOL) => out.put_u8(u8::from(*yes)),
        (_, &Type::INT2) => out.put_i16(narrow(value).ok_or_else(refused)?),
        (_, &Type::INT4) => out.put_i32(narrow(value).ok_or_else(refused)?),
        (_, &Type::INT8) => out.put_i64(whole(value).ok_or_else(refused)?),
        (_, &Type::OID) => out.put_u32(narrow(value).ok_or_else(refused)?),
        (Value::Number(number), &Type::FLOAT8) => out.put_f64(*number),
        (Value::Number(number), &Type::FLOAT4) => {
            let single = *number as f32;
            if single.is_infinite() && number.is_finite() {
                return Err(refused());
            }
            out.put_f32(single);
        }
        (Value::Text(text), text_type) if is_text(text_type) => out.put_slice(text.as_bytes()),
        (Value::Bytes(bytes), &Type::BYTEA) => out.put_slice(bytes),
        (Value::Date(milliseconds), &Type::TIMESTAMP | &Type::TIMESTAMPTZ) => {
            out.put_i64((*milliseconds as i64 - EPOCH) * 1000);
        }
        (Value::Date(milliseconds), &Type::DATE) => {
            let since = *milliseconds as i64 - EPOCH;
            if since % DAY != 0 {
                return Err(refused());
            }
            out.put_i32((since / DAY) as i32);
        }
        _ => return Err(refused()),
    }
    Ok(IsNull::No)
}

fn narrow<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    T::try_from(whole(value)?).ok()
}
