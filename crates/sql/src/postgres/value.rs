//! Values on their way to the server: what the boundary's simple types can say, and what they cannot.

use serde_json::Value as Json;

use super::error::Error;
use crate::Value as Simple;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    Number(f64),
    BigInt(i64),
    Text(String),
    Bytes(Vec<u8>),
    /// A moment, in milliseconds since 1970.
    Date(f64),
    /// A text of JSON, of an object.
    Json(String),
    /// Values in their order.
    Array(Vec<Value>),
}

impl From<Simple> for Value {
    fn from(value: Simple) -> Self {
        match value {
            Simple::Null => Self::Null,
            Simple::Boolean(yes) => Self::Boolean(yes),
            Simple::Number(number) => Self::Number(number),
            Simple::BigInt(number) => Self::BigInt(number),
            Simple::Text(text) => Self::Text(text),
            Simple::Bytes(bytes) => Self::Bytes(bytes),
        }
    }
}

impl Value {
    /// What a value is called in messages.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::BigInt(_) => "a bigint",
            Self::Text(_) => "a text",
            Self::Bytes(_) => "bytes",
            Self::Date(_) => "a Date",
            Self::Json(_) => "an object",
            Self::Array(_) => "an array",
        }
    }

    /// Values of which some mean more than their type says. `kinds` has a letter for each, or is empty when none does: `d` a
    /// number that is a moment, `j` a text that is JSON, `a` a text that is an array, anything else what its type says.
    pub(crate) fn all(values: Vec<Simple>, kinds: &str) -> Result<Vec<Self>, Error> {
        let mut letters = kinds.bytes();
        values
            .into_iter()
            .zip(1..)
            .map(|(value, place)| {
                Ok(match (letters.next(), value) {
                    (Some(b'd'), Simple::Number(milliseconds)) => Self::Date(milliseconds),
                    (Some(b'j'), Simple::Text(json)) => Self::Json(json),
                    (Some(b'a'), Simple::Text(json)) => array(&json).ok_or_else(|| Error::Parameter {
                        parameter: place,
                        data_type: "array".to_owned(),
                        expected: "an array of values".to_owned(),
                        found: "one of something else".to_owned(),
                    })?,
                    (_, value) => value.into(),
                })
            })
            .collect()
    }
}

/// An array as `src/sql/postgres-values.ts` writes it: JSON, in which an object has one member that says what its text is.
pub(crate) fn array(json: &str) -> Option<Value> {
    value(&serde_json::from_str(json).ok()?)
}

fn value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(yes) => Value::Boolean(*yes),
        Json::Number(number) => Value::Number(number.as_f64()?),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(elements) => Value::Array(elements.iter().map(value).collect::<Option<_>>()?),
        Json::Object(members) => {
            let (kind, text) = members.iter().next()?;
            let text = text.as_str()?;
            match &**kind {
                "n" => Value::Number(text.parse().ok()?),
                "i" => Value::BigInt(text.parse().ok()?),
                "d" => Value::Date(text.parse().ok()?),
                "j" => Value::Json(text.to_owned()),
                "b" => Value::Bytes(
                    text.as_bytes()
                        .chunks(2)
                        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
                        .collect::<Option<_>>()?,
                ),
                _ => return None,
            }
        }
    })
}

/// The whole number that a number is; minus zero is zero to the server.
pub(crate) fn whole(number: f64) -> Option<i64> {
    if number == 0.0 { Some(0) } else { Simple::integer(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_keep_what_json_has_no_word_for() {
        let read =
            array(r#"[null,true,1.5,"a",[{"i":"9223372036854775807"}],{"d":"86400000"},{"b":"00ff"},{"n":"NaN"}]"#);
        let Some(Value::Array(elements)) = read else { panic!("no array") };
        assert_eq!(elements[4], Value::Array(vec![Value::BigInt(i64::MAX)]));
        assert_eq!(elements[5], Value::Date(86_400_000.0));
        assert_eq!(elements[6], Value::Bytes(vec![0, 255]));
        assert!(matches!(elements[7], Value::Number(number) if number.is_nan()));
    }
}
