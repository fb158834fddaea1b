//! One wake-up per batch.
//!
//! Waking another thread costs microseconds, pushing to a queue costs nanoseconds. The flag lets the first producer after
//! a drain do the waking and tells all others that it is done.

use crate::sync::{AtomicBool, Ordering, fence};

/// Raised from the first push until the consumer starts to drain.
///
/// Protocol: a producer pushes, then [`raise`](Self::raise)s, and wakes the consumer when told to. The consumer
/// [`lower`](Self::lower)s first and drains second; a push it misses is then followed by a raise that asks for a wake.
///
/// Each side writes one thing and then reads the other's, so each has a full fence in between. A producer that finds the flag
/// raised only reads it: producers and consumer do not fight for its cache line while a batch grows.
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
        fence(Ordering::SeqCst);
        !self.raised.load(Ordering::Relaxed) && !self.raised.swap(true, Ordering::AcqRel)
    }

    /// Before a drain.
    pub fn lower(&self) {
        self.raised.store(false, Ordering::Relaxed);
        fence(Ordering::SeqCst);
    }
}

impl Default for WakeFlag {
    fn default() -> Self {
        Self::new()
    }
}
