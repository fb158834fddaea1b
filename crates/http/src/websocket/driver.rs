//! The task that owns a socket's connection: it writes what is queued, reads while there is room, answers pings, and closes.

use std::{
    future::{Future as _, poll_fn},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{SinkExt, Stream};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::{Instant, Sleep, sleep, timeout},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error as Fault, Message,
        error::{CapacityError, ProtocolError},
        protocol::CloseFrame,
    },
};

use super::{
    close::{self, Close},
    connection::End as Side,
    message::Incoming,
    options::Limits,
    serve::Oversight,
    state::{Shared, State},
    transport::Heard,
};

/// Messages read before the inbox is given them.
const READ_AHEAD: usize = 256;

/// How long a socket that nobody wants any more may take to say so to its peer.
const PARTING: Duration = Duration::from_secs(1);

/// Bytes that a peer may still send before the connection is cut: were it cut at once, the system would send a reset
/// that can overtake the close frame.
const LINGERING_BYTES: u64 = 16 * 1024 * 1024;

/// Why an open socket is open no more.
enum End {
    /// The peer's close frame came: first, or in answer to ours.
    Closed(Option<CloseFrame>),
    /// The peer broke a rule.
    Fault { code: u16, reason: String },
    /// The connection is gone.
    Lost(String),
    /// The last user has gone.
    Abandoned,
}

#[allow(clippy::struct_excessive_bools, reason = "they change one by one, and every combination can be")]
pub(super) struct Driver {
    side: Side,
    stream: WebSocketStream<Heard>,
    shared: Arc<Shared>,
    limits: Limits,
    oversight: Option<Oversight>,
    /// Number of the last message given to the stream.
    given: u64,
    flushed: bool,
    /// This side asked to close.
    closing: bool,
    close_sent: bool,
    /// The next moment to look at the clock, if there is one.
    alarm: Option<Pin<Box<Sleep>>>,
    /// Bytes that had come at the last look.
    heard: u64,
    awaits_pong: bool,
    /// The inbox was full at some time since the last look: silence is then our own doing.
    held_back: bool,
    read: Vec<Incoming>,
    burst: Vec<(u64, Message)>,
}

impl Driver {
    pub(super) fn new(
        side: Side,
        stream: WebSocketStream<Heard>,
        shared: Arc<Shared>,
        limits: Limits,
        oversight: Option<Oversight>,
    ) -> Self {
        let alarm = limits.ping_interval().map(|interval| Box::pin(sleep(interval)));
        Self {
            side,
            stream,
            shared,
            limits,
            oversight,
            given: 0,
            flushed: true,
            closing: false,
            close_sent: false,
            alarm,
            heard: 0,
            awaits_pong: false,
            held_back: false,
            read: Vec::new(),
            burst: Vec::new(),
        }
    }

    /// Drives the socket to its end.
    pub(super) async fn run(mut self) {
        let end = poll_fn(|context| self.poll_open(context)).await;
        let closed = match end {
            End::Closed(frame) => self.part(Close::by_peer(frame)).await,
            End::Fault { code, reason } => self.fail(code, reason).await,
            End::Lost(reason) => Close::lost(reason),
            End::Abandoned => self.leave().await,
        };
        let shared = Arc::clone(&self.shared);
        // The connection is gone before anybody is told so.
        drop(self);
        shared.end(closed);
    }

    /// Has a server that stops close the socket, and one that has ended let go of it.
    fn look_up(&mut self, context: &mut Context<'_>) {
        let Some(oversight) = &mut self.oversight else { return };
        if oversight.ends.as_mut().poll(context).is_ready() {
            self.shared.lock().abandoned = true;
            self.oversight = None;
        } else if !self.closing && oversight.stops.as_mut().poll(context).is_ready() {
            let frame = CloseFrame { code: close::GOING_AWAY.into(), reason: "the server stops".into() };
            self.shared.lock().closing.get_or_insert((frame, std::time::Instant::now()));
        }
    }

    fn poll_open(&mut self, context: &mut Context<'_>) -> Poll<End> {
        loop {
            self.look_up(context);
            let closing = {
                let mut state = self.shared.lock();
                state.driven_by(context);
                if state.abandoned {
                    return Poll::Ready(End::Abandoned);
                }
                state.closing.as_ref().map(|(_, since)| *since)
            };
            if let Some(since) = closing
                && !self.closing
            {
                // From now on the alarm is that of closing: a peer that takes nothing must not hold up the end.
                self.closing = true;
                self.set_alarm(since.into(), self.limits.close_timeout());
            }
            let wrote = self.write(context);
            let read = self.read(context);
            self.deliver();
            match (wrote, read) {
                // What the peer said last explains why it takes no more.
                (_, Err(End::Closed(frame))) => return Poll::Ready(End::Closed(frame)),
                (Err(fault), _) => return Poll::Ready(self.end_of(fault)),
                (_, Err(end)) => return Poll::Ready(end),
                (Ok(false), Ok(false)) => return self.poll_clock(context),
                _ => {}
            }
        }
    }

