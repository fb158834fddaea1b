//! A client that has shut its sending half, or is gone: what comes of either is the same.
//!
//! One that waits for its answer (`nc -N`, a script that closes its output) gets it. One that is gone resets the connection as
//! soon as something is sent to it, which ends its request. So something is sent:
//!
//! - before the answer has begun, an interim response, which every client of HTTP/1.1 passes over (RFC 9110, section 15.2);
//! - between two chunks of it, a zero, which leads the size of the next one (RFC 9112, section 7.1);
//! - else nothing can be: what comes next of the answer tells, and before that, time. Over HTTP/1.0 who waits shuts the half with
//!   the request, who does it later gives up; and an answer does not stand still for long behind a closed half.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use tokio::{net::TcpStream, time::Sleep};

use super::watch::Watch;

/// Between the first looks for a reset; each pause is twice the one before it, up to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LAST_PAUSE: Duration = Duration::from_secs(1);

pub(super) struct HalfClosed {
    look: Pin<Box<Sleep>>,
    pause: Duration,
    quiet_since: Instant,
    asked: bool,
}

impl HalfClosed {
    pub(super) fn new() -> Self {
        Self {
            look: Box::pin(tokio::time::sleep(FIRST_PAUSE)),
            pause: FIRST_PAUSE,
            quiet_since: Instant::now(),
            asked: false,
        }
    }

    /// Something was sent, to which a client that is gone answers soon.
    pub(super) fn wrote(&mut self) {
        self.quiet_since = Instant::now();
        self.pause = FIRST_PAUSE;
        self.look.as_mut().reset((self.quiet_since + self.pause).into());
    }

    /// Whether the client is to be asked between two chunks, which is done once.
    pub(super) fn asks_once(&mut self) -> bool {
        let first = !std::mem::replace(&mut self.asked, true);
        if first {
            self.wrote();
        }
        first
    }

    /// Is ready when the client is gone.
    pub(super) fn poll_gone(
        &mut self,
        context: &mut Context<'_>,
        socket: &TcpStream,
        watch: &Watch,
    ) -> Poll<io::Error> {
        loop {
            ready!(self.look.as_mut().poll(context));
            match socket.take_error() {
                Ok(None) => {}
                Ok(Some(error)) | Err(error) => return Poll::Ready(error),
            }
            if watch.is_answering() && self.quiet_since.elapsed() >= watch.write_idle() {
                return Poll::Ready(io::Error::new(io::ErrorKind::TimedOut, "a body stood still behind a closed half"));
            }
            self.pause = (self.pause * 2).min(LAST_PAUSE);
            self.look.as_mut().reset((Instant::now() + self.pause).into());
        }
    }
}
