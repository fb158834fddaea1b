//! Every boundary type, in and out again.

use std::{
    cmp::Ordering,
    num::{
        NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroIsize, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64,
        NonZeroUsize,
    },
    time::{Duration, SystemTime},
};

use ferrule_node::{
    BigI64, BigI128, BigU64, BigU128, ByteArray, Bytes, Scalar, System, core::cancel::CancelToken, string_enum,
    union_in, union_out,
};

string_enum! {
    /// A union of strings.
    pub(crate) enum Colour { Red = "red", Green = "green", DarkBlue = "dark-blue" }
}

union_in! {
    enum ShapeIn {
        circle: Circle = "circle" (radius: f64),
        path: Path = "path" (points: Vec<[f64; 2]>, label: Option<String>),
        none: None = "none" ()
    }
}

union_out! {
    enum ShapeOut { Circle = "circle" (radius: f64), Path = "path" (points: Vec<[f64; 2]>, label: Option<String>), None = "none" () }
}

type NonZeros = (
    NonZeroI8,
    NonZeroU8,
    NonZeroI16,
    NonZeroU16,
    NonZeroI32,
    NonZeroU32,
    NonZeroI64,
    NonZeroU64,
    NonZeroIsize,
    NonZeroUsize,
);

/// As long as a tuple may be.
type Long = (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, String);

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
    bytes_list_in: Vec<Bytes>, isize_in: isize, f32_in: f32, char_in: char, big_i128_in: BigI128, big_u128_in: BigU128,
    non_zero_i8_in: NonZeroI8, non_zero_u8_in: NonZeroU8, non_zero_i16_in: NonZeroI16, non_zero_u16_in: NonZeroU16,
    non_zero_i32_in: NonZeroI32, non_zero_u32_in: NonZeroU32, non_zero_i64_in: NonZeroI64, non_zero_u64_in: NonZeroU64,
    non_zero_isize_in: NonZeroIsize, non_zero_usize_in: NonZeroUsize, ordering_in: Ordering, four_bytes_in: ByteArray<4>,
    point_in: [f64; 3], optional_names_in: Option<[String; 2]>, long_in: Long,
}

fn shape_in(shape: ShapeIn) -> ShapeOut {
    match shape {
        ShapeIn::Circle(radius) => ShapeOut::Circle(radius),
        ShapeIn::Path(points, label) => ShapeOut::Path(points, label),
        ShapeIn::None() => ShapeOut::None(),
    }
}

fn shapes_in(shapes: Vec<ShapeIn>) -> Vec<ShapeOut> {
    shapes.into_iter().map(shape_in).collect()
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

fn exact_work(
    letter: char,
    single: f32,
    size: isize,
    signed: BigI128,
    unsigned: BigU128,
    order: Ordering,
    _: &CancelToken,
) -> (char, f32, isize, BigI128, BigU128, Ordering) {
    (letter, single, size, signed, unsigned, order)
}

fn fixed_work(bytes: ByteArray<4>, point: [f64; 3], _: &CancelToken) -> (ByteArray<4>, [f64; 3]) {
    (bytes, point)
}

fn non_zero_work(value: NonZeros, _: &CancelToken) -> NonZeros {
    value
}

fn scalar_in(value: Scalar) -> Scalar {
    value
}

fn scalars_in(value: Vec<Scalar>) -> Vec<Scalar> {
    value
}

/// Borrowed in the Sync door, owned elsewhere.
fn pair_work(texts: [&str; 2], bytes: [Option<&[u8]>; 2], _: &CancelToken) -> (String, u64) {
    (texts.concat(), bytes.into_iter().flatten().map(sum).sum())
}

async fn long_later(value: Long) -> Long {
    tokio::task::yield_now().await;
    value
}

async fn shape_later(shape: ShapeIn) -> ShapeOut {
    tokio::task::yield_now().await;
    shape_in(shape)
}

async fn order_later(order: Ordering) -> Ordering {
    tokio::task::yield_now().await;
    order.reverse()
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
        .sync("scalar", &["value"], scalar_in)
        .sync("scalars", &["value"], scalars_in)
        .sync("optionText", &["value"], option_in)
        .sync("optionNumber", &["value"], option_number_in)
        .sync("numbers", &["value"], numbers_in)
        .sync("texts", &["value"], texts_in)
        .sync("tuple", &["value"], tuple_in)
        .sync("nested", &["value"], nested_in)
        .sync("bytesList", &["value"], bytes_list_in)
        .sync("isize", &["value"], isize_in)
        .sync("f32", &["value"], f32_in)
        .sync("char", &["value"], char_in)
        .sync("bigI128", &["value"], big_i128_in)
        .sync("bigU128", &["value"], big_u128_in)
        .sync("NonZeroI8", &["value"], non_zero_i8_in)
        .sync("NonZeroU8", &["value"], non_zero_u8_in)
        .sync("NonZeroI16", &["value"], non_zero_i16_in)
        .sync("NonZeroU16", &["value"], non_zero_u16_in)
        .sync("NonZeroI32", &["value"], non_zero_i32_in)
        .sync("NonZeroU32", &["value"], non_zero_u32_in)
        .sync("NonZeroI64", &["value"], non_zero_i64_in)
        .sync("NonZeroU64", &["value"], non_zero_u64_in)
        .sync("NonZeroIsize", &["value"], non_zero_isize_in)
        .sync("NonZeroUsize", &["value"], non_zero_usize_in)
        .sync("ordering", &["value"], ordering_in)
        .sync("fourBytes", &["value"], four_bytes_in)
        .sync("point", &["value"], point_in)
        .sync("optionalNames", &["value"], optional_names_in)
        .sync("long", &["value"], long_in)
        .sync("shape", &["shape"], shape_in)
        .sync("shapes", &["shapes"], shapes_in)
        .sync("bytes", &["bytes"], bytes_in)
        .sync("bytesOwned", &["bytes"], bytes_owned)
        .sync("bytesAndTexts", &["bytes", "texts"], bytes_and_texts)
        .sync("slicesAndTexts", &["slices", "texts"], slices_and_texts)
        .sync("makeBytes", &["length", "value"], make_bytes)
        .sync("makeU64", &["high", "low"], make_u64)
        .sync("makeText", &["length"], make_text)
        .blocking("bytesWork", &["bytes"], bytes_work)
        .blocking("textWork", &["text", "times"], text_work)
        .blocking("manyWork", &["numbers", "texts", "colour"], many_work)
        .blocking("exactWork", &["letter", "single", "size", "signed", "unsigned", "order"], exact_work)
        .blocking("fixedWork", &["bytes", "point"], fixed_work)
        .blocking("nonZeroWork", &["value"], non_zero_work)
        .blocking("pairWork", &["texts", "bytes"], pair_work)
        .future("longLater", &["value"], long_later)
        .future("shapeLater", &["shape"], shape_later)
        .future("orderLater", &["order"], order_later);
}