    /// Writes what is queued as long as the transport takes it, and says whether there was anything.
    fn write(&mut self, context: &mut Context<'_>) -> Result<bool, Fault> {
        let mut wrote = false;
        while let Poll::Ready(ready) = self.stream.poll_ready_unpin(context) {
            ready?;
            let closing = {
                let mut state = self.shared.lock();
                state.burst(&mut self.burst);
                state.closing.clone().filter(|_| self.burst.is_empty() && !self.close_sent)
            };
            if let Some((frame, _)) = closing {
                self.close_sent = true;
                self.stream.start_send_unpin(Message::Close(Some(frame)))?;
            } else if self.burst.is_empty() {
                break;
            }
            for (number, message) in self.burst.drain(..) {
                self.stream.start_send_unpin(message)?;
                self.given = number;
            }
            self.flushed = false;
            wrote = true;
        }
        if !self.flushed
            && let Poll::Ready(flushed) = self.stream.poll_flush_unpin(context)
        {
            flushed?;
            self.flushed = true;
            self.shared.lock().written = self.given;
            self.shared.written.notify_waiters();
        }
        Ok(wrote)
    }

    /// Reads as long as there is room, and says whether anything came.
    fn read(&mut self, context: &mut Context<'_>) -> Result<bool, End> {
        let mut room = self.shared.lock().room();
        if room == 0 && !self.close_sent {
            self.held_back = true;
            return Ok(false);
        }
        let mut came = false;
        while room > 0 || self.close_sent {
            let Poll::Ready(next) = Pin::new(&mut self.stream).poll_next(context) else { return Ok(came) };
            came = true;
            let message = match next {
                None => return Err(End::Lost("the connection ended".into())),
                Some(Err(fault)) => return Err(self.end_of(fault)),
                Some(Ok(message)) => message,
            };
            let message = match message {
                Message::Text(text) => Incoming::Text(text),
                Message::Binary(bytes) => Incoming::Binary(bytes),
                Message::Close(frame) => return Err(End::Closed(frame)),
                Message::Pong(payload) => {
                    if self.shared.lock().ponged(&payload) {
                        self.shared.written.notify_waiters();
                    }
                    continue;
                }
                // The answer is queued in the stream; it goes with the next flush.
                Message::Ping(_) | Message::Frame(_) => {
                    self.flushed = false;
                    continue;
                }
            };
            // Who has closed may not look any more: then the close frame must be found behind what came.
            if room > 0 {
                room = room.saturating_sub(State::weight_of(&message));
                self.read.push(message);
            }
            if self.read.len() >= READ_AHEAD {
                return Ok(true);
            }
        }
        Ok(came)
    }

    fn deliver(&mut self) {
        if !self.read.is_empty() {
            self.shared.lock().arrived(&mut self.read);
            self.shared.arrived.notify_waiters();
        }
    }

    fn set_alarm(&mut self, since: Instant, after: Duration) {
        match &mut self.alarm {
            Some(alarm) => alarm.as_mut().reset(since + after),
            None => self.alarm = Some(Box::pin(tokio::time::sleep_until(since + after))),
        }
    }

    fn poll_clock(&mut self, context: &mut Context<'_>) -> Poll<End> {
        loop {
            let Some(alarm) = &mut self.alarm else { return Poll::Pending };
            ready!(alarm.as_mut().poll(context));
            if self.closing {
                return Poll::Ready(End::Lost("the peer did not close in time".into()));
            }
            let Some(interval) = self.limits.ping_interval() else {
                self.alarm = None;
                return Poll::Pending;
            };
            let bytes = self.stream.get_ref().bytes;
            let is_silent = bytes == self.heard && !self.held_back;
            self.heard = bytes;
            self.held_back = self.shared.lock().room() == 0;
            let next = if !is_silent {
                self.awaits_pong = false;
                interval
            } else if self.awaits_pong {
                let waited = self.limits.pong_timeout_ms;
                return Poll::Ready(End::Lost(format!("the peer did not answer a ping within {waited} ms")));
            } else {
                self.awaits_pong = true;
                if let Err(fault) = self.stream.start_send_unpin(Message::Ping(bytes::Bytes::new())) {
                    return Poll::Ready(self.end_of(fault));
                }
                self.flushed = false;
                if let Poll::Ready(Err(fault)) = self.stream.poll_flush_unpin(context) {
                    return Poll::Ready(self.end_of(fault));
                }
                self.limits.pong_timeout()
            };
            self.set_alarm(Instant::now(), next);
        }
    }

