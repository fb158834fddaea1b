//! A connection's stream, watched.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Sleep,
};
use tokio_rustls::server::TlsStream;

use super::{
    framing::Framing,
    half_closed::HalfClosed,
    watch::{Phase, Watch},
};

/// How long a closed connection is read on, so that what was said last arrives before what the client still sends resets it.
const LINGER: Duration = Duration::from_secs(2);
/// The same once the server stops.
const LINGER_STOPPING: Duration = Duration::from_millis(200);

const TIMED_OUT: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// What a client that is there passes over, and one that is gone answers with a reset: before an answer,
const INTERIM: &[u8] = b"HTTP/1.1 102 Processing\r\n\r\n";
/// and between two of its chunks: the next one's size gets a leading zero.
const LEADING_ZERO: &[u8] = b"0";

/// What a connection is carried by.
pub(super) trait Carrier: AsyncRead + AsyncWrite + Unpin + Send + 'static {
    /// Under everything.
    fn socket(&self) -> &TcpStream;
}

impl Carrier for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

impl Carrier for TlsStream<TcpStream> {
    fn socket(&self) -> &TcpStream {
        self.get_ref().0
    }
}

pub(super) struct Watched<T> {
    inner: T,
    watch: Arc<Watch>,
    framing: Framing,
    half_closed: Option<Box<HalfClosed>>,
    /// Whether the system did not take all that was last to be written.
    unsent: bool,
    lingering: Option<Pin<Box<Sleep>>>,
}

impl<T: Carrier> Watched<T> {
    pub(super) fn new(inner: T, watch: Arc<Watch>) -> Self {
        Self { inner, watch, framing: Framing::new(), half_closed: None, unsent: false, lingering: None }
    }

    fn refuse_expired(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        if !self.watch.is_expired() {
            return Ok(());
        }
        if self.watch.is(Phase::Head) && !self.watch.is_http2() {
            let _ = self.say(context, TIMED_OUT);
        }
        Err(timed_out())
    }

    /// Says something beside hyper, which must have nothing to say. As good as it goes: nobody waits for a client that takes
    /// nothing.
    fn say(&mut self, context: &mut Context<'_>, text: &[u8]) -> io::Result<()> {
        if let Poll::Ready(written) = Pin::new(&mut self.inner).poll_write(context, text) {
            // A part of it would end in the middle of what is said next.
            if written? < text.len() {
                return Err(timed_out());
            }
            let _ = Pin::new(&mut self.inner).poll_flush(context);
        }
        Ok(())
    }

    /// Whether something is still to be said to a client that says nothing more.
    fn owes(&self) -> bool {
        self.watch.is(Phase::Busy) || self.unsent
    }

    /// The client sends nothing more.
    fn ends(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.framing.is_between() || !self.owes() {
            return Poll::Ready(Ok(()));
        }
        if !self.watch.is_answering() && !self.unsent {
            if self.framing.takes_interim() {
                self.say(context, INTERIM)?;
            } else if self.watch.is_late() {
                return Poll::Ready(Ok(()));
            }
        }
        self.half_closed = Some(Box::new(HalfClosed::new()));
        self.waits(context)
    }

    /// Waits for a client that sends nothing more: for its reset, or until nothing is owed to it.
    fn waits(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !self.owes() {
            return Poll::Ready(Ok(()));
        }
        let Some(half_closed) = &mut self.half_closed else { return Poll::Ready(Ok(())) };
        half_closed.poll_gone(context, self.inner.socket(), &self.watch).map(Err)
    }

    fn wrote(&mut self, context: &Context<'_>, length: usize, written: &Poll<io::Result<usize>>) {
        self.watch.wrote(written.is_pending());
        self.unsent = match written {
            Poll::Pending => true,
            Poll::Ready(Ok(count)) => *count < length,
            Poll::Ready(Err(_)) => false,
        };
        if let Some(half_closed) = &mut self.half_closed {
            half_closed.wrote();
            if !self.unsent {
                // Who reads may find now that nothing is owed.
                context.waker().wake_by_ref();
            }
        }
    }
}

fn timed_out() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "the client waited too long")
}

impl<T: Carrier> AsyncRead for Watched<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.refuse_expired(context)?;
        if this.half_closed.is_some() {
            return this.waits(context);
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.inner).poll_read(context, buffer))?;
        let received = &mut buffer.filled_mut()[before..];
        if received.is_empty() {
            return this.ends(context);
        }
        this.watch.received(received);
        if !this.watch.is(Phase::Upgraded) {
            this.framing.pass(received);
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: Carrier> AsyncWrite for Watched<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        if self.watch.is_expired() {
            return Poll::Ready(Err(timed_out()));
        }
        let written = Pin::new(&mut self.inner).poll_write(context, bytes);
        self.wrote(context, bytes.len(), &written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if self.watch.is_expired() {
            return Poll::Ready(Err(timed_out()));
        }
        let written = Pin::new(&mut self.inner).poll_write_vectored(context, slices);
        self.wrote(context, slices.iter().map(|slice| slice.len()).sum(), &written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.inner).poll_flush(context))?;
        // hyper has written all it had.
        let this = &mut *self;
        if let Some(half_closed) = &mut this.half_closed
            && this.framing.takes_interim()
            && this.watch.is_between_chunks()
            && half_closed.asks_once()
        {
            this.say(context, LEADING_ZERO)?;
        }
        Poll::Ready(Ok(()))
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
