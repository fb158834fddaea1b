//! Values as the server sends them, into packed columns: in binary form, without an object per value.

mod calendar;
mod network;
mod numeric;

use tokio_postgres::{
    Row, Statement,
    types::{FromSql, Kind, Type},
};

use super::error::Error;
use crate::{Integers, SAFE, packed::Block};

/// Bytes as they came.
struct Raw<'row>(&'row [u8]);

impl<'row> FromSql<'row> for Raw<'row> {
    fn from_sql(_: &Type, raw: &'row [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(raw))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// How a column is read.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reading {
    Boolean,
    Int2,
    Int4,
    Int8,
    Unsigned4,
    Float4,
    Float8,
    Numeric,
    Text,
    /// `"char"`: one byte.
    Letter,
    Bytes,
    Json,
    Jsonb,
    Date,
    Timestamp,
    Time,
    TimeWithZone,
    Interval,
    Uuid,
    Network,
    HardwareAddress,
    Bits,
    Nothing,
    Array(Box<Reading>),
    Unknown,
}

fn reading_of(data_type: &Type) -> Reading {
    match data_type.kind() {
        Kind::Domain(base) => return reading_of(base),
        Kind::Enum(_) => return Reading::Text,
        Kind::Array(element) => {
            return match reading_of(element) {
                Reading::Unknown => Reading::Unknown,
                element => Reading::Array(Box::new(element)),
            };
        }
        _ => {}
    }
    match *data_type {
        Type::BOOL => Reading::Boolean,
        Type::INT2 => Reading::Int2,
        Type::INT4 => Reading::Int4,
        Type::INT8 => Reading::Int8,
        Type::OID | Type::XID | Type::CID | Type::REGPROC | Type::REGCLASS | Type::REGTYPE | Type::REGROLE => {
            Reading::Unsigned4
        }
        Type::FLOAT4 => Reading::Float4,
        Type::FLOAT8 => Reading::Float8,
        Type::NUMERIC => Reading::Numeric,
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME | Type::UNKNOWN | Type::XML | Type::REFCURSOR => {
            Reading::Text
        }
        Type::CHAR => Reading::Letter,
        Type::BYTEA => Reading::Bytes,
        Type::JSON => Reading::Json,
        Type::JSONB => Reading::Jsonb,
        Type::DATE => Reading::Date,
        Type::TIMESTAMP | Type::TIMESTAMPTZ => Reading::Timestamp,
        Type::TIME => Reading::Time,
        Type::TIMETZ => Reading::TimeWithZone,
        Type::INTERVAL => Reading::Interval,
        Type::UUID => Reading::Uuid,
        Type::INET | Type::CIDR => Reading::Network,
        Type::MACADDR | Type::MACADDR8 => Reading::HardwareAddress,
        Type::BIT | Type::VARBIT => Reading::Bits,
        Type::VOID => Reading::Nothing,
        // Of an extension: its binary form is the text.
        ref other if other.name() == "citext" => Reading::Text,
        _ => Reading::Unknown,
    }
}

/// What is wrong with a value.
type Fault = String;

/// How the rows of a statement are read.
#[derive(Debug)]
pub(crate) struct Columns {
    readings: Vec<Reading>,
}

impl Columns {
    pub(crate) fn of(statement: &Statement) -> Self {
        Self { readings: statement.columns().iter().map(|column| reading_of(column.type_())).collect() }
    }

    pub(crate) fn len(&self) -> usize {
        self.readings.len()
    }

