//! What is read, as cells of eight bytes each: two words, the lower one first. A cell is a double, or 64 bits as they are. So much
//! crosses as one block, and is looked at in place.

use crate::{
    Error,
    proc::{Memory, STAT_FIELDS, STAT_PATTERNS, Stat},
};

/// 2⁵³ - 1: the largest of a row of whole numbers that doubles hold exactly.
const EXACT: i128 = (1 << 53) - 1;

fn put(words: &mut [u32], place: usize, bits: u64) {
    words[2 * place] = bits as u32;
    words[2 * place + 1] = (bits >> 32) as u32;
}

#[inline]
fn put_number(words: &mut [u32], place: usize, field: &'static str, number: i128) -> Result<(), Error> {
    if number.abs() > EXACT {
        return Err(inexact(field, number));
    }
    // By way of the narrower type, whose conversion is one instruction.
    put(words, place, (number as i64 as f64).to_bits());
    Ok(())
}

#[cold]
fn inexact(field: &'static str, number: i128) -> Error {
    Error::Inexact { field, found: number.to_string() }
}

/// 42 cells in the order of proc(5), then the name's bytes. In the place of the name stands its length, in that of the state its
/// letter. The fields of [`STAT_PATTERNS`] are 64 bits as they are, the others doubles.
pub(crate) fn stat(stat: &Stat) -> Result<Vec<u32>, Error> {
    let Stat { pid, comm, state, .. } = stat;
    let mut words = Vec::with_capacity(2 * STAT_FIELDS + comm.len().div_ceil(4));
    words.resize(2 * STAT_FIELDS, 0);
    put_number(&mut words, 0, "pid", i128::from(*pid))?;
    put_number(&mut words, 1, "comm", comm.len() as i128)?;
    put_number(&mut words, 2, "state", i128::from(*state))?;
    stat.each(|place, field, number| {
        if STAT_PATTERNS.contains(&place) {
            put(&mut words, place, number as u64);
            return Ok(());
        }
        put_number(&mut words, place, field, number)
    })?;
    words.extend(comm.chunks(4).map(|bytes| {
        let mut word = [0; 4];
        word[..bytes.len()].copy_from_slice(bytes);
        u32::from_ne_bytes(word)
    }));
    Ok(words)
}

/// A double for each of the values, which are those of the first fields.
pub(crate) fn statm(values: &[i64]) -> Result<Vec<u32>, Error> {
    const NAMES: [&str; 7] = ["size", "resident", "shared", "text", "lib", "data", "dt"];
    let mut words = vec![0; 2 * values.len()];
    for (place, (field, value)) in NAMES.iter().zip(values).enumerate() {
        put_number(&mut words, place, field, i128::from(*value))?;
    }
    Ok(words)
}

/// Four doubles: free, cached, swap total, swap free.
pub(crate) fn meminfo(memory: &Memory) -> Result<Vec<u32>, Error> {
    let Memory { free, cached, swap_total, swap_free } = *memory;
    let fields = [("MemFree", free), ("Cached", cached), ("SwapTotal", swap_total), ("SwapFree", swap_free)];
    let mut words = vec![0; 2 * fields.len()];
    for (place, (field, value)) in fields.into_iter().enumerate() {
        put_number(&mut words, place, field, i128::from(value))?;
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proc::parse_stat;

    fn cell(words: &[u32], place: usize) -> u64 {
        u64::from(words[2 * place]) | u64::from(words[2 * place + 1]) << 32
    }

    const REST: &str = "S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 18446744073709551615 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40";

    #[test]
    fn every_field_has_its_cell() {
        let words = stat(&parse_stat(format!("7 (five5) {REST}").as_bytes()).unwrap()).unwrap();
        assert_eq!(words.len(), 84 + 2);
        assert_eq!([0, 1, 2, 3, 23, 41].map(|place| f64::from_bits(cell(&words, place)) as i64), [7, 5, 83, 1, 21, 39]);
        assert_eq!([24, 25, 34].map(|place| cell(&words, place)), [u64::MAX, 23, 32]);
        assert_eq!(words[84].to_ne_bytes(), *b"five");
        assert_eq!(words[85].to_ne_bytes(), *b"5\0\0\0");
    }

    #[test]
    fn a_number_that_would_be_rounded_is_refused_by_name() {
        let line = format!("7 (x) {REST}").replace(" 7 8 9 ", " 9007199254740992 8 9 ");
        let error = stat(&parse_stat(line.as_bytes()).unwrap()).unwrap_err();
        assert!(matches!(&error, Error::Inexact { field: "minflt", found } if found == "9007199254740992"), "{error}");
        assert!(statm(&[EXACT as i64, -EXACT as i64]).is_ok());
        assert!(matches!(statm(&[0, i64::MAX]), Err(Error::Inexact { field: "resident", .. })));
        assert!(meminfo(&Memory { swap_free: i64::MAX, ..Memory::default() }).is_err());
    }
}
