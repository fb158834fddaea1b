//! Rows of values into a table in bulk: packed by `src/sql/postgres-copy.ts`, unpacked here into the form of `COPY`.

use std::sync::Arc;

use bytes::{BufMut, Bytes, BytesMut};
use tokio_postgres::types::{IsNull, Type};

use super::{
    copy::CopyIn,
    encode::{base, binary, expected, found, is_json, is_text, literal},
    errand::Errand,
    error::Error,
    owner::Start,
    value::{Value, array},
};

/// The form in which rows go to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The frequent types, as they are.
    Binary,
    /// Everything, as text.
    Text,
}

/// Names and types of the columns that rows go into.
pub(crate) struct Into {
    columns: Vec<(String, Type)>,
    form: Form,
    begun: bool,
    rows: u64,
}

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const END: &[u8] = b"\xff\xff";

/// Asks for the columns' types and begins.
pub(crate) async fn start(
    start: Start,
    schema: Option<String>,
    table: &str,
    columns: &[String],
) -> Result<CopyIn, Error> {
    let names = columns.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let table = schema.map_or(String::new(), |schema| quoted(&schema) + ".") + &quoted(table);
    let Start { owner, connection, fails } = start;
    let (sender, select) = (Arc::clone(&connection), format!("SELECT {names} FROM {table}"));
    // With a turn: the server may be waiting for a lock.
    let asking = async move { sender.client.prepare(&select).await };
    let (described, going) = Errand::new(&connection, asking, owner).await?;
    let start = Start { owner: going.end(), connection, fails };
    let columns: Vec<_> =
        described.columns().iter().map(|column| (column.name().to_owned(), base(column.type_()).clone())).collect();
    let form = if columns.iter().all(|(_, data_type)| has_binary_form(data_type)) { Form::Binary } else { Form::Text };
    let format = if form == Form::Binary { " (FORMAT binary)" } else { "" };
    let copy = CopyIn::start(start, &format!("COPY {table} ({names}) FROM STDIN{format}")).await?;
    Ok(copy.of_rows(Into { columns, form, begun: false, rows: 0 }))
}

impl Into {
    /// A batch of rows in the form of the copy.
    pub(crate) fn encode(&mut self, packed: &[u8]) -> Result<BytesMut, Error> {
        let mut values = Packed::of(packed).ok_or(Error::Ended)?;
        let mut out = BytesMut::with_capacity(packed.len() * 2);
        if self.form == Form::Binary && !std::mem::replace(&mut self.begun, true) {
            out.put_slice(SIGNATURE);
        }
        let mut text = String::new();
        for _ in 0..values.rows {
            self.rows += 1;
            if self.form == Form::Binary {
                out.put_i16(self.columns.len() as i16);
            }
            for place in 0..self.columns.len() {
                let value = values.next().ok_or(Error::Ended)?;
                let (name, data_type) = &self.columns[place];
                let written = match self.form {
                    Form::Binary => put_binary(&value, data_type, &mut out),
                    Form::Text => put_text(&value, data_type, place > 0, &mut text, &mut out),
                };
                written.map_err(|expected| Error::Value {
                    column: name.clone(),
                    data_type: data_type.name().to_owned(),
                    detail: format!("row {} must have {expected}, got {}", self.rows, found(&value)),
                })?;
            }
            if self.form == Form::Text {
                out.put_u8(b'\n');
            }
        }
        Ok(out)
    }

