//! Closures for Rust code that call JavaScript: what JavaScript throws ends that code, and comes back as it was.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use crate::failure::Failure;

/// What unwinds the Rust code between the closure and the export.
struct Threw;

/// The way out of a closure that cannot return an error.
#[derive(Default)]
pub struct Throws(Cell<Option<Failure>>);

impl Throws {
    /// Nothing thrown yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value, or out of the closure and of everything up to [`catch`](Self::catch). Not a panic: no hook hears of it.
    pub fn or_throw<T>(&self, result: Result<T, Failure>) -> T {
        match result {
            Ok(value) => value,
            Err(failure) => {
                self.0.set(Some(failure));
                resume_unwind(Box::new(Threw))
            }
        }
    }

    /// Runs the code whose closures may throw. A panic of that code stays one, also when a closure threw before.
    pub fn catch<T>(&self, work: impl FnOnce() -> T) -> Result<T, Failure> {
        match (catch_unwind(AssertUnwindSafe(work)), self.0.take()) {
            (Err(payload), _) if !payload.is::<Threw>() => resume_unwind(payload),
            // The code may have caught the unwinding itself: what was thrown still counts.
            (_, Some(failure)) => Err(failure),
            (Ok(value), None) => Ok(value),
            (Err(payload), None) => resume_unwind(payload),
        }
    }
}
