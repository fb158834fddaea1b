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
    let bytes = text.as_bytes();
    let ends = memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]);
    let mut begin = 0;
    for end in ends {
        let line = begin..end;
        begin = end + 1;
        // Of some fifty lines four count: most others are told by their first letter alone.
        let line = match bytes.get(line.start) {
            Some(b'M' | b'C' | b'S') => &text[line],
            Some(first) if first.is_ascii_whitespace() => text[line].trim_ascii_start(),
            _ => continue,
        };
        let (place, rest) = if let Some(rest) = line.strip_prefix("MemFree:") {
            (&mut free, rest)
        } else if let Some(rest) = line.strip_prefix("Cached:") {
            (&mut cached, rest)
        } else if let Some(rest) = line.strip_prefix("SwapTotal:") {
            (&mut swap_total, rest)
        } else if let Some(rest) = line.strip_prefix("SwapFree:") {
            (&mut swap_free, rest)
        } else {
            continue;
        };
        if !rest.starts_with(|first: char| first.is_ascii_whitespace()) {
            continue;
        }
        let mut words = rest.split_ascii_whitespace();
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
    use proptest::prelude::*;

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

    /// Line by line and word by word, as it is told.
    fn plainly(text: &str) -> Option<Memory> {
        let value = |name: &str| {
            text.split('\n').rev().find_map(|line| match line.split_ascii_whitespace().collect::<Vec<_>>()[..] {
                [key, value, "kB", ..] if key == name => {
                    value.parse::<i64>().ok().map(|value| value.saturating_mul(1024))
                }
                _ => None,
            })
        };
        Some(Memory {
            free: value("MemFree:")?,
            cached: value("Cached:")?,
            swap_total: value("SwapTotal:")?,
            swap_free: value("SwapFree:")?,
        })
    }

    proptest! {
        #[test]
        fn any_lines_are_read_as_they_are_told(lines in prop::collection::vec(
            "[ \t\r]{0,2}(MemFree|Cached|SwapTotal|SwapFree|SwapCached|é)(:|: | :|:\u{a0}|:\t)[ +-]?[0-9]{0,3}[ x\r]?( kB|kB| KB)[ \ra]{0,2}",
            0..40,
        )) {
            let text = lines.join("\n");
            prop_assert_eq!(parse_meminfo(text.as_bytes()).ok(), plainly(&text));
            let whole = format!("{WHOLE}{text}");
            prop_assert_eq!(parse_meminfo(whole.as_bytes()).ok(), plainly(&whole));
        }
    }
}
