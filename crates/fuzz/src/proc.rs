//! What Linux tells under `/proc`. The second implementation reads every number as one of 128 bits and then looks whether it fits.

use ferrule_sys::proc::{Memory, parse_meminfo, parse_stat, parse_statm};

/// The fields behind the name and the state, each with its type: `d` 32 bits, `l` 64 bits, `u` 64 bits without a sign.
const FIELDS: &str = "ppid:d pgrp:d session:d tty_nr:d tpgid:d flags:u minflt:u cminflt:u majflt:u cmajflt:u utime:u stime:u \
    cutime:l cstime:l priority:l nice:l num_threads:l itrealvalue:l starttime:u vsize:u rss:l rlim:u startcode:u endcode:u \
    startstack:u kstkesp:u kstkeip:u signal:u blocked:u sigignore:u sigcatch:u wchan:u nswap:u cnswap:u exit_signal:d processor:d \
    rt_priority:u policy:u delayacct_blkio_ticks:u";

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\n', '\r', '\x0c']).filter(|word| !word.is_empty())
}

fn number(word: &str, kind: &str) -> Option<i128> {
    let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
    if digits.is_empty()
        || !digits.chars().all(|digit| digit.is_ascii_digit())
        || (kind == "u" && word.starts_with('-'))
    {
        return None;
    }
    let significant = digits.trim_start_matches('0');
    if significant.len() > 30 {
        return None;
    }
    let size: i128 = format!("0{significant}").parse().unwrap();
    let value = if word.starts_with('-') { -size } else { size };
    let (min, max) = match kind {
        "d" => (i32::MIN.into(), i32::MAX.into()),
        "l" => (i64::MIN.into(), i64::MAX.into()),
        _ => (0, u64::MAX.into()),
    };
    (min..=max).contains(&value).then_some(value)
}

/// The state as Rust shows it.
fn second_stat(line: &[u8]) -> Option<String> {
    let open = line.iter().position(|byte| *byte == b'(')?;
    let close = line.len() - 1 - line.iter().rev().position(|byte| *byte == b')')?;
    let comm = line.get(open + 1..close)?;
    let before = std::str::from_utf8(&line[..open]).ok()?;
    let behind = std::str::from_utf8(&line[close + 1..]).ok()?;
    let pid = number(words(before).next()?, "d")?;
    let mut behind = words(behind);
    let state = behind.next()?.as_bytes()[0];
    let mut shown = format!("Stat {{ pid: {pid}, comm: {comm:?}, state: {state}");
    for field in FIELDS.split_whitespace() {
        let (name, kind) = field.split_once(':')?;
        shown.extend([", ", name, ": ", &number(behind.next()?, kind)?.to_string()]);
    }
    Some(shown + " }")
}

/// [`parse_stat`].
pub(crate) fn stat(data: &[u8]) {
    assert_eq!(parse_stat(data).ok().map(|stat| format!("{stat:?}")), second_stat(data));
}

/// [`parse_statm`]. The first byte is how many fields to read, eight follow for the size of a page.
pub(crate) fn statm(data: &[u8]) {
    let Some(([fields, page @ ..], text)) = data.split_first_chunk::<9>() else { return };
    let fields = usize::from(*fields);
    let page = i64::from_le_bytes(*page);
    let second = || {
        let text = std::str::from_utf8(text).ok().filter(|_| (1..=7).contains(&fields) && page > 0)?;
        let values: Option<Vec<i64>> = words(text)
            .take(fields)
            .map(|word| Some((number(word, "l")? * i128::from(page)).clamp(i64::MIN.into(), i64::MAX.into()) as i64))
            .collect();
        values.filter(|values| values.len() == fields)
    };
    assert_eq!(parse_statm(text, fields, page).ok(), second());
}

/// [`parse_meminfo`].
pub(crate) fn meminfo(data: &[u8]) {
    let second = || {
        let text = std::str::from_utf8(data).ok()?;
        let last = |key| {
            text.split('\n').rev().find_map(|line| match *words(line).collect::<Vec<_>>() {
                [name, value, "kB", ..] if name == key => number(value, "l"),
                _ => None,
            })
        };
        let bytes = |key| last(key).map(|value| (value * 1024).clamp(i64::MIN.into(), i64::MAX.into()) as i64);
        Some(Memory {
            free: bytes("MemFree:")?,
            cached: bytes("Cached:")?,
            swap_total: bytes("SwapTotal:")?,
            swap_free: bytes("SwapFree:")?,
        })
    };
    assert_eq!(parse_meminfo(data).ok(), second());
}
