//! The token that stops a call.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use atomic_waker::AtomicWaker;

use crate::error::{BoundaryError, code};

/// Why a call stops early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Stop {
    /// The caller's signal fired or its JavaScript-side deadline passed.
    Aborted = 1,
    /// The token's own deadline passed (Sync doors: nobody else can tell).
    TimedOut = 2,
    /// The environment is going away.
    Closed = 3,
}

impl From<Stop> for BoundaryError {
    #[cold]
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Aborted => Self::new(code::ABORTED, "the call was aborted"),
            Stop::TimedOut => Self::new(code::TIMEOUT, "the deadline passed before the call was done"),
            Stop::Closed => Self::new(code::ENVIRONMENT_CLOSED, "the environment shut down before the call was done"),
        }
    }
}

struct Shared {
    stop: AtomicU8,
    deadline: Option<Instant>,
    waker: AtomicWaker,
}

/// Shared by a call and whoever may stop it. Blocking work calls [`check`](Self::check) at its stated points; futures are
/// dropped by the lane as soon as [`poll_stopped`](Self::poll_stopped) is ready.
#[derive(Clone)]
pub struct CancelToken(Arc<Shared>);

impl CancelToken {
    /// A token nobody has stopped.
    pub fn new() -> Self {
        Self::with_deadline(None)
    }

    /// A token that also stops by itself after a time; `None` never does.
    pub fn after(timeout: Option<Duration>) -> Self {
        Self::with_deadline(timeout.and_then(|timeout| Instant::now().checked_add(timeout)))
    }

    fn with_deadline(deadline: Option<Instant>) -> Self {
        Self(Arc::new(Shared { stop: AtomicU8::new(0), deadline, waker: AtomicWaker::new() }))
    }

    /// Asks the call to stop. The first reason stays.
    pub fn stop(&self, reason: Stop) {
        if self.0.stop.compare_exchange(0, reason as u8, Ordering::AcqRel, Ordering::Acquire).is_ok() {
            self.0.waker.wake();
        }
    }

    /// Why to stop, if anybody asked or the deadline passed.
    pub fn stopped(&self) -> Option<Stop> {
        match self.0.stop.load(Ordering::Acquire) {
            1 => Some(Stop::Aborted),
            2 => Some(Stop::TimedOut),
            3 => Some(Stop::Closed),
            _ => self.0.deadline.filter(|deadline| *deadline <= Instant::now()).map(|_| Stop::TimedOut),
        }
    }

    /// The checkpoint of blocking work.
    pub fn check(&self) -> Result<(), Stop> {
        self.stopped().map_or(Ok(()), Err)
    }

    /// When the token stops by itself.
    pub fn deadline(&self) -> Option<Instant> {
        self.0.deadline
    }

    /// Ready once [`stop`](Self::stop) was called. One future per token waits here.
    pub fn poll_stopped(&self, context: &mut Context<'_>) -> Poll<Stop> {
        if let Some(stop) = self.stopped() {
            return Poll::Ready(stop);
        }
        self.0.waker.register(context.waker());
        // Looked at again: a stop between the first look and the registration woke nobody.
        self.stopped().map_or(Poll::Pending, Poll::Ready)
    }
}

impl Default for CancelToken {
    fn default() -> Self {
        Self::new()
    }
}
