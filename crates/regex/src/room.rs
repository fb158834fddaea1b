//! Stack room for compiling deeply nested patterns.
//!
//! The compiler recurses, about 1.2 KiB per nesting level when optimised. A caller may already stand deep in its own
//! stack (a Node Worker leaves native code as little as 192 KiB), and overflowing a stack ends the process. So a pattern
//! that might nest deeply is compiled on a thread whose stack is known to hold [`Options::NEST_LIMIT_MAX`]
//! levels. Searching does not recurse.

use std::panic::resume_unwind;
use std::thread;

use crate::Error;
#[cfg(doc)]
use crate::Options;

/// Levels compiled on the caller's stack: some 120 KiB.
const LEVELS_IN_PLACE: usize = 100;

/// Room for [`Options::NEST_LIMIT_MAX`] levels without optimisation, where one takes 8 KiB. Only what is used becomes
/// real memory.
const STACK_BYTES: usize = 16 << 20;

/// Runs the compilation of these patterns where there is room for it.
pub(crate) fn with_room<T: Send>(
    patterns: &[&str],
    compile: impl FnOnce() -> Result<T, Error> + Send,
) -> Result<T, Error> {
    if patterns.iter().all(|pattern| levels_at_most(pattern) <= LEVELS_IN_PLACE) {
        return compile();
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new()
            .name("ferrule-regex".into())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, compile)
            .map_err(|error| Error::NoThread { message: error.to_string() })?;
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// An upper bound of the nesting, from the characters that can add to it: a group brings itself, an alternation and a
/// concatenation; a repetition brings itself.
fn levels_at_most(pattern: &str) -> usize {
    2 + pattern
        .bytes()
        .map(|byte| match byte {
            b'(' => 3,
            b'*' | b'+' | b'?' | b'{' => 1,
            _ => 0,
        })
        .sum::<usize>()
}
