//! `reader`.
use std::io::{self, BufRead, Read};

pub fn total(mut reader: impl Read) -> io::Result<u32> {
    let mut all = Vec::new();
    reader.read_to_end(&mut all)?;
    Ok(all.iter().map(|byte| u32::from(*byte)).sum())
}

pub fn rows(reader: &mut dyn BufRead) -> usize {
    reader.lines().count()
}

pub fn head<R: Read>(reader: &mut R) -> io::Result<[u8; 2]> {
    let mut start = [0; 2];
    reader.read_exact(&mut start)?;
    Ok(start)
}

pub async fn total_later(reader: impl Read) -> io::Result<u32> {
    total(reader)
}
