//! HTTP/2: many requests on one connection, whose frames a task of the lane's moves.

use std::time::Duration;

use bytes::Bytes;
use h2::{
    Reason, RecvStream, SendStream,
    client::{Builder, SendRequest},
};
use http::{Request, Uri};

use super::{
    fault::{Fault, Kind},
    h1::{
        exchange::Terms,
        head::{Head, HeadLimits},
    },
    io::{Io, Sending},
    request::Headers,
    upload::Feed,
};

/// What a server may send of one response before somebody reads it.
const STREAM_WINDOW: u32 = 1024 * 1024;
const CONNECTION_WINDOW: u32 = 8 * 1024 * 1024;

pub(crate) type Sender = SendRequest<Bytes>;

/// Shakes hands and starts the task.
pub(crate) async fn start(io: Io, limits: HeadLimits) -> Result<Sender, Fault> {
    let (sender, connection) = Builder::new()
        .initial_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_header_list_size(u32::try_from(limits.bytes).unwrap_or(u32::MAX))
        .enable_push(false)
        .handshake(io)
        .await
        .map_err(|error| fault(&error))?;
    // It ends when nobody holds a sender or a stream any more; a failure is told by the streams.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}

pub(crate) fn fault(error: &h2::Error) -> Fault {
    if let Some(io) = error.get_io() {
        return Fault::read(io);
    }
    let reason = error.reason().unwrap_or(Reason::INTERNAL_ERROR);
    if error.is_remote() {
        let told = format!("the server ended the stream: {}", reason.description());
        let kind = Kind::Closed { reason: format!("{reason:?}") };
        let fault = Fault::new(kind, told);
        // Of a connection that is told to go away, only streams that were not looked at fail (RFC 9113, sections 6.8 and 8.7).
        return if reason == Reason::REFUSED_STREAM || error.is_go_away() { fault.unprocessed() } else { fault };
    }
    Fault::malformed(format!("the server does not keep to HTTP/2: {error}"))
}

/// A sender that may send. When there is none, nothing of the request has been sent.
pub(crate) async fn ready(sender: Sender, limit: Option<u64>) -> Result<Sender, Fault> {
    limited(limit, sender.ready()).await?.map_err(|error| fault(&error).unprocessed())
}

/// What came back, and what still sends the request.
pub(crate) async fn exchange(
    mut sender: Sender,
    method: &str,
    uri: Uri,
    headers: &Headers,
    feed: Feed,
    terms: Terms,
) -> Result<(Head, RecvStream, Option<Sending>), Fault> {
    let mut request = Request::builder().method(method).uri(uri).version(http::Version::HTTP_2);
    for (name, value) in headers {
        if name != "host" {
            request = request.header(name, value.as_slice());
        }
    }
    let request = request.body(()).map_err(|error| Fault::new(Kind::Request, format!("it is no request: {error}")))?;
    let empty = matches!(&feed, Feed::None);
    let (mut response, stream) = sender.send_request(request, empty).map_err(|error| fault(&error).unprocessed())?;
    let mut sending = Box::pin(send_all(stream, feed, terms.body_ms));
    let failed = if empty {
        None
    } else {
        tokio::select! {
            biased;
            response = &mut response => {
                let (head, body) = head_of(response, terms)?;
                let rest = (head.status < 300).then(|| Sending::spawn(async move { drop(sending.await) }));
                return Ok((head, body, rest));
            }
            sent = &mut sending => sent.err(),
        }
    };
    match failed {
        Some(failed) if matches!(failed.kind, Kind::Source | Kind::File { .. } | Kind::Timeout { .. }) => Err(failed),
        failed => limited(terms.headers_ms, response)
            .await
            .and_then(|response| head_of(response, terms))
            .map(|(head, body)| (head, body, None))
            // Refused in the middle: what the server has to say about it counts more.
            .map_err(|fault| failed.unwrap_or(fault)),
    }
}

async fn limited<T>(limit: Option<u64>, work: impl Future<Output = T>) -> Result<T, Fault> {
    let Some(limit) = limit else { return Ok(work.await) };
    tokio::time::timeout(Duration::from_millis(limit), work).await.map_err(|_| Fault::timeout("headers", limit))
}

fn head_of(response: Result<http::Response<RecvStream>, h2::Error>, terms: Terms) -> Result<(Head, RecvStream), Fault> {
    let (parts, body) = response.map_err(|error| fault(&error))?.into_parts();
    if parts.headers.len() > terms.limits.count {
        let limit = terms.limits.count as u64;
        return Err(Fault::new(Kind::HeaderTooLarge { limit }, format!("the response has more than {limit} headers")));
    }
    let headers = listed(&parts.headers);
    Ok((Head { status: parts.status.as_u16(), reason: Vec::new(), version: 20, headers }, body))
}

pub(crate) fn listed(headers: &http::HeaderMap) -> Headers {
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec())).collect()
}

async fn send_all(mut stream: SendStream<Bytes>, mut feed: Feed, limit: Option<u64>) -> Result<(), Fault> {
    let sent = send(&mut stream, &mut feed, limit).await;
    if let Err(Fault { kind: Kind::Source | Kind::File { .. } | Kind::Timeout { .. }, .. }) = sent {
        stream.send_reset(Reason::CANCEL);
    }
    sent
}

async fn send(stream: &mut SendStream<Bytes>, feed: &mut Feed, limit: Option<u64>) -> Result<(), Fault> {
    while let Some(mut piece) = feed.next().await? {
        while !piece.is_empty() {
            stream.reserve_capacity(piece.len());
            let room = std::future::poll_fn(|context| stream.poll_capacity(context));
            let room = match limit {
                None => room.await,
                Some(limit) => tokio::time::timeout(Duration::from_millis(limit), room)
                    .await
                    .map_err(|_| Fault::timeout("body", limit))?,
            };
            let gone = || Fault::closed("the server ended the stream while the request was sent", None);
            let room = room.ok_or_else(gone)?.map_err(|error| fault(&error))?;
            let next = piece.split_to(room.min(piece.len()));
            stream.send_data(next, false).map_err(|error| fault(&error))?;
        }
    }
    stream.send_data(Bytes::new(), true).map_err(|error| fault(&error))
}
