//! Values as the text that the server reads.

use std::fmt::Write as _;

use tokio_postgres::types::{Kind, Type};

use super::{base, expected, is_json, whole};
use crate::postgres::value::Value;

/// Writes a value as text for its type; fails with what would have been right.
pub(in crate::postgres) fn write(value: &Value, data_type: &Type, out: &mut String) -> Result<(), String> {
    if is_json(data_type) {
        return write_json(value, data_type, out);
    }
    let refused = || expected(data_type);
    match value {
        // Any type has a text form, and the server knows it.
        Value::Text(text) => out.push_str(text),
        Value::Array(elements) => match data_type.kind() {
            Kind::Array(element) => return write_array(elements, base(element), out),
            _ => return Err(refused()),
        },
        Value::Number(number) => match *data_type {
            Type::FLOAT4 | Type::FLOAT8 => write_number(*number, out),
            Type::NUMERIC if number.is_finite() => write_number(*number, out),
            _ => write_whole(value, data_type, out)?,
        },
        Value::BigInt(number) if *data_type == Type::NUMERIC => write!(out, "{number}").map_err(|_| refused())?,
        Value::BigInt(_) => write_whole(value, data_type, out)?,
        Value::Boolean(yes) if *data_type == Type::BOOL => out.push(if *yes { 't' } else { 'f' }),
        Value::Bytes(bytes) if *data_type == Type::BYTEA => {
            out.push_str("\\x");
            for byte in bytes {
                write!(out, "{byte:02x}").map_err(|_| refused())?;
            }
        }
        Value::Date(milliseconds) if matches!(*data_type, Type::TIMESTAMP | Type::TIMESTAMPTZ | Type::DATE) => {
            if *data_type == Type::DATE && milliseconds % 86_400_000.0 != 0.0 {
                return Err(refused());
            }
            write_moment(*milliseconds, out);
        }
        _ => return Err(refused()),
    }
    Ok(())
}

fn write_array(elements: &[Value], element: &Type, out: &mut String) -> Result<(), String> {
    out.push('{');
    for (place, value) in elements.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        match value {
            Value::Null => out.push_str("NULL"),
            Value::Array(inner) if !is_json(element) => write_array(inner, element, out)?,
            Value::Text(text) if !is_json(element) => quote(text, out),
            other => {
                let mut text = String::new();
                write(other, element, &mut text)?;
                quote(&text, out);
            }
        }
    }
    out.push('}');
    Ok(())
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
}

fn write_json(value: &Value, data_type: &Type, out: &mut String) -> Result<(), String> {
    match value {
        Value::Json(json) | Value::Text(json) => out.push_str(json),
        Value::Number(number) if number.is_finite() => write_number(*number, out),
        Value::BigInt(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Boolean(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Array(elements) => {
            out.push('[');
            for (place, element) in elements.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                match element {
                    Value::Null => out.push_str("null"),
                    // Inside of an array a text is a value, not a piece of JSON.
                    Value::Text(text) => quote_json(text, out),
                    other => write_json(other, data_type, out)?,
                }
            }
            out.push(']');
        }
        Value::Date(milliseconds) => {
            out.push('"');
            write_moment(*milliseconds, out);
            out.push('"');
        }
        _ => return Err(expected(data_type)),
    }
    Ok(())
}

fn quote_json(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            control if control < ' ' => {
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

fn write_whole(value: &Value, data_type: &Type, out: &mut String) -> Result<(), String> {
    let range = match *data_type {
        Type::INT2 => i64::from(i16::MIN)..=i64::from(i16::MAX),
        Type::INT4 => i64::from(i32::MIN)..=i64::from(i32::MAX),
        Type::INT8 => i64::MIN..=i64::MAX,
        Type::OID => 0..=i64::from(u32::MAX),
        _ => return Err(expected(data_type)),
    };
    let number = whole(value).filter(|number| range.contains(number)).ok_or_else(|| expected(data_type))?;
    let _ = write!(out, "{number}");
    Ok(())
}

/// The shortest digits that are this double again.
fn write_number(number: f64, out: &mut String) {
    let size = number.abs();
    let _ = if number.is_infinite() {
        write!(out, "{}Infinity", if number < 0.0 { "-" } else { "" })
    } else if size != 0.0 && !(1e-6..1e17).contains(&size) {
        write!(out, "{number:e}")
    } else {
        write!(out, "{number}")
    };
}

/// `2026-11-26T05:18:43.000Z`, in the proleptic Gregorian calendar; before the year 1 with `BC` behind.
pub(super) fn write_moment(milliseconds: f64, out: &mut String) {
    let milliseconds = milliseconds as i64;
    let (days, rest) = (milliseconds.div_euclid(86_400_000), milliseconds.rem_euclid(86_400_000));
    let (year, month, day) = date_of(days);
    let (shown, before_christ) = if year > 0 { (year, "") } else { (1 - year, " BC") };
    let (seconds, thousandths) = (rest / 1000, rest % 1000);
    let _ = write!(
        out,
        "{shown:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{thousandths:03}Z{before_christ}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
}

/// Year, month and day of a day counted from 1970-01-01. Years are counted from March, so that the leap day comes last.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &Value, data_type: &Type) -> Result<String, String> {
        let mut out = String::new();
        write(value, data_type, &mut out).map(|()| out)
    }

    #[test]
    fn moments_are_written_as_the_calendar_has_them() {
        let moment = |milliseconds| {
            let mut out = String::new();
            write_moment(milliseconds, &mut out);
            out
        };
        assert_eq!(moment(0.0), "1970-01-01T00:00:00.000Z");
        assert_eq!(moment(951_782_399_999.0), "2000-02-28T23:59:59.999Z");
        assert_eq!(moment(951_782_400_000.0), "2000-02-29T00:00:00.000Z");
        assert_eq!(moment(-1.0), "1969-12-31T23:59:59.999Z");
        assert_eq!(moment(-62_167_219_200_000.0), "0001-01-01T00:00:00.000Z BC");
    }

    #[test]
    fn what_an_array_holds_is_quoted_and_never_read_as_more() {
        let hostile =
            Value::Array(vec![Value::Text("a\",\"b\\".to_owned()), Value::Null, Value::Text("NULL".to_owned())]);
        assert_eq!(text(&hostile, &Type::TEXT_ARRAY).as_deref(), Ok(r#"{"a\",\"b\\",NULL,"NULL"}"#));
        let numbers = Value::Array(vec![Value::Number(1.0), Value::BigInt(2)]);
        assert_eq!(text(&numbers, &Type::INT8_ARRAY).as_deref(), Ok(r#"{"1","2"}"#));
        assert!(text(&Value::Array(vec![Value::Boolean(true)]), &Type::TEXT_ARRAY).is_err());
    }

    #[test]
    fn numbers_are_what_their_type_can_hold() {
        assert_eq!(text(&Value::Number(1e300), &Type::FLOAT8).as_deref(), Ok("1e300"));
        assert_eq!(text(&Value::Number(0.1), &Type::NUMERIC).as_deref(), Ok("0.1"));
        assert!(text(&Value::Number(1.5), &Type::INT4).is_err());
        assert!(text(&Value::Number(f64::NAN), &Type::NUMERIC).is_err());
        assert!(text(&Value::Number(5.0), &Type::TEXT).is_err());
    }
}
