//! `sink`, and the `sink-argument`s that are left.
use std::fmt;
use std::io::{self, Seek, Write};

pub fn emit(writer: &mut impl Write) -> io::Result<()> {
    writer.write_all(b"done")
}

pub fn describe<W: fmt::Write>(mut writer: W, value: u32) -> fmt::Result {
    write!(writer, "{value}")
}

/// Writes two bytes and goes back to the start.
pub fn rewind<W>(writer: &mut W) -> io::Result<u64>
where
    W: Write + Seek,
{
    writer.write_all(b"ab")?;
    writer.rewind()?;
    writer.stream_position()
}

pub fn append(text: &str, target: &mut String) {
    target.push_str(text);
}

pub fn divisors(value: u32, target: &mut Vec<u32>) -> usize {
    target.extend((1..=value).filter(|by| value % by == 0));
    target.len()
}

/// It is kept.
pub fn keep(writer: impl Write + 'static) -> usize {
    std::mem::size_of_val(&writer)
}

/// The result is more than a part of it.
pub fn parts(buffer: &mut String) -> Vec<&str> {
    buffer.split(' ').collect()
}

pub async fn append_later(text: String, target: &mut String) {
    target.push_str(&text);
}
