//! A door that foreign threads pass through and that can be shut for good.
//!
//! A thread-safe function must not be called once its environment has gone. A plain "closed" flag leaves a window between
//! the check and the call; here the closer waits until the last caller has left.

use crate::sync::{AtomicUsize, Ordering, yield_now};

const CLOSED: usize = 1;
const ONE: usize = 2;

/// Counts those inside; bit 0 says that nobody else may enter.
pub struct Gate {
    state: AtomicUsize,
}

/// Proof of being inside. Hold it for a few instructions only: [`Gate::close`] waits for it.
pub struct Pass<'gate> {
    gate: &'gate Gate,
}

impl Gate {
    /// An open gate.
    pub fn new() -> Self {
        Self { state: AtomicUsize::new(0) }
    }

    /// Enters, unless the gate is closed.
    pub fn enter(&self) -> Option<Pass<'_>> {
        let before = self.state.fetch_add(ONE, Ordering::Acquire);
        let pass = Pass { gate: self };
        // Entering first and looking second leaves no window: `close` sees us, or we see that it is closed.
        if before & CLOSED == 0 { Some(pass) } else { None }
    }

    /// Shuts the gate and returns when nobody is inside.
    pub fn close(&self) {
        self.state.fetch_or(CLOSED, Ordering::AcqRel);
        while self.state.load(Ordering::Acquire) >> 1 != 0 {
            yield_now();
        }
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.state.load(Ordering::Acquire) & CLOSED != 0
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        // Release: what was done inside happens before `close` returns.
        self.gate.state.fetch_sub(ONE, Ordering::Release);
    }
}
