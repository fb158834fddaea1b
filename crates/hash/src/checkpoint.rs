//! Stopping work in the middle.

/// Says that the caller wants no more. Why (an abort, a deadline) is the caller's own knowledge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stop;

/// Asked between two pieces of a piece of work. An error ends the work.
pub type Checkpoint<'a> = &'a dyn Fn() -> Result<(), Stop>;

/// The checkpoint of work that nobody can stop.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "the signature is the checkpoint's")]
pub fn never_stop() -> Result<(), Stop> {
    Ok(())
}
