//! Stopping work in the middle.

/// Says that the caller wants no more. Why (an abort, a deadline) is the caller's own knowledge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stop;

/// Asked between two steps of a piece of work: chunks of a file, files of a folder. An error ends the work with
/// [`Error::Stopped`](crate::Error::Stopped), and what was begun is taken back.
pub type Checkpoint<'a> = &'a dyn Fn() -> Result<(), Stop>;

/// The checkpoint of work that nobody can stop.
///
/// # Errors
/// Never.
#[allow(clippy::unnecessary_wraps, reason = "the signature is the checkpoint's")]
pub fn never_stop() -> Result<(), Stop> {
    Ok(())
}

/// The most that is read, written or hashed between two looks at the checkpoint.
pub(crate) const CHUNK: usize = 1024 * 1024;
