//! Values into statements and out of rows.

use std::borrow::Cow;

use rusqlite::{
    Row, Statement, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::{
    error::{Error, Result},
    packed::Block,
    value::{Integers, SAFE, Value},
};

struct Bound<'value>(&'value Value);

impl ToSql for Bound<'_> {
    #[inline]
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Boolean(value) => ValueRef::Integer(i64::from(*value)),
            Value::Number(number) => Value::integer(*number).map_or(ValueRef::Real(*number), ValueRef::Integer),
            Value::BigInt(value) => ValueRef::Integer(*value),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Binds all parameters, by place.
#[inline]
pub(super) fn bind(statement: &mut Statement<'_>, expected: usize, params: &[Value]) -> Result<rusqlite::Result<()>> {
    if params.len() != expected {
        return Err(Error::parameter(
            format!("the statement has {expected} parameters, got {}", params.len()),
            None::<String>,
        ));
    }
    for (at, value) in params.iter().enumerate() {
        // SQLite would store a NaN as null, and JavaScript's NaN is not that.
        if matches!(value, Value::Number(number) if number.is_nan()) {
            return Err(Error::parameter(
                format!("parameter {} is NaN, which SQLite has no value for", at + 1),
                Some((at + 1).to_string()),
            ));
        }
        if let Err(error) = statement.raw_bind_parameter(at + 1, Bound(value)) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

/// One column of a row, as it crosses by itself.
#[inline]
pub(super) fn value_of(row: &Row<'_>, column: usize, integers: Integers) -> Result<Value> {
    Ok(match row.get_ref_unwrap(column) {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(integer) => match integers {
            Integers::Number => Value::Number(exact(integer, row, column)?),
            Integers::BigInt => Value::BigInt(integer),
        },
        ValueRef::Real(real) => Value::Number(real),
        ValueRef::Text(text) => Value::Text(text_of(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}

/// One row into a block.
#[inline]
pub(super) fn pack(row: &Row<'_>, columns: usize, integers: Integers, block: &mut Block) -> Result<()> {
    for column in 0..columns {
        match row.get_ref_unwrap(column) {
            ValueRef::Null => block.null(column),
            ValueRef::Integer(integer) => match integers {
                Integers::Number => block.number(column, exact(integer, row, column)?),
                Integers::BigInt => block.bigint(column, integer),
            },
            ValueRef::Real(real) => block.number(column, real),
            ValueRef::Text(text) => block.text(column, &text_of(text)),
            ValueRef::Blob(bytes) => block.bytes(column, bytes),
        }
    }
    block.end_row();
    Ok(())
}

/// SQLite stores whatever bytes it is given as text; what is no UTF-8 in it becomes U+FFFD.
#[inline]
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

#[inline]
fn exact(integer: i64, row: &Row<'_>, column: usize) -> Result<f64> {
    if integer.unsigned_abs() <= SAFE as u64 { Ok(integer as f64) } else { Err(beyond(integer, row, column)) }
}

#[cold]
fn beyond(integer: i64, row: &Row<'_>, column: usize) -> Error {
    let column = row.as_ref().column_name(column).unwrap_or_default().to_owned();
    Error::Range { value: integer.to_string(), column }
}
