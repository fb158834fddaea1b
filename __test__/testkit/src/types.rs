//! Every boundary type, in and out again.

use std::time::{Duration, SystemTime};

use ferrule_node::{BigI64, BigU64, Bytes, System, core::cancel::CancelToken, string_enum};

string_enum! {
    /// A union of strings.
    pub(crate) enum Colour { Red = "red", Green = "green", DarkBlue = "dark-blue" }
}

macro_rules! echoes {
    ($($name:ident: $type:ty),* $(,)?) => {$(
        fn $name(value: $type) -> $type {
            value
        }
    )*};
}

echoes! {
    i8_in: i8, u8_in: u8, i16_in: i16, u16_in: u16, i32_in: i32, u32_in: u32, i64_in: i64, u64_in: u64, usize_in: usize,
    f64_in: f64, bool_in: bool, string_in: String, big_i64_in: BigI64, big_u64_in: BigU64, duration_in: Duration,
    date_in: SystemTime, colour_in: Colour, option_in: Option<String>, option_number_in: Option<u32>,
    numbers_in: Vec<i32>, texts_in: Vec<String>, tuple_in: (i32, String), nested_in: Vec<(u8, Option<bool>)>,
    bytes_list_in: Vec<Bytes>,
}

fn text_in(text: &str) -> String {
    text.to_owned()
}

/// A plain sum: shows which bytes were seen.
fn sum(bytes: &[u8]) -> u64 {
    bytes.iter().map(|byte| u64::from(*byte)).sum()
}

fn bytes_in(bytes: &[u8]) -> u64 {
    sum(bytes)
}

fn bytes_owned(bytes: Bytes) -> Bytes {
    bytes
}

/// The list's getters run while the bytes are already an argument.
fn bytes_and_texts(bytes: &[u8], texts: Vec<String>) -> (u64, u32) {
    (sum(bytes), texts.len() as u32)
}

fn slices_and_texts(slices: Vec<&[u8]>, texts: Vec<&str>) -> (u64, u32) {
    (slices.iter().map(|slice| sum(slice)).sum(), texts.iter().map(|text| text.len() as u32).sum())
}

fn make_bytes(length: u32, value: u8) -> Bytes {
    Bytes(vec![value; length as usize])
}

fn make_u64(high: u32, low: u32) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}

fn make_text(length: u32) -> String {
    "é".repeat(length as usize)
}

fn bytes_work(bytes: &[u8], _: &CancelToken) -> u64 {
    sum(bytes)
}

fn text_work(text: &str, times: u32, token: &CancelToken) -> Result<u32, ferrule_node::core::error::BoundaryError> {
    let mut total = 0u32;
    for _ in 0..times {
        token.check()?;
        total = total.wrapping_add(text.len() as u32);
    }
    Ok(total)
}

fn many_work(
    numbers: Vec<i32>,
    texts: Vec<&str>,
    colour: Option<Colour>,
    _: &CancelToken,
) -> (i64, u32, Option<Colour>) {
    (numbers.iter().map(|number| i64::from(*number)).sum(), texts.iter().map(|text| text.len() as u32).sum(), colour)
}

pub(crate) fn register(system: &mut System) {
    system
        .sync("i8", &["value"], i8_in)
        .sync("u8", &["value"], u8_in)
        .sync("i16", &["value"], i16_in)
        .sync("u16", &["value"], u16_in)
        .sync("i32", &["value"], i32_in)
        .sync("u32", &["value"], u32_in)
        .sync("i64", &["value"], i64_in)
        .sync("u64", &["value"], u64_in)
        .sync("usize", &["value"], usize_in)
        .sync("f64", &["value"], f64_in)
        .sync("boolean", &["value"], bool_in)
        .sync("string", &["value"], string_in)
        .sync("text", &["text"], text_in)
        .sync("bigI64", &["value"], big_i64_in)
        .sync("bigU64", &["value"], big_u64_in)
        .sync("duration", &["value"], duration_in)
        .sync("date", &["value"], date_in)
        .sync("colour", &["value"], colour_in)
        .sync("optionText", &["value"], option_in)
        .sync("optionNumber", &["value"], option_number_in)
        .sync("numbers", &["value"], numbers_in)
        .sync("texts", &["value"], texts_in)
        .sync("tuple", &["value"], tuple_in)
        .sync("nested", &["value"], nested_in)
        .sync("bytesList", &["value"], bytes_list_in)
        .sync("bytes", &["bytes"], bytes_in)
        .sync("bytesOwned", &["bytes"], bytes_owned)
        .sync("bytesAndTexts", &["bytes", "texts"], bytes_and_texts)
        .sync("slicesAndTexts", &["slices", "texts"], slices_and_texts)
        .sync("makeBytes", &["length", "value"], make_bytes)
        .sync("makeU64", &["high", "low"], make_u64)
        .sync("makeText", &["length"], make_text)
        .blocking("bytesWork", &["bytes"], bytes_work)
        .blocking("textWork", &["text", "times"], text_work)
        .blocking("manyWork", &["numbers", "texts", "colour"], many_work);
}
