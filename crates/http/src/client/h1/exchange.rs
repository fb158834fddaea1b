//! A request out, the head of its response back.

use std::{pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;
use tokio::{
    io::{AsyncWrite, AsyncWriteExt as _, WriteHalf},
    sync::Notify,
};

use super::{
    super::{
        fault::{Fault, Kind},
        io::{Answering, Io, Sending},
        upload::Feed,
    },
    head::{self, Framing, Head, HeadLimits, HeadScan, framing},
    inbox::Inbox,
};

/// A body up to this size goes out with the head, in one write.
const WITH_HEAD: usize = 16 * 1024;

/// How many interim responses a server may send before the one that counts.
const INTERIM: usize = 32;

/// A connection of HTTP/1.1.
pub(crate) struct H1 {
    /// `None` only while it is split, and for good when it broke then.
    io: Option<Io>,
    pub(crate) inbox: Inbox,
    /// Whether the server has said anything since the request began.
    pub(crate) answered: bool,
    /// Whether a request was sent on it before.
    pub(crate) used: bool,
}

/// What is sent.
pub(crate) struct Outgoing<'request> {
    pub(crate) method: &'request str,
    pub(crate) head: Vec<u8>,
    pub(crate) feed: Feed,
    /// How long the body is said to be; `None`: it goes in chunks.
    pub(crate) length: Option<u64>,
    /// How long the body waits for the server to ask for it; `None`: it does not.
    pub(crate) continue_ms: Option<u64>,
}

/// Whether the body goes out with the head, in one write.
pub(crate) fn goes_with_head(feed: &Feed, length: Option<u64>) -> bool {
    match feed {
        Feed::None => true,
        Feed::Once(bytes) => bytes.len() <= WITH_HEAD && length.is_some(),
        Feed::Parts { .. } => false,
    }
}

/// What holds for the response's head.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) limits: HeadLimits,
    pub(crate) headers_ms: Option<u64>,
    pub(crate) body_ms: Option<u64>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) head: Head,
    pub(crate) framing: Framing,
    /// Whether the server took all of the request: only then can the connection serve another.
    pub(crate) taken: bool,
}

impl H1 {
    pub(crate) fn new(io: Io) -> Self {
        Self { io: Some(io), inbox: Inbox::default(), answered: false, used: false }
    }

    /// Its bytes, and what was read of them.
    pub(crate) fn parts(&mut self) -> Result<(&mut Io, &mut Inbox), Fault> {
        match &mut self.io {
            Some(io) => Ok((io, &mut self.inbox)),
            None => Err(Fault::closed("the connection was given up", None)),
        }
    }

    /// Whether it is as it was left.
    pub(crate) fn is_usable(&mut self) -> bool {
        self.inbox.is_empty() && self.io.as_mut().is_some_and(Io::is_quiet)
    }

    pub(crate) async fn exchange(&mut self, mut outgoing: Outgoing<'_>, terms: Terms) -> Result<Answer, Fault> {
        self.answered = false;
        let method = outgoing.method;
        let (head, taken) = if goes_with_head(&outgoing.feed, outgoing.length) {
            if let Feed::Once(bytes) = &outgoing.feed {
                outgoing.head.extend_from_slice(bytes);
            }
            (self.ask(&outgoing.head, terms).await?, true)
        } else {
            self.converse(outgoing, terms).await?
        };
        self.used = true;
        let framing = framing(&head, method).map_err(|fault| fault.with_status(head.status))?;
        Ok(Answer { head, framing, taken })
    }

    /// All of the request in one write.
    async fn ask(&mut self, request: &[u8], terms: Terms) -> Result<Head, Fault> {
        let Self { io: Some(io), inbox, answered, .. } = self else {
            return Err(Fault::closed("the connection was given up", None));
        };
        let written = write(io, request, terms.body_ms).await;
        match limited(terms.headers_ms, receive(io, inbox, answered, terms.limits, None)).await {
            // A server that refuses a request may answer and close before it has read it all.
            Ok(head) => Ok(head),
            Err(fault) => Err(written.err().unwrap_or(fault)),
        }
    }

    /// Head, then body, while the answer may come at any time. False beside it: the server did not take all of the body.
    async fn converse(&mut self, outgoing: Outgoing<'_>, terms: Terms) -> Result<(Head, bool), Fault> {
        let io = self.io.take().ok_or_else(|| Fault::closed("the connection was given up", None))?;
        let (mut reading, writing) = tokio::io::split(io);
        let Outgoing { head, feed, length, continue_ms, .. } = outgoing;
        let leave = Arc::new(Notify::new());
        let asks = continue_ms.map(|longest| (longest, Arc::clone(&leave)));
        let mut sending = Box::pin(send_all(writing, Body { head, feed, length, asks }, terms.body_ms));
        let (head, outcome) = {
            let Self { inbox, answered, .. } = self;
            let mut receiving = pin!(receive(&mut reading, inbox, answered, terms.limits, Some(&leave)));
            tokio::select! {
                biased;
                head = &mut receiving => (head?, None),
                (writing, sent) = &mut sending => match sent {
                    Err(fault) if !matches!(fault.kind, Kind::Closed { .. }) => return Err(fault),
                    // A server that refuses a request may answer and close before it has read it all.
                    sent => match limited(terms.headers_ms, receiving).await {
                        Ok(head) => (head, Some((writing, sent.is_ok()))),
                        Err(fault) => return Err(sent.err().unwrap_or(fault)),
                    },
                },
            }
        };
        let (io, taken) = if let Some((writing, taken)) = outcome {
            (reading.unsplit(writing), taken)
        } else {
            // Who refuses a request wants no more of it; who grants it may want the rest (RFC 9112, section 9.5).
            let rest = (head.status < 300).then(|| Sending::spawn(finish(sending)));
            (Io::Answering(Box::new(Answering { reading, _rest: rest })), false)
        };
        self.io = Some(io);
        Ok((head, taken))
    }
}

