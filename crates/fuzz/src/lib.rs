//! What must hold of every parser, whatever comes.
//!
//! A check takes any bytes and panics if its parser does what it should not: panic, read beyond the input, or tell something else than
//! a second implementation that is written for being simple. `targets` hands them to libFuzzer (`npm run fuzz`); the tests here hand
//! them what it has found so far, `corpus`, as it is and changed at random.
#![forbid(unsafe_code)]

mod config;
mod config_lexer;
mod proc;
mod tl_headers;
mod tl_shaped;
mod tl_values;

/// A check of any bytes. It panics if what must hold does not.
pub type Check = fn(&[u8]);

/// Every check, by the name of its target and of its folder in `corpus`.
pub const CHECKS: &[(&str, Check)] = &[
    ("config_lexer", config_lexer::lexer),
    ("config_scan", config::scan),
    ("proc_meminfo", proc::meminfo),
    ("proc_stat", proc::stat),
    ("proc_statm", proc::statm),
    ("tl_answer_header", tl_headers::answer),
    ("tl_query_header", tl_headers::query),
    ("tl_reader", tl_values::reader),
    ("tl_shaped", tl_shaped::shaped),
];

/// Runs the check of this name.
///
/// # Panics
/// As the check does, and if there is none of this name.
pub fn check(name: &str, data: &[u8]) {
    let (_, check) = CHECKS.iter().find(|(known, _)| *known == name).expect("a check of this name");
    check(data);
}
