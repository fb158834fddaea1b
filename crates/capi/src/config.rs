//! The scanner of configuration text.

use std::ffi::c_char;

use ferrule_config::scan::{self, Integer, Skipped};

use crate::{
    guard::{FAILED, code, input, or, output},
    structs::{CfgIntResult, CfgScanResult},
};

/// Writes where skipping ended.
///
/// # Safety
/// As the crate says of input and results.
unsafe fn skip(
    skip: fn(&[u8], i32) -> Skipped,
    (cur, length): (*const c_char, usize),
    line: i32,
    out: *mut CfgScanResult,
) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `cur`.
        let Skipped { advance, line, next } = skip(unsafe { input(cur, length) }?, line);
        // SAFETY: the same for `out`.
        unsafe { output(out, CfgScanResult { advance, line_no: line, ch: next.into() }) }
    })
}

/// How long something is: INT_MAX if it is longer, -1 if it is nowhere.
///
/// # Safety
/// As the crate says of input.
unsafe fn length(measure: fn(&[u8]) -> usize, cur: *const c_char, length: usize) -> i32 {
    // SAFETY: the caller's word for `cur`.
    let measured = || unsafe { input(cur, length) }.map(measure);
    or(FAILED, || measured().map_or(FAILED, |length| i32::try_from(length).unwrap_or(i32::MAX)))
}

/// Writes an integer.
///
/// # Safety
/// As the crate says of input and results.
unsafe fn integer(read: fn(&[u8]) -> Integer, cur: *const c_char, length: usize, out: *mut CfgIntResult) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `cur`.
        let Integer { value, consumed } = read(unsafe { input(cur, length) }?);
        // SAFETY: the same for `out`.
        unsafe { output(out, CfgIntResult { value, consumed }) }
    })
}

/// Skips spaces, tabs, carriage returns, line feeds (each counts one line), and comments from # up to the end of their line. 0, or -1 if a
/// pointer is NULL where it must not be; as all below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_skipspc(
    cur: *const c_char,
    len: usize,
    line_no: i32,
    out: *mut CfgScanResult,
) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { skip(scan::skip_space, (cur, len), line_no, out) }
}

/// Skips spaces and tabs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_skspc(
    cur: *const c_char,
    len: usize,
    line_no: i32,
    out: *mut CfgScanResult,
) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { skip(scan::skip_blanks, (cur, len), line_no, out) }
}

/// The length of the word behind spaces and tabs, which are not counted: letters, digits, '.', '-' and '_'; or '[' and these and ':', with
/// the ']' if there is one. INT_MAX if it is longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_getword_len(cur: *const c_char, len: usize) -> i32 {
    // SAFETY: the caller's word for `cur`, as the crate says.
    unsafe { length(scan::word_length, cur, len) }
}

/// The length of the string behind spaces and tabs, which are not counted: all bytes above space but ';'. Of one that begins with a
/// quotation mark it is 1: there are no quoted strings. INT_MAX if it is longer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_getstr_len(cur: *const c_char, len: usize) -> i32 {
    // SAFETY: the caller's word for `cur`, as the crate says.
    unsafe { length(scan::string_length, cur, len) }
}

/// Decimal digits behind spaces and tabs. Beyond INT64_MAX: that. None: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_getint(cur: *const c_char, len: usize, out: *mut CfgIntResult) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { integer(scan::unsigned, cur, len, out) }
}

/// As ferrule_cfg_getint. None: -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_getint_zero(cur: *const c_char, len: usize, out: *mut CfgIntResult) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { integer(scan::unsigned_or_minus_one, cur, len, out) }
}

/// Decimal digits, with '-' before them or without. Beyond INT64_MAX or INT64_MIN: that. None: INT64_MIN, and consumed is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cfg_getint_signed_zero(cur: *const c_char, len: usize, out: *mut CfgIntResult) -> i32 {
    // SAFETY: the caller's word for both, as the crate says.
    unsafe { integer(scan::signed, cur, len, out) }
}
