//! Stopping work that goes over many matches.

/// Says that the caller wants no more. Why (an abort, a deadline) is the caller's own knowledge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stop;

/// Called before each search of a run over many matches; an error ends the run with [`Error::Stopped`](crate::Error::Stopped).
///
/// It runs once per match, so it should cost no more than an atomic load; look at a clock only every so many calls.
///
/// # Example
/// ```
/// use ferrule_regex::{Error, Options, Regex, Stop};
/// use std::sync::atomic::{AtomicBool, Ordering};
///
/// let cancelled = AtomicBool::new(true);
/// let checkpoint = || if cancelled.load(Ordering::Relaxed) { Err(Stop) } else { Ok(()) };
/// let regex = Regex::new("a", &Options::default())?;
/// assert_eq!(regex.count("aaa", &checkpoint), Err(Error::Stopped));
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
pub type Checkpoint<'a> = &'a dyn Fn() -> Result<(), Stop>;

/// The checkpoint of a run that nobody can stop.
///
/// # Errors
/// Never.
///
/// # Example
/// ```
/// use ferrule_regex::{Options, Regex, never_stop};
/// let regex = Regex::new("a", &Options::default())?;
/// assert_eq!(regex.count("banana", &never_stop)?, 3);
/// # Ok::<(), ferrule_regex::Error>(())
/// ```
#[allow(clippy::unnecessary_wraps, reason = "the signature is the checkpoint's")]
pub fn never_stop() -> Result<(), Stop> {
    Ok(())
}