    /// What a fault of the stream means.
    fn end_of(&self, fault: Fault) -> End {
        match fault {
            Fault::Protocol(ProtocolError::ResetWithoutClosingHandshake) => {
                End::Lost("the connection ended without a close frame".into())
            }
            Fault::ConnectionClosed | Fault::AlreadyClosed => End::Lost("the connection ended".into()),
            Fault::Io(fault) => End::Lost(fault.to_string()),
            Fault::Utf8(_) => End::Fault { code: close::INVALID_DATA, reason: "a text that is not valid UTF-8".into() },
            // A length with its highest bit set is no length at all (RFC 6455, section 5.2).
            Fault::Capacity(CapacityError::MessageTooLong { size, .. }) if size as u64 >> 63 == 1 => {
                End::Fault { code: close::PROTOCOL, reason: "a frame length beyond 63 bits".into() }
            }
            Fault::Capacity(_) => {
                let Limits { max_message_bytes, max_frame_bytes, .. } = self.limits;
                let limit = max_message_bytes.min(max_frame_bytes);
                End::Fault { code: close::TOO_BIG, reason: format!("a message beyond {limit} bytes") }
            }
            fault => {
                let said = fault.to_string();
                let reason =
                    said.char_indices().take_while(|(at, letter)| at + letter.len_utf8() <= close::LONGEST_REASON);
                End::Fault { code: close::PROTOCOL, reason: reason.map(|(_, letter)| letter).collect() }
            }
        }
    }

    /// The peer's close frame is here: it gets its answer, then the server ends the connection (RFC 6455, section 7.1.1).
    async fn part(&mut self, closed: Close) -> Close {
        self.shared.end_sending(closed.clone());
        let ends_first = self.side == Side::Server;
        let patience = if ends_first { PARTING.min(self.limits.close_timeout()) } else { self.limits.close_timeout() };
        let stream = &mut self.stream;
        // Both sides have said their last word: whatever goes wrong now changes nothing.
        let _ = timeout(patience, async {
            stream.flush().await?;
            let transport = stream.get_mut();
            if ends_first {
                transport.shutdown().await?;
            }
            drain(transport).await?;
            transport.shutdown().await?;
            Ok::<_, Fault>(())
        })
        .await;
        closed
    }

    /// Tells the peer what it did, and cuts the connection once the peer has had the time to read it.
    async fn fail(&mut self, code: u16, reason: String) -> Close {
        let closed = Close { code, reason: reason.clone(), was_clean: false };
        self.shared.end_sending(closed.clone());
        let (stream, close_sent) = (&mut self.stream, self.close_sent);
        let _ = timeout(self.limits.close_timeout(), async {
            if !close_sent {
                let frame = CloseFrame { code: code.into(), reason: reason.into() };
                stream.send(Message::Close(Some(frame))).await?;
            }
            stream.flush().await?;
            let transport = stream.get_mut();
            transport.shutdown().await?;
            drain(transport).await?;
            Ok::<_, Fault>(())
        })
        .await;
        closed
    }

    /// Nobody will read or write here any more: the peer is told, and not waited for.
    async fn leave(&mut self) -> Close {
        let (stream, close_sent) = (&mut self.stream, self.close_sent);
        let _ = timeout(PARTING.min(self.limits.close_timeout()), async {
            if !close_sent {
                let frame = CloseFrame { code: close::GOING_AWAY.into(), reason: "".into() };
                stream.send(Message::Close(Some(frame))).await?;
            }
            stream.flush().await?;
            stream.get_mut().shutdown().await?;
            Ok::<_, Fault>(())
        })
        .await;
        Close::lost("the socket was disposed")
    }
}

/// Reads what still comes, until the peer ends the connection.
async fn drain(transport: &mut Heard) -> std::io::Result<()> {
    let mut rest = transport.take(LINGERING_BYTES);
    let mut unread = vec![0; 16 * 1024];
    while rest.read(&mut unread).await? > 0 {}
    Ok(())
}
