//! What a connection is waiting for, and for how long it may.
//!
//! One sweep over all connections every [`TICK`] finds those that wait too long: no timer is set and cleared per request.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use tokio::sync::Notify;

use super::config::Timeouts;

/// How often waiting connections are looked at.
pub(super) const TICK: Duration = Duration::from_millis(200);

/// Milliseconds, as of the last tick.
pub(super) struct Clock {
    started: Instant,
    now: AtomicU64,
}

impl Clock {
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), now: AtomicU64::new(1) }
    }

    pub(super) fn tick(&self) -> u64 {
        let now = self.started.elapsed().as_millis() as u64 + 1;
        self.now.store(now, Relaxed);
        now
    }

    /// Up to a tick ago.
    fn now(&self) -> u64 {
        self.now.load(Relaxed)
    }

    fn after(&self, duration: Duration) -> u64 {
        // Somewhat late rather than early: the clock stands between its ticks.
        self.now().saturating_add(duration.as_millis() as u64)
    }
}

/// Who shuts the sending half this long behind a request, at least, has most likely given up on it.
const LATE: u64 = 500;

/// What a connection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// Waits for a head, of which something may have come.
    Head,
    /// Has requests at work.
    Busy,
    /// Waits for a next request.
    Idle,
    /// Belongs to somebody else.
    Upgraded,
}

/// One connection, as the server sees it.
pub(super) struct Watch {
    clock: Arc<Clock>,
    timeouts: Timeouts,
    phase: AtomicU8,
    in_flight: AtomicU32,
    /// When the last request began.
    began: AtomicU64,
    /// When the phase has lasted too long; 0 for never.
    deadline: AtomicU64,
    /// When the client has taken nothing for too long; 0 while it takes.
    write_deadline: AtomicU64,
    expired: AtomicBool,
    stopping: AtomicBool,
    http2: AtomicBool,
    /// Whether the last request's answer has begun.
    answering: AtomicBool,
    between_chunks: AtomicBool,
    /// Told when the connection has waited too long, or the server stops.
    pub(super) signal: Notify,
    /// The client's address.
    pub(super) remote: Box<str>,
    /// Whether it speaks TLS.
    pub(super) secure: bool,
}

impl Watch {
    pub(super) fn new(clock: &Arc<Clock>, timeouts: Timeouts, remote: Box<str>, secure: bool) -> Self {
        Self {
            deadline: AtomicU64::new(clock.after(timeouts.headers)),
            clock: Arc::clone(clock),
            timeouts,
            phase: AtomicU8::new(Phase::Head as u8),
            in_flight: AtomicU32::new(0),
            began: AtomicU64::new(0),
            write_deadline: AtomicU64::new(0),
            expired: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
            http2: AtomicBool::new(false),
            answering: AtomicBool::new(false),
            between_chunks: AtomicBool::new(false),
            signal: Notify::new(),
            remote,
            secure,
        }
    }

    pub(super) fn is(&self, phase: Phase) -> bool {
        self.phase.load(Relaxed) == phase as u8
    }

    fn enter(&self, phase: Phase, deadline: u64) {
        self.phase.store(phase as u8, Relaxed);
        self.deadline.store(deadline, Relaxed);
    }

    pub(super) fn request_began(&self) {
        self.in_flight.fetch_add(1, Relaxed);
        self.began.store(self.clock.now(), Relaxed);
        self.answering.store(false, Relaxed);
        self.between_chunks(false);
        self.enter(Phase::Busy, 0);
    }

    pub(super) fn request_ended(&self) {
        if self.in_flight.fetch_sub(1, Relaxed) == 1 && !self.is(Phase::Upgraded) {
            self.enter(Phase::Idle, self.clock.after(self.timeouts.keep_alive));
        }
    }

    /// Nobody waits for it any more.
    pub(super) fn upgraded(&self) {
        self.enter(Phase::Upgraded, 0);
    }

    /// Lets it end after what it does now.
    pub(super) fn stop(&self) {
        self.stopping.store(true, Relaxed);
        self.signal.notify_one();
    }

    /// Whether it has nothing to do: it can be closed without a word.
    pub(super) fn is_idle(&self) -> bool {
        self.is(Phase::Idle)
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Relaxed)
    }

    /// Ends it wherever it is.
    pub(super) fn expire(&self) {
        self.expired.store(true, Relaxed);
    }

    pub(super) fn is_expired(&self) -> bool {
        self.expired.load(Relaxed)
    }

    pub(super) fn is_http2(&self) -> bool {
        self.http2.load(Relaxed)
    }

    /// The last request is about to be answered.
    pub(super) fn answers(&self) {
        self.answering.store(true, Relaxed);
    }

    pub(super) fn is_answering(&self) -> bool {
        self.answering.load(Relaxed)
    }

    /// Whether the answer's body goes out in chunks, and the next one is waited for.
    pub(super) fn between_chunks(&self, is: bool) {
        self.between_chunks.store(is, Relaxed);
    }

    pub(super) fn is_between_chunks(&self) -> bool {
        self.is(Phase::Busy) && self.between_chunks.load(Relaxed)
    }

    /// Whether it is too late for a client to shut its sending half and wait for the answer, as far as time can tell.
    pub(super) fn is_late(&self) -> bool {
        self.clock.tick() >= self.began.load(Relaxed) + LATE
    }

    /// How long a client is waited for that takes nothing.
    pub(super) const fn write_idle(&self) -> Duration {
        self.timeouts.write_idle
    }

    /// Tells it when it has waited too long.
    pub(super) fn look(&self, now: u64) {
        let passed = |deadline: &AtomicU64| {
            let deadline = deadline.load(Relaxed);
            deadline != 0 && deadline <= now
        };
        if passed(&self.deadline) || (passed(&self.write_deadline) && !self.is(Phase::Upgraded)) {
            self.signal.notify_one();
        }
    }

    pub(super) fn received(&self, bytes: &[u8]) {
        if self.is(Phase::Idle) && !self.http2.load(Relaxed) {
            self.enter(Phase::Head, self.clock.after(self.timeouts.headers));
        } else if self.is(Phase::Head) && bytes.starts_with(b"PRI ") {
            self.http2.store(true, Relaxed);
        }
    }

    pub(super) fn wrote(&self, pending: bool) {
        if !pending {
            self.write_deadline.store(0, Relaxed);
        } else if self.write_deadline.load(Relaxed) == 0 {
            self.write_deadline.store(self.clock.after(self.timeouts.write_idle), Relaxed);
        }
    }
}
