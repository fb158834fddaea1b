//! One wake-up per batch.
//!
//! Waking another thread costs microseconds, pushing to a queue costs nanoseconds. The flag lets the first producer after
//! a drain do the waking and tells all others that it is done.

use crate::sync::{AtomicBool, Ordering};

/// Raised from the first push until the consumer starts to drain.
///
/// Protocol: a producer pushes, then [`raise`](Self::raise)s, and wakes the consumer when told to. The consumer
/// [`lower`](Self::lower)s first and drains second; a push it misses is then followed by a raise that asks for a wake.
pub struct WakeFlag {
    raised: AtomicBool,
}

impl WakeFlag {
    /// A lowered flag.
    pub fn new() -> Self {
        Self { raised: AtomicBool::new(false) }
    }

    /// After a push. True: the caller must wake the consumer.
    pub fn raise(&self) -> bool {
        !self.raised.swap(true, Ordering::AcqRel)
    }

    /// Before a drain. A read-modify-write, so that it synchronises with the raise it takes down.
    pub fn lower(&self) {
        self.raised.swap(false, Ordering::AcqRel);
    }
}

impl Default for WakeFlag {
    fn default() -> Self {
        Self::new()
    }
}
