//! What a connection is waiting for, and for how long it may.
//!
//! One sweep over all connections every [`TICK`] finds those that wait too long: no timer is set and cleared per request.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, AtomicU32, AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::Notify,
    time::Sleep,
};

use super::config::Timeouts;

/// How often waiting connections are looked at.
pub(super) const TICK: Duration = Duration::from_millis(200);

/// How long a closed connection is read on, so that what was said last arrives before what the client still sends resets it.
const LINGER: Duration = Duration::from_secs(2);
/// The same once the server stops.
const LINGER_STOPPING: Duration = Duration::from_millis(200);

const TIMED_OUT: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

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

    fn after(&self, duration: Duration) -> u64 {
        // Somewhat late rather than early: the clock stands between its ticks.
        self.now.load(Relaxed).saturating_add(duration.as_millis() as u64)
    }
}

/// What a connection does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Phase {
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
    /// When the phase has lasted too long; 0 for never.
    deadline: AtomicU64,
    /// When the client has taken nothing for too long; 0 while it takes.
    write_deadline: AtomicU64,
    expired: AtomicBool,
    stopping: AtomicBool,
    http2: AtomicBool,
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
            write_deadline: AtomicU64::new(0),
            expired: AtomicBool::new(false),
            stopping: AtomicBool::new(false),
            http2: AtomicBool::new(false),
            signal: Notify::new(),
            remote,
            secure,
        }
    }

    fn is(&self, phase: Phase) -> bool {
        self.phase.load(Relaxed) == phase as u8
    }

    fn enter(&self, phase: Phase, deadline: u64) {
        self.phase.store(phase as u8, Relaxed);
        self.deadline.store(deadline, Relaxed);
    }

    pub(super) fn request_began(&self) {
        self.in_flight.fetch_add(1, Relaxed);
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

    fn received(&self, bytes: &[u8]) {
        if self.is(Phase::Idle) && !self.http2.load(Relaxed) {
            self.enter(Phase::Head, self.clock.after(self.timeouts.headers));
        } else if self.is(Phase::Head) && bytes.starts_with(b"PRI ") {
            self.http2.store(true, Relaxed);
        }
    }

    fn wrote(&self, pending: bool) {
        if !pending {
            self.write_deadline.store(0, Relaxed);
        } else if self.write_deadline.load(Relaxed) == 0 {
            self.write_deadline.store(self.clock.after(self.timeouts.write_idle), Relaxed);
        }
    }
}

/// A connection's stream, watched.
pub(super) struct Watched<T> {
    inner: T,
    watch: Arc<Watch>,
    lingering: Option<Pin<Box<Sleep>>>,
}

impl<T> Watched<T> {
    pub(super) fn new(inner: T, watch: Arc<Watch>) -> Self {
        Self { inner, watch, lingering: None }
    }
}

fn timed_out() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the client waited too long")
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.watch.expired.load(Relaxed) {
            if self.watch.is(Phase::Head) && !self.watch.http2.load(Relaxed) {
                // As good as it goes: nobody waits for a client that does not answer.
                let _ = Pin::new(&mut self.inner).poll_write(context, TIMED_OUT);
                let _ = Pin::new(&mut self.inner).poll_flush(context);
            }
            return Poll::Ready(Err(timed_out()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.inner).poll_read(context, buffer))?;
        if buffer.filled().len() > before {
            self.watch.received(&buffer.filled()[before..]);
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Watched<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.watch.expired.load(Relaxed) {
            return Poll::Ready(Err(timed_out()));
        }
        let written = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.watch.wrote(written.is_pending());
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.watch.expired.load(Relaxed) {
            return Poll::Ready(Err(timed_out()));
        }
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, slices);
        self.watch.wrote(written.is_pending());
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.lingering.is_none() {
            ready!(Pin::new(&mut this.inner).poll_shutdown(context))?;
        }
        if this.watch.is(Phase::Upgraded) {
            return Poll::Ready(Ok(()));
        }
        let longest = if this.watch.is_stopping() { LINGER_STOPPING } else { LINGER };
        let sleep = this.lingering.get_or_insert_with(|| Box::pin(tokio::time::sleep(longest)));
        let mut scratch = [0; 4096];
        // One round of the runtime is not for one client: after some of it the others have their turn.
        for _ in 0..16 {
            if sleep.as_mut().poll(context).is_ready() {
                return Poll::Ready(Ok(()));
            }
            let mut buffer = ReadBuf::new(&mut scratch);
            match ready!(Pin::new(&mut this.inner).poll_read(context, &mut buffer)) {
                Ok(()) if !buffer.filled().is_empty() => {}
                _ => return Poll::Ready(Ok(())),
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
