//! Connections that become something else than HTTP: the seam to web sockets.
//!
//! A route of the kind [`RouteKind::Websocket`](super::RouteKind) gives its requests to the host language as any other. It
//! refuses by an ordinary answer, or calls [`HttpServer::upgrade`], which answers 101 and gives the stream.

use std::{
    future::Future,
    io,
    pin::Pin,
    task::{Context, Poll},
};

use http::HeaderMap;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::{HttpServer, ServerError, listener::Standing, reply::Reply};

/// A stream that was an HTTP/1.1 connection until its request was answered with 101. It counts as a connection of its server's
/// until it is dropped.
pub struct UpgradedStream {
    stream: TokioIo<Upgraded>,
    _standing: Standing,
}

impl HttpServer {
    /// Answers a request of a web socket route with 101 and these headers, and gives its connection.
    pub async fn upgrade(&self, slot: u32, generation: u32, headers: HeaderMap) -> Result<UpgradedStream, ServerError> {
        let exchange = &self.shared.site.exchange;
        let (upgrade, reply) = exchange.upgrade(slot, generation).ok_or(ServerError::Gone)?;
        reply.send(Reply::switching(headers)).map_err(|_| ServerError::Gone)?;
        let standing = self.shared.stand();
        let upgraded = upgrade.await.map_err(|_| ServerError::Gone)?;
        Ok(UpgradedStream { stream: TokioIo::new(upgraded), _standing: standing })
    }
}

impl HttpServer {
    /// What ends upgraded streams. The first is ready when the server stops: then a stream should end in its own protocol's words.
    /// The second is ready when the server has ended, and nobody waits for that any more.
    pub fn ending(&self) -> (impl Future<Output = ()> + Send + 'static, impl Future<Output = ()> + Send + 'static) {
        (self.shared.stops(), self.shared.ends())
    }
}

impl AsyncRead for UpgradedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for UpgradedStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