    /// What comes behind the last row.
    pub(crate) fn trailer(&self) -> Bytes {
        match self.form {
            Form::Text => Bytes::new(),
            Form::Binary if self.begun => Bytes::from_static(END),
            // Without a row, too, the form is binary.
            Form::Binary => [SIGNATURE, END].concat().into(),
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn has_binary_form(data_type: &Type) -> bool {
    is_text(data_type)
        || is_json(data_type)
        || matches!(
            *data_type,
            Type::BOOL
                | Type::INT2
                | Type::INT4
                | Type::INT8
                | Type::OID
                | Type::FLOAT4
                | Type::FLOAT8
                | Type::BYTEA
                | Type::DATE
                | Type::TIMESTAMP
                | Type::TIMESTAMPTZ
        )
}

/// Length and bytes; -1 for none.
fn put_binary(value: &Value, data_type: &Type, out: &mut BytesMut) -> Result<(), String> {
    let at = out.len();
    out.put_i32(-1);
    if is_json(data_type) {
        if *value == Value::Null {
            return Ok(());
        }
        if *data_type == Type::JSONB {
            out.put_u8(1);
        }
        let mut text = String::new();
        literal::write(value, data_type, &mut text)?;
        out.put_slice(text.as_bytes());
    } else if let IsNull::Yes = binary(value, data_type, out)? {
        return Ok(());
    }
    let length = (out.len() - at - 4) as i32;
    out[at..at + 4].copy_from_slice(&length.to_be_bytes());
    Ok(())
}

fn put_text(
    value: &Value,
    data_type: &Type,
    separated: bool,
    text: &mut String,
    out: &mut BytesMut,
) -> Result<(), String> {
    if separated {
        out.put_u8(b'\t');
    }
    if *value == Value::Null {
        out.put_slice(b"\\N");
        return Ok(());
    }
    // As in the binary form: whether a string is right must not hang on the other columns.
    let own_form = has_binary_form(data_type) && !is_text(data_type) && !is_json(data_type);
    if own_form && matches!(value, Value::Text(_)) {
        return Err(expected(data_type));
    }
    text.clear();
    literal::write(value, data_type, text)?;
    for byte in text.bytes() {
        match byte {
            b'\\' => out.put_slice(b"\\\\"),
            b'\n' => out.put_slice(b"\\n"),
            b'\r' => out.put_slice(b"\\r"),
            b'\t' => out.put_slice(b"\\t"),
            other => out.put_u8(other),
        }
    }
    Ok(())
}

/// Rows as they come from JavaScript. All numbers in the machine's own order:
///
/// ```text
/// u32: rows, columns, bytes of text, units of text
/// 8 bytes per value, row by row: a double, a 64-bit integer, or how long its text or bytes are
/// 1 byte per value: its kind; zeros up to a multiple of 8
/// text, all of it; then all bytes
/// ```
struct Packed<'rows> {
    rows: usize,
    cells: std::slice::ChunksExact<'rows, u8>,
    kinds: std::slice::Iter<'rows, u8>,
    text: &'rows str,
    is_ascii: bool,
    bytes: &'rows [u8],
}

impl<'rows> Packed<'rows> {
    fn of(packed: &'rows [u8]) -> Option<Self> {
        let word = |at: usize| Some(u32::from_ne_bytes(packed.get(at * 4..at * 4 + 4)?.try_into().ok()?) as usize);
        let (rows, columns, length, units) = (word(0)?, word(1)?, word(2)?, word(3)?);
        let count = rows.checked_mul(columns)?;
        let (cells, rest) = packed.get(16..)?.split_at_checked(count.checked_mul(8)?)?;
        let (kinds, rest) = rest.split_at_checked(count.next_multiple_of(8))?;
        let (text, bytes) = rest.split_at_checked(length)?;
        Some(Self {
            rows,
            cells: cells.chunks_exact(8),
            kinds: kinds[..count].iter(),
            text: std::str::from_utf8(text).ok()?,
            is_ascii: length == units,
            bytes,
        })
    }

    fn text(&mut self, units: usize) -> Option<&'rows str> {
        let end = if self.is_ascii {
            units
        } else {
            let mut left = units;
            let mut letters = self.text.char_indices();
            loop {
                if left == 0 {
                    break letters.next().map_or(self.text.len(), |(at, _)| at);
                }
                left = left.checked_sub(letters.next()?.1.len_utf16())?;
            }
        };
        let (text, rest) = self.text.split_at_checked(end)?;
        self.text = rest;
        Some(text)
    }

    fn next(&mut self) -> Option<Value> {
        let cell: [u8; 8] = self.cells.next()?.try_into().ok()?;
        let number = f64::from_ne_bytes(cell);
        Some(match self.kinds.next()? {
            0 => Value::Null,
            1 => Value::Number(number),
            2 => Value::BigInt(i64::from_ne_bytes(cell)),
            3 => Value::Boolean(number != 0.0),
            4 => Value::Text(self.text(number as usize)?.to_owned()),
            5 => {
                let (bytes, rest) = self.bytes.split_at_checked(number as usize)?;
                self.bytes = rest;
                Value::Bytes(bytes.to_vec())
            }
            6 => Value::Date(number),
            7 => Value::Json(self.text(number as usize)?.to_owned()),
            8 => array(self.text(number as usize)?)?,
            _ => return None,
        })
    }
}
