//! `Range` (RFC 9110, section 14).

/// First and last byte, both within the file.
pub(super) type ByteRange = (u64, u64);

/// What a request asks of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it: no range, one of another unit or not well-formed, or so many that all costs less.
    Whole,
    /// These.
    Ranges(Vec<ByteRange>),
    /// Nothing the file has.
    Nothing,
}

/// More than these are answered with the whole file: each costs more than it saves.
const MOST: usize = 16;

pub(super) fn asked(header: &str, length: u64) -> Asked {
    let Some((unit, ranges_text)) = header.split_once('=') else { return Asked::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Asked::Whole;
    }
    let mut ranges: Vec<ByteRange> = Vec::new();
    for part in ranges_text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let Some((first, last)) = one(part, length) else { return Asked::Whole };
        if first < length {
            ranges.push((first, last));
        }
        if ranges.len() > MOST {
            return Asked::Whole;
        }
    }
    if ranges.is_empty() {
        return Asked::Nothing;
    }
    // Overlapping ranges multiply what is sent: an old way to make a server work for others.
    let total: u64 = ranges.iter().map(|(first, last)| last - first + 1).fold(0, u64::saturating_add);
    if ranges.len() > 1 && total > length {
        return Asked::Whole;
    }
    Asked::Ranges(ranges)
}

/// None: not well-formed. What begins past the end is outside of the file.
fn one(part: &str, length: u64) -> Option<ByteRange> {
    let (first, last) = part.split_once('-')?;
    let number = |text: &str| {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        // A number beyond 64 bits is beyond every file, too.
        Some(text.parse().unwrap_or(u64::MAX))
    };
    if first.is_empty() {
        let suffix = number(last)?;
        return Some((length.saturating_sub(suffix), length.saturating_sub(1)));
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    (first <= last).then(|| (first, last.min(length.saturating_sub(1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_ranges_as_the_standard_writes_them() {
        for (header, expected) in [
            ("bytes=0-4", Asked::Ranges(vec![(0, 4)])),
            ("bytes=5-", Asked::Ranges(vec![(5, 9)])),
            ("bytes=-3", Asked::Ranges(vec![(7, 9)])),
            ("bytes=-30", Asked::Ranges(vec![(0, 9)])),
            ("bytes=8-99", Asked::Ranges(vec![(8, 9)])),
            ("bytes=0-0, 9-9", Asked::Ranges(vec![(0, 0), (9, 9)])),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=99999999999999999999-", Asked::Nothing),
            ("bytes=4-2", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("lines=0-1", Asked::Whole),
            ("bytes=0-9,0-9", Asked::Whole),
        ] {
            assert_eq!(asked(header, 10), expected, "{header}");
        }
        let many = format!("bytes={}", ["0-0"; 17].join(","));
        assert_eq!(asked(&many, 1000), Asked::Whole);
    }
}
