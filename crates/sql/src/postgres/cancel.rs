//! Stopping a statement on the server.
//!
//! A cancel request names a connection, not a statement: what the server works on when it arrives is hit. So it is sent only for
//! the first of the line, nothing is sent on the connection from then on until the line is empty, and the request's own socket
//! is read until the server has closed it, which it does after it has passed the request on.

use std::{
    io,
    pin::Pin,
    sync::{Arc, atomic::Ordering},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf},
    sync::oneshot,
    time::timeout,
};
use tokio_postgres::{CancelToken, tls::MakeTlsConnect};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{
    connection::Connection,
    socket::{Address, Socket},
    turn::Next,
};

/// How long a cancelled statement may take to end before it is cancelled again: the request is void when it comes before the
/// server has begun the statement. Doubles each time.
const AGAIN_AFTER: Duration = Duration::from_millis(20);
/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// How long a statement may take to end once it is cancelled, at least: then its connection is given up.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// Requests that may fail before the connection is given up.
const FAILURES: u32 = 3;

/// Where cancel requests of one connection go.
pub(crate) struct Target {
    address: Address,
    token: CancelToken,
    tls: MakeRustlsConnect,
    patience: Duration,
}

impl Target {
    pub(crate) fn new(address: Address, token: CancelToken, tls: MakeRustlsConnect, patience: Duration) -> Self {
        Self { address, token, tls, patience }
    }

    /// Sends one request; done when the server has closed its socket.
    async fn request(&self) -> io::Result<()> {
        let requesting = async {
            let socket = self.address.open().await?;
            let (lent, back) = Lent::out(socket);
            let mut maker = self.tls.clone();
            let connect = MakeTlsConnect::<Lent>::make_tls_connect(&mut maker, self.address.server_name())
                .map_err(io::Error::other)?;
            self.token.cancel_query_raw(lent, connect).await.map_err(io::Error::other)?;
            let mut socket = back.await.map_err(io::Error::other)?;
            let mut rest = [0; 256];
            while socket.read(&mut rest).await.is_ok_and(|length| length > 0) {}
            Ok(())
        };
        timeout(self.patience, requesting).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }
}

/// Cancels what was stopped, each when it is the first of its line, until the line is empty.
pub(crate) async fn drain(connection: Arc<Connection>) {
    let (mut pause, mut last, mut failures) = (AGAIN_AFTER, None, 0);
    let mut since = Instant::now();
    loop {
        // Before looking: an end that comes between is not missed.
        let ended = connection.turns.ended.notified();
        match connection.turns.next() {
            Next::Empty => break,
            Next::Wait | Next::Rest => ended.await,
            Next::Cancel(turn) => {
                if last.replace(turn) != Some(turn) {
                    pause = AGAIN_AFTER;
                    since = Instant::now();
                }
                connection.cancels.fetch_add(1, Ordering::AcqRel);
                if let Err(error) = connection.target.request().await {
                    tracing::warn!("a cancel request failed: {error}");
                    failures += 1;
                    if failures == FAILURES {
                        connection.kill();
                    }
                }
                let ended = timeout(pause, ended).await.is_ok();
                if !ended && since.elapsed() > connection.target.patience.max(LONGEST_WAIT) {
                    tracing::warn!("a cancelled statement does not end; its connection is given up");
                    connection.kill();
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
    connection.drained();
}

/// A socket that comes back from whoever it was given to.
struct Lent {
    socket: Option<Socket>,
    back: Option<oneshot::Sender<Socket>>,
}

impl Lent {
    fn out(socket: Socket) -> (Self, oneshot::Receiver<Socket>) {
        let (sender, back) = oneshot::channel();
        (Self { socket: Some(socket), back: Some(sender) }, back)
    }

    fn socket(self: Pin<&mut Self>) -> io::Result<Pin<&mut Socket>> {
        match &mut self.get_mut().socket {
            Some(socket) => Ok(Pin::new(socket)),
            None => Err(io::ErrorKind::NotConnected.into()),
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(socket), Some(back)) = (self.socket.take(), self.back.take()) {
            // Nobody waits for it any more: it is closed.
            let _ = back.send(socket);
        }
    }
}

impl AsyncRead for Lent {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.socket()?.poll_read(context, into)
    }
}

impl AsyncWrite for Lent {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.socket()?.poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket()?.poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.socket()?.poll_shutdown(context)
    }
}