/// Sends the rest of a request that is answered already.
async fn finish(sending: impl Future<Output = (WriteHalf<Io>, Result<(), Fault>)>) {
    let (mut writing, sent) = sending.await;
    // The server must not take a part for the whole.
    if sent.is_err() {
        let _ = writing.shutdown().await;
    }
}

async fn limited<T>(limit: Option<u64>, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let Some(limit) = limit else { return work.await };
    tokio::time::timeout(Duration::from_millis(limit), work)
        .await
        .unwrap_or_else(|_| Err(Fault::timeout("headers", limit)))
}

async fn write(writing: &mut (impl AsyncWrite + Unpin), bytes: &[u8], limit: Option<u64>) -> Result<(), Fault> {
    let work = async {
        writing.write_all(bytes).await?;
        writing.flush().await
    };
    let written = match limit {
        None => work.await,
        Some(limit) => {
            if let Ok(written) = tokio::time::timeout(Duration::from_millis(limit), work).await {
                written
            } else {
                let fault = Fault::timeout("body", limit);
                return Err(Fault {
                    message: format!("the server took nothing of the request within {limit} ms (body)"),
                    ..fault
                });
            }
        }
    };
    written.map_err(|error| Fault::closed(format!("the request could not be sent: {error}"), Some(&error)))
}

/// A head and what comes behind it.
struct Body {
    head: Vec<u8>,
    feed: Feed,
    length: Option<u64>,
    /// How long it waits for leave.
    asks: Option<(u64, Arc<Notify>)>,
}

async fn send_all(mut writing: WriteHalf<Io>, body: Body, limit: Option<u64>) -> (WriteHalf<Io>, Result<(), Fault>) {
    let sent = send(&mut writing, body, limit).await;
    (writing, sent)
}

async fn send(writing: &mut WriteHalf<Io>, body: Body, limit: Option<u64>) -> Result<(), Fault> {
    let Body { mut head, mut feed, length, asks } = body;
    let mut sent = 0;
    if let Some((longest, leave)) = asks {
        write(writing, &std::mem::take(&mut head), limit).await?;
        // A server that does not know of this gets the body all the same (RFC 9110, section 10.1.1).
        let _ = tokio::time::timeout(Duration::from_millis(longest), leave.notified()).await;
    }
    while let Some(piece) = feed.next().await? {
        sent += piece.len() as u64;
        if length.is_some_and(|length| sent > length) {
            return Err(changed("longer"));
        }
        // The head goes with the first piece, and a chunk's size with its data.
        if length.is_none() {
            chunk(&mut head, &piece);
        } else if !head.is_empty() && piece.len() <= WITH_HEAD {
            head.extend_from_slice(&piece);
        } else {
            if !head.is_empty() {
                write(writing, &std::mem::take(&mut head), limit).await?;
            }
            write(writing, &piece, limit).await?;
            continue;
        }
        write(writing, &std::mem::take(&mut head), limit).await?;
    }
    match length {
        None => head.extend_from_slice(b"0\r\n\r\n"),
        Some(length) if sent < length => return Err(changed("shorter")),
        Some(_) => {}
    }
    if head.is_empty() { Ok(()) } else { write(writing, &head, limit).await }
}

fn changed(how: &str) -> Fault {
    Fault::new(
        Kind::Source,
        format!("the request's body is {how} than it was said to be: a file changed while it was sent"),
    )
}

fn chunk(into: &mut Vec<u8>, piece: &Bytes) {
    into.reserve(piece.len() + 24);
    into.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
    into.extend_from_slice(piece);
    into.extend_from_slice(b"\r\n");
}

/// Reads up to the head that counts. `leave`: told when the server asks for the body.
async fn receive(
    io: &mut (impl tokio::io::AsyncRead + Unpin),
    inbox: &mut Inbox,
    answered: &mut bool,
    limits: HeadLimits,
    leave: Option<&Notify>,
) -> Result<Head, Fault> {
    for _ in 0..=INTERIM {
        let mut scan = HeadScan::default();
        let end = loop {
            if !inbox.is_empty()
                && let Some(end) = scan.end(inbox.bytes(), limits)?
            {
                break end;
            }
            match inbox.fill(io).await {
                Ok(0) if inbox.is_empty() => {
                    return Err(Fault::closed("the server closed the connection without an answer", None));
                }
                Ok(0) => return Err(Fault::closed("the server closed the connection in the middle of the head", None)),
                Ok(_) => *answered = true,
                Err(error) => return Err(Fault::read(&error)),
            }
        };
        let head = head::parse(&inbox.bytes()[..end], limits)?;
        inbox.consume(end);
        match head.status {
            101 => return Err(Fault::malformed("the server switched to a protocol that nobody asked for")),
            100 => leave.into_iter().for_each(Notify::notify_one),
            102..200 => {}
            _ => return Ok(head),
        }
    }
    Err(Fault::malformed(format!("the server sent more than {INTERIM} interim responses")))
}
