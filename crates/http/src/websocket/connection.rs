//! A socket as its users hold it.

use std::{sync::Arc, time::Instant};

use bytes::Bytes;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message,
        protocol::{CloseFrame, Role},
    },
};

use super::{
    close::Close,
    driver::Driver,
    error::Error,
    message::{Batch, cut, text_frame},
    options::Limits,
    serve::Oversight,
    state::{Ping, Shared, State},
    transport::{Heard, Transport},
};

/// Pings that may wait for their pongs at the same time.
pub const MOST_PINGS: usize = 1024;

/// Which end of the connection a socket is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It asked for the connection: its frames are masked.
    Client,
    /// It was asked.
    Server,
}

/// An open web socket. A task of the runtime it was made in drives it: pings are answered and messages received while nobody
/// asks, as far as there is room. Dropping it tells the peer (1001) and waits for nothing.
///
/// All methods may be called at the same time. A future that is dropped leaves nothing half done: what it was to send is sent
/// whole or not at all, and what it was to receive waits for the next.
pub struct WebSocket {
    shared: Arc<Shared>,
    protocol: Option<String>,
}

impl WebSocket {
    /// Takes over a transport whose handshake is done. `ahead` is what was read of it beyond the handshake.
    ///
    /// # Panics
    /// Outside of a Tokio runtime.
    pub async fn open(
        transport: Box<dyn Transport>,
        ahead: Vec<u8>,
        end: End,
        limits: Limits,
        protocol: Option<String>,
    ) -> Self {
        Self::start(transport, ahead, end, limits, protocol, None).await
    }

    pub(super) async fn start(
        transport: Box<dyn Transport>,
        ahead: Vec<u8>,
        end: End,
        limits: Limits,
        protocol: Option<String>,
        oversight: Option<Oversight>,
    ) -> Self {
        let role = match end {
            End::Client => Role::Client,
            End::Server => Role::Server,
        };
        let heard = Heard::new(transport, ahead);
        let stream = WebSocketStream::from_raw_socket(heard, role, Some(limits.protocol())).await;
        let shared = Arc::new(Shared::default());
        tokio::spawn(Driver::new(end, stream, Arc::clone(&shared), limits, oversight).run());
        Self { shared, protocol }
    }

    /// The subprotocol both sides agreed on.
    pub fn protocol(&self) -> Option<&str> {
        self.protocol.as_deref()
    }

    /// Sends a text; done when its frame is with the system.
    pub async fn send_text(&self, text: String) -> Result<(), Error> {
        self.send([text_frame(Bytes::from(text))]).await
    }

    /// Sends bytes; done when their frame is with the system.
    pub async fn send_binary(&self, bytes: Vec<u8>) -> Result<(), Error> {
        self.send([Message::Binary(Bytes::from(bytes))]).await
    }

    /// Sends many messages in order; done when the last frame is with the system. `text` and `bytes` are those of all messages,
    /// one behind the other; `layout` has for each a word in the machine's byte order: its length in UTF-16 units, or in bytes
    /// with [`BINARY`](super::message::BINARY) added.
    pub async fn send_many(&self, text: String, bytes: Vec<u8>, layout: Vec<u8>) -> Result<(), Error> {
        let messages = cut(text, bytes, &layout).ok_or_else(|| Error::Option {
            option: "layout".into(),
            detail: "the lengths do not fit what they are of".into(),
        })?;
        self.send(messages).await
    }

    async fn send(&self, messages: impl IntoIterator<Item = Message>) -> Result<(), Error> {
        let (after, last) = self.shared.lock().queue(messages)?;
        let unsent = Unsent { shared: &self.shared, after, last };
        self.shared
            .until(&self.shared.written, |state| if state.written >= unsent.last { Some(Ok(())) } else { lost(state) })
            .await
    }

    /// The next messages: at least one, and those behind it that are here already. None: the socket has closed, or will
    /// receive no more.
    pub async fn receive(&self) -> Option<Batch> {
        let messages = self
            .shared
            .until(&self.shared.arrived, |state| match state.take_batch() {
                Some(batch) => Some(Some(batch)),
                None => state.is_ready().map(|_| None),
            })
            .await?;
        Some(Batch::of(messages.into_iter()))
    }

