//! Dates and times. The server counts days and microseconds from 2000-01-01.

use std::fmt::Write as _;

/// 2000-01-01 in milliseconds since 1970-01-01.
const EPOCH: f64 = 946_684_800_000.0;
const DAY: f64 = 86_400_000.0;
/// The farthest moment a JavaScript `Date` can hold, either way.
const FARTHEST: f64 = 8_640_000_000_000_000.0;

const INFINITE: &str = "infinity is no moment; cast it in the statement to text, or compare it there";

/// Midnight, UTC, in milliseconds since 1970.
pub(super) fn date(days: i32) -> Result<f64, String> {
    if days == i32::MAX || days == i32::MIN {
        return Err(INFINITE.to_owned());
    }
    within(f64::from(days) * DAY + EPOCH)
}

/// Microseconds from 2000 to milliseconds since 1970; what is below a millisecond is cut off.
pub(super) fn timestamp(micros: i64) -> Result<f64, String> {
    if micros == i64::MAX || micros == i64::MIN {
        return Err(INFINITE.to_owned());
    }
    within(micros.div_euclid(1000) as f64 + EPOCH)
}

fn within(milliseconds: f64) -> Result<f64, String> {
    if milliseconds.abs() <= FARTHEST {
        return Ok(milliseconds);
    }
    Err("the moment is farther away than a Date can hold; cast it in the statement to text".to_owned())
}

fn i64_at(value: &[u8]) -> i64 {
    value.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}

fn i32_at(value: &[u8]) -> i32 {
    value.first_chunk().map_or(0, |bytes| i32::from_be_bytes(*bytes))
}

/// `04:05:06.789`, as the server writes it.
pub(super) fn write_time(micros: i64, out: &mut String) {
    let (seconds, micros) = (micros / 1_000_000, micros % 1_000_000);
    let _ = write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    write_fraction(micros.unsigned_abs(), out);
}

fn write_fraction(micros: u64, out: &mut String) {
    if micros != 0 {
        let _ = write!(out, ".{micros:06}");
        out.truncate(out.trim_end_matches('0').len());
    }
}

/// `04:05:06+01`: microseconds, and seconds west of Greenwich.
pub(super) fn write_time_with_zone(value: [u8; 12], out: &mut String) {
    write_time(i64_at(&value), out);
    let east = -i32_at(&value[8..]);
    let (sign, size) = (if east < 0 { '-' } else { '+' }, east.unsigned_abs());
    let _ = write!(out, "{sign}{:02}", size / 3600);
    if size % 3600 != 0 {
        let _ = write!(out, ":{:02}", size / 60 % 60);
    }
    if size % 60 != 0 {
        let _ = write!(out, ":{:02}", size % 60);
    }
}

/// `1 year 2 mons 3 days 04:05:06`, as the server writes it: microseconds, days, months.
pub(super) fn write_interval(value: [u8; 16], out: &mut String) {
    let (micros, days, months) = (i64_at(&value), i32_at(&value[8..]), i32_at(&value[12..]));
    let mut before_was_negative = false;
    for (count, one, many) in [(months / 12, "year", "years"), (months % 12, "mon", "mons"), (days, "day", "days")] {
        if count == 0 {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        // The server marks what turns positive behind something negative.
        let plus = if before_was_negative && count > 0 { "+" } else { "" };
        let _ = write!(out, "{plus}{count} {}", if count == 1 { one } else { many });
        before_was_negative = count < 0;
    }
    if micros != 0 || out.is_empty() {
        if !out.is_empty() {
            out.push(' ');
        }
        if micros < 0 {
            out.push('-');
        } else if before_was_negative {
            out.push('+');
        }
        let size = micros.unsigned_abs();
        let (seconds, fraction) = (size / 1_000_000, size % 1_000_000);
        let _ = write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        write_fraction(fraction, out);
    }
}
