//! `/proc/meminfo`.

use super::ParseError;

/// The system's memory, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Memory {
    /// `MemFree`.
    pub free: i64,
    /// `Cached`.
    pub cached: i64,
    /// `SwapTotal`.
    pub swap_total: i64,
    /// `SwapFree`.
    pub swap_free: i64,
}

/// Reads the four. Of several lines of the same name the last counts; lines of another form are passed over.
///
/// # Errors
/// One that is missing: it has no line that ends in a number and `kB`.
pub fn parse_meminfo(text: &[u8]) -> Result<Memory, ParseError> {
    let text = std::str::from_utf8(text).map_err(|_| ParseError::NotText)?;
    let (mut free, mut cached, mut swap_total, mut swap_free) = (None, None, None, None);
    for line in text.lines() {
        let mut words = line.split_ascii_whitespace();
        let place = match words.next() {
            Some("MemFree:") => &mut free,
            Some("Cached:") => &mut cached,
            Some("SwapTotal:") => &mut swap_total,
            Some("SwapFree:") => &mut swap_free,
            _ => continue,
        };
        let value = words.next().and_then(|value| value.parse::<i64>().ok());
        if let (Some(value), Some("kB")) = (value, words.next()) {
            *place = Some(value.saturating_mul(1024));
        }
    }
    let found = |field, value: Option<i64>| value.ok_or(ParseError::Missing { field });
    Ok(Memory {
        free: found("MemFree", free)?,
        cached: found("Cached", cached)?,
        swap_total: found("SwapTotal", swap_total)?,
        swap_free: found("SwapFree", swap_free)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "MemTotal: 9 kB\nMemFree:  1 kB\nCached:\t2 kB junk\r\n  SwapTotal: 3 kB\nSwapFree: 4 kB\n";

    #[test]
    fn the_four_are_found_wherever_they_stand() {
        let memory = Memory { free: 1024, cached: 2048, swap_total: 3072, swap_free: 4096 };
        assert_eq!(parse_meminfo(WHOLE.as_bytes()), Ok(memory));
        let twice = format!("{WHOLE}MemFree: 5 kB\n");
        assert_eq!(parse_meminfo(twice.as_bytes()), Ok(Memory { free: 5120, ..memory }));
        let most = format!("{WHOLE}MemFree: {} kB\n", i64::MAX);
        assert_eq!(parse_meminfo(most.as_bytes()).unwrap().free, i64::MAX);
    }

    #[test]
    fn a_line_of_another_form_is_none() {
        for free in ["MemFree:1 kB", "MemFree: 1kB", "MemFree: 1 KB", "MemFree: 1", "MemFree: x kB", "Memfree: 1 kB"] {
            let text = WHOLE.replace("MemFree:  1 kB", free);
            assert_eq!(parse_meminfo(text.as_bytes()), Err(ParseError::Missing { field: "MemFree" }), "{free}");
        }
        assert_eq!(parse_meminfo(b"\xff"), Err(ParseError::NotText));
    }
}