    /// Waits until [`take`](Self::take) gives something; false when it never will again. Waiting and taking are two steps for a
    /// host that may lose interest between them: what was not taken is not lost.
    pub async fn ready(&self) -> bool {
        self.shared.until(&self.shared.arrived, |state| state.is_ready()).await
    }

    /// What [`receive`](Self::receive) would give at once, in the parts of [`Batch::into_parts`].
    #[allow(clippy::type_complexity, reason = "a host is given the three by their places")]
    pub fn take(&self) -> Option<(String, Option<Vec<u8>>, Option<Vec<u8>>)> {
        let messages = self.shared.lock().take_batch()?;
        Some(Batch::of(messages.into_iter()).into_parts())
    }

    /// Pings the peer and says after how many milliseconds its pong came. The payload has at most 125 bytes and should differ
    /// from those of other pings under way.
    pub async fn ping(&self, payload: Vec<u8>) -> Result<f64, Error> {
        let payload = Bytes::from(payload);
        let begun = Instant::now();
        let number = {
            let mut state = self.shared.lock();
            if state.pings.len() >= MOST_PINGS {
                return Err(Error::Backlog { limit: MOST_PINGS });
            }
            let (_, number) = state.queue([Message::Ping(payload.clone())])?;
            state.pings.push_back(Ping { number, payload });
            number
        };
        let _unanswered = Unanswered { shared: &self.shared, number };
        self.shared
            .until(&self.shared.written, |state| if state.answered >= number { Some(Ok(())) } else { lost(state) })
            .await?;
        Ok(begun.elapsed().as_secs_f64() * 1000.0)
    }

    /// Asks the peer to close, after everything that was sent before, and waits for the end, which comes within the limit for
    /// closing. On a socket that is closing or closed it only waits. The code must be one that
    /// [may be sent](super::close::may_be_sent), and the reason at most 123 bytes long.
    pub async fn close(&self, code: u16, reason: String) {
        {
            let mut state = self.shared.lock();
            if state.closing.is_none() && state.ending.is_none() {
                state.closing = Some((CloseFrame { code: code.into(), reason: reason.into() }, Instant::now()));
                state.wake();
            }
        }
        self.closed().await;
    }

    /// Waits for the end.
    pub async fn closed(&self) -> Close {
        self.shared.until(&self.shared.ended, |state| state.closed.clone()).await
    }

    /// [`closed`](Self::closed) as code, reason, and whether it was clean.
    pub async fn closed_parts(&self) -> (u16, String, bool) {
        let Close { code, reason, was_clean } = self.closed().await;
        (code, reason, was_clean)
    }

    /// Ends the socket as if it were dropped, whoever holds it: calls under way end, and the peer is told (1001).
    pub fn abandon(&self) {
        let mut state = self.shared.lock();
        state.abandoned = true;
        state.end_sending(Close::lost("the socket was disposed"));
        state.wake();
        drop(state);
        self.shared.written.notify_waiters();
        self.shared.arrived.notify_waiters();
    }
}

impl Drop for WebSocket {
    fn drop(&mut self) {
        self.abandon();
    }
}

/// What a sender is told when the socket ended before its message was written.
fn lost<T>(state: &State) -> Option<Result<T, Error>> {
    // Closing by this side alone loses nothing: what was queued before goes first.
    let close = state.ending.as_ref().or(state.closed.as_ref())?;
    Some(Err(Error::Closed { close_code: close.code, close_reason: close.reason.clone() }))
}

/// Takes messages back when their sender has gone.
struct Unsent<'socket> {
    shared: &'socket Shared,
    after: u64,
    last: u64,
}

impl Drop for Unsent<'_> {
    fn drop(&mut self) {
        let mut state = self.shared.lock();
        if state.written < self.last {
            state.take_back(self.after, self.last);
        }
    }
}

/// Forgets a ping when its sender has gone.
struct Unanswered<'socket> {
    shared: &'socket Shared,
    number: u64,
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        self.shared.lock().pings.retain(|ping| ping.number != self.number);
    }
}
