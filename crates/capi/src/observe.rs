//! What `/proc` tells, and the start of a line of a log.

use std::ffi::c_char;

use ferrule_sys::{
    Moment, log_prefix,
    proc::{Memory, Stat, parse_meminfo, parse_stat, parse_statm_each, read_stat},
};

use crate::{
    guard::{FAILED, code, input, or, output},
    structs::{MeminfoSummary, ProcStats},
};

/// All four bits of `found_mask`: without one of them there is no summary.
const ALL_FOUND: i32 = 15;

/// The most fields of statm.
const STATM_FIELDS: usize = 7;

/// Text as C has it, cut so that a zero stands behind it, and how much of it that is.
pub(crate) const fn text<const SIZE: usize>(bytes: &[u8]) -> ([c_char; SIZE], usize) {
    let mut text = [0; SIZE];
    let mut length = 0;
    while length < bytes.len() && length + 1 < SIZE {
        text[length] = bytes[length] as c_char;
        length += 1;
    }
    (text, length)
}

macro_rules! stats {
    ($($field:ident)*) => {
        impl From<Stat> for ProcStats {
            fn from(Stat { pid, comm, state, $($field),* }: Stat) -> Self {
                let comm = [b"(", &comm[..], b")"].concat();
                Self { pid, comm: text(&comm).0, state: state as i8, $($field),* }
            }
        }
    };
}

stats! {
    ppid pgrp session tty_nr tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime priority nice num_threads itrealvalue
    starttime vsize rss rlim startcode endcode startstack kstkesp kstkeip signal blocked sigignore sigcatch wchan nswap cnswap exit_signal
    processor rt_priority policy delayacct_blkio_ticks
}

/// Reads a line of /proc/PID/stat. The name may hold blanks and parentheses. 0, or -1 if it is no such line, or if a pointer is NULL where it
/// must not be; then nothing is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_parse_proc_stat_line(line: *const c_char, len: usize, out: *mut ProcStats) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `line`, as the crate says.
        let stat = parse_stat(unsafe { input(line, len) }?).ok()?;
        // SAFETY: the same for `out`.
        unsafe { output(out, stat.into()) }
    })
}

/// Reads /proc/PID/stat, or that of the thread tid if tid is above 0. 0, or -1 if out is NULL, if it cannot be read, or on a system without
/// /proc; then nothing is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_read_proc_stat_file(pid: i32, tid: i32, out: *mut ProcStats) -> i32 {
    code(|| {
        if out.is_null() {
            return None;
        }
        let thread = u32::try_from(tid).ok().filter(|tid| *tid > 0);
        let stat = read_stat(u32::try_from(pid).ok()?, thread).ok()?;
        // SAFETY: the caller's word for `out`, as the crate says.
        unsafe { output(out, stat.into()) }
    })
}

/// Reads the first m fields (1 to 7) of /proc/PID/statm, which count pages, as bytes: size, resident, shared, text, lib, data, dt. What is
/// more than INT64_MAX is that. 0, or -1 if m or page_size is out of range, if a field is missing or no number, or if a pointer is NULL where
/// it must not be. Fields before one that is wrong have been written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_parse_statm(
    buf: *const c_char,
    len: usize,
    m: i32,
    page_size: i64,
    out_values: *mut i64,
) -> i32 {
    code(|| {
        if out_values.is_null() {
            return None;
        }
        let mut values = Vec::with_capacity(STATM_FIELDS);
        // SAFETY: the caller's word for `buf`, as the crate says.
        let text = unsafe { input(buf, len) }?;
        let read = parse_statm_each(text, usize::try_from(m).ok()?, page_size, |value| values.push(value));
        for (index, value) in values.into_iter().enumerate() {
            // SAFETY: at most `m` values are read, and the caller's word is that there is room for so many.
            unsafe { output(out_values.add(index), value) };
        }
        read.ok()
    })
}

/// Reads MemFree, Cached, SwapTotal and SwapFree of /proc/meminfo; of several lines of one name the last counts. 0, or -1 if one of them is
/// missing, or if a pointer is NULL where it must not be; then nothing is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_parse_meminfo_summary(
    buf: *const c_char,
    len: usize,
    out: *mut MeminfoSummary,
) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `buf`, as the crate says.
        let Memory { free, cached, swap_total, swap_free } = parse_meminfo(unsafe { input(buf, len) }?).ok()?;
        let found_mask = ALL_FOUND;
        let summary = MeminfoSummary { mem_free: free, mem_cached: cached, swap_total, swap_free, found_mask };
        // SAFETY: the same for `out`.
        unsafe { output(out, summary) }
    })
}

/// The start of a line of a log: "[4711][2026-11-26 08:30:00.000123 local] ". Nothing is checked; what is wider than its place is written in
/// full. Bytes written before the zero behind them: as many as there is room for. -1 if there is no room even for that.
#[unsafe(no_mangle)]
#[allow(clippy::too_many_arguments, reason = "so it is in C")]
pub unsafe extern "C" fn ferrule_format_log_prefix(
    pid: i32,
    year: i32,
    mon: i32,
    mday: i32,
    hour: i32,
    min: i32,
    sec: i32,
    usec: i32,
    out: *mut c_char,
    out_len: usize,
) -> i32 {
    or(FAILED, || {
        if out.is_null() || out_len == 0 {
            return FAILED;
        }
        let moment = Moment { pid, year, month: mon, day: mday, hour, minute: min, second: sec, microsecond: usec };
        let prefix = log_prefix(&moment);
        let length = prefix.len().min(out_len - 1);
        // SAFETY: `length` bytes and the zero are at most `out_len`, and the caller's word is that there are so many. The text is ours
        // and lies elsewhere.
        unsafe {
            out.copy_from_nonoverlapping(prefix.as_ptr().cast(), length);
            out.add(length).write(0);
        }
        // The longest prefix has about a hundred bytes.
        length as i32
    })
}
