//! The bytes of a connection: plain, in TLS, or in TLS through the TLS of a proxy.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, Waker},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf},
    net::TcpStream,
    task::AbortHandle,
};
use tokio_rustls::client::TlsStream;

pub(crate) enum Io {
    Tcp(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
    Nested(Box<TlsStream<TlsStream<TcpStream>>>),
    /// A connection that is answered before all of its request was sent.
    Answering(Box<Answering>),
}

/// What is left to be read of a connection, and what still sends the request meanwhile.
pub(crate) struct Answering {
    pub(crate) reading: ReadHalf<Io>,
    pub(crate) _rest: Option<Sending>,
}

/// A request that is sent while its answer is read; dropped, it ends.
pub(crate) struct Sending(AbortHandle);

impl Sending {
    pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(work).abort_handle())
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Io {
    /// Whether nobody has closed it or said anything: an idle connection on which something came is of no use any more. TLS may
    /// take in what belongs to the protocol, such as tickets.
    pub(crate) fn is_quiet(&mut self) -> bool {
        let mut byte = [0; 1];
        let mut buffer = ReadBuf::new(&mut byte);
        Pin::new(self).poll_read(&mut Context::from_waker(Waker::noop()), &mut buffer).is_pending()
    }
}

macro_rules! each {
    ($io:expr, $stream:ident => $call:expr) => {
        match $io.get_mut() {
            Io::Tcp($stream) => $call,
            Io::Tls($stream) => $call,
            Io::Nested($stream) => $call,
            // The other half is its sender's.
            Io::Answering(_) => Poll::Ready(Err(io::ErrorKind::Unsupported.into())),
        }
    };
}

impl AsyncRead for Io {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Self::Answering(answering) = &mut *self {
            return Pin::new(&mut answering.reading).poll_read(context, buffer);
        }
        each!(self, stream => Pin::new(stream).poll_read(context, buffer))
    }
}

impl AsyncWrite for Io {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        each!(self, stream => Pin::new(stream).poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        each!(self, stream => Pin::new(stream).poll_shutdown(context))
    }
}
