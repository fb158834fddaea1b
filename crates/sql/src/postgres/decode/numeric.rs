//! `numeric`: digits in base 10,000, written as the server writes them.

use std::fmt::Write as _;

const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xC000;
const INFINITY: u16 = 0xD000;
const MINUS_INFINITY: u16 = 0xF000;

/// Count of digits, weight of the first, sign, decimal places to show; then the digits.
pub(super) fn write(value: &[u8], out: &mut String) -> Result<(), String> {
    let mut words = value.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let mut word = || words.next().ok_or_else(|| "the server sent a numeric that ends too early".to_owned());
    let (count, weight, sign, scale) = (word()?, word()? as i16, word()?, word()?);
    match sign {
        NAN => out.push_str("NaN"),
        INFINITY => out.push_str("Infinity"),
        MINUS_INFINITY => out.push_str("-Infinity"),
        _ => {
            let digits = (0..count).map(|_| word()).collect::<Result<Vec<_>, _>>()?;
            let digit =
                |place: i32| usize::try_from(place).ok().and_then(|place| digits.get(place)).copied().unwrap_or(0);
            if sign == NEGATIVE {
                out.push('-');
            }
            let weight = i32::from(weight);
            if weight < 0 {
                out.push('0');
            }
            for place in 0..=weight {
                let _ = if place == 0 { write!(out, "{}", digit(place)) } else { write!(out, "{:04}", digit(place)) };
            }
            if scale > 0 {
                out.push('.');
                let whole = out.len();
                let mut place = weight + 1;
                while out.len() - whole < usize::from(scale) {
                    let _ = write!(out, "{:04}", digit(place));
                    place += 1;
                }
                out.truncate(whole + usize::from(scale));
            }
        }
    }
    Ok(())
}