    /// Adds a row to the block.
    pub(crate) fn read(&self, row: &Row, block: &mut Block, integers: Integers) -> Result<(), Error> {
        let mut text = String::new();
        for (place, reading) in self.readings.iter().enumerate() {
            let value = row.try_get::<_, Option<Raw<'_>>>(place).map_err(Error::of)?;
            match value {
                None => block.null(place),
                Some(Raw(value)) => read(reading, value, block, place, integers, &mut text).map_err(|detail| {
                    let column = &row.columns()[place];
                    let detail = if detail.is_empty() {
                        format!(
                            "values of this type are not read; cast it in the statement: {}::text",
                            quoted(column.name())
                        )
                    } else {
                        detail
                    };
                    Error::Value {
                        column: column.name().to_owned(),
                        data_type: column.type_().name().to_owned(),
                        detail,
                    }
                })?,
            }
        }
        block.end_row();
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn exactly<const N: usize>(value: &[u8]) -> Result<[u8; N], Fault> {
    value.try_into().map_err(|_| format!("the server sent {} bytes where {N} were expected", value.len()))
}

fn utf8(value: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(value).map_err(|_| {
        "the server sent a text that is no UTF-8: the database's encoding is SQL_ASCII; cast it to bytea".to_owned()
    })
}

fn integer(number: i64, block: &mut Block, place: usize, integers: Integers) -> Result<(), Fault> {
    if integers == Integers::BigInt {
        block.bigint(place, number);
    } else if (-SAFE..=SAFE).contains(&number) {
        block.number(place, number as f64);
    } else {
        return Err(format!("{BEYOND}{number}"));
    }
    Ok(())
}

/// Begins the fault of an integer that no number has, so that it becomes an error of its own.
pub(crate) const BEYOND: &str = "an integer beyond: ";

fn read(
    reading: &Reading,
    value: &[u8],
    block: &mut Block,
    place: usize,
    integers: Integers,
    text: &mut String,
) -> Result<(), Fault> {
    text.clear();
    match reading {
        Reading::Boolean => block.boolean(place, exactly::<1>(value)? != [0]),
        Reading::Int2 => block.number(place, f64::from(i16::from_be_bytes(exactly(value)?))),
        Reading::Int4 => block.number(place, f64::from(i32::from_be_bytes(exactly(value)?))),
        Reading::Int8 => integer(i64::from_be_bytes(exactly(value)?), block, place, integers)?,
        Reading::Unsigned4 => block.number(place, f64::from(u32::from_be_bytes(exactly(value)?))),
        Reading::Float4 => block.number(place, f64::from(f32::from_be_bytes(exactly(value)?))),
        Reading::Float8 => block.number(place, f64::from_be_bytes(exactly(value)?)),
        Reading::Text => block.text(place, utf8(value)?),
        Reading::Bytes => block.bytes(place, value),
        Reading::Json => block.json(place, utf8(value)?),
        // The first byte is the version of the form, which has been 1 ever since.
        Reading::Jsonb => match value {
            [1, json @ ..] => block.json(place, utf8(json)?),
            _ => return Err("jsonb in an unknown version".to_owned()),
        },
        Reading::Date => block.date(place, calendar::date(i32::from_be_bytes(exactly(value)?))?),
        Reading::Timestamp => block.date(place, calendar::timestamp(i64::from_be_bytes(exactly(value)?))?),
        Reading::Nothing => block.null(place),
        Reading::Array(element) => array(element, value, block, place, integers)?,
        Reading::Letter => {
            text.push(char::from(exactly::<1>(value)?[0]));
            block.text(place, text);
        }
        Reading::Numeric => {
            numeric::write(value, text)?;
            block.text(place, text);
        }
        Reading::Time => {
            calendar::write_time(i64::from_be_bytes(exactly(value)?), text);
            block.text(place, text);
        }
        Reading::TimeWithZone => {
            calendar::write_time_with_zone(exactly(value)?, text);
            block.text(place, text);
        }
        Reading::Interval => {
            calendar::write_interval(exactly(value)?, text);
            block.text(place, text);
        }
        Reading::Uuid => {
            network::write_uuid(exactly(value)?, text);
            block.text(place, text);
        }
        Reading::Network => {
            network::write_address(value, text)?;
            block.text(place, text);
        }
        Reading::HardwareAddress => {
            network::write_hardware_address(value, text);
            block.text(place, text);
        }
        Reading::Bits => {
            network::write_bits(value, text)?;
            block.text(place, text);
        }
        Reading::Unknown => return Err(String::new()),
    }
    Ok(())
}

/// Dimensions, flags, element type; length and lower bound of each dimension; the elements, each with its length.
fn array(element: &Reading, value: &[u8], block: &mut Block, place: usize, integers: Integers) -> Result<(), Fault> {
    let mut words = Words(value);
    let dimensions = words.next()?;
    let _flags = words.next()?;
    let _element_type = words.next()?;
    let mut lengths = Vec::with_capacity(dimensions.min(6) as usize);
    for _ in 0..dimensions {
        lengths.push(words.next()?);
        // Where it begins to count has no place in a JavaScript array.
        let _lower_bound = words.next()?;
    }
    if lengths.is_empty() {
        lengths.push(0);
    }
    let inner = dimension(element, &lengths, &mut words, integers)?;
    block.array(place, inner);
    Ok(())
}

fn dimension(element: &Reading, lengths: &[u32], words: &mut Words<'_>, integers: Integers) -> Result<Block, Fault> {
    let mut inner = Block::new(1);
    let mut text = String::new();
    let [length, deeper @ ..] = lengths else { return Ok(inner) };
    for _ in 0..*length {
        if deeper.is_empty() {
            match words.value()? {
                None => inner.null(0),
                Some(value) => read(element, value, &mut inner, 0, integers, &mut text)?,
            }
        } else {
            let nested = dimension(element, deeper, words, integers)?;
            inner.array(0, nested);
        }
        inner.end_row();
    }
    Ok(inner)
}

struct Words<'value>(&'value [u8]);

impl<'value> Words<'value> {
    fn bytes(&mut self, length: usize) -> Result<&'value [u8], Fault> {
        if length > self.0.len() {
            return Err("the server sent an array that ends too early".to_owned());
        }
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        Ok(bytes)
    }

    fn next(&mut self) -> Result<u32, Fault> {
        Ok(u32::from_be_bytes(exactly(self.bytes(4)?)?))
    }

    fn value(&mut self) -> Result<Option<&'value [u8]>, Fault> {
        match self.next()? {
            u32::MAX => Ok(None),
            length => Ok(Some(self.bytes(length as usize)?)),
        }
    }
}
