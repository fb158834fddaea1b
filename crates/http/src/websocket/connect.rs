//! The client's half of the opening handshake (RFC 6455, section 4.1).

use http::{
    HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Version,
    header::{
        CONNECTION, CONTENT_LENGTH, HOST, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_EXTENSIONS, SEC_WEBSOCKET_KEY,
        SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, TRANSFER_ENCODING, UPGRADE,
    },
};
use http_body_util::Empty;
use hyper::{body::Incoming, client::conn::http1, upgrade::Parts};
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::handshake::{client::generate_key, derive_accept_key};
use url::{Position, Url};

use super::{
    accept::{has_token, tokens},
    connection::{End, WebSocket},
    error::Error,
    options::ConnectOptions,
    transport::Transport,
};
use crate::client::{Connector, Http2, Proxies};

/// Headers that the handshake itself writes, or that would give its request a body.
const RESERVED: [HeaderName; 10] = [
    CONNECTION,
    CONTENT_LENGTH,
    HOST,
    SEC_WEBSOCKET_ACCEPT,
    SEC_WEBSOCKET_EXTENSIONS,
    SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL,
    SEC_WEBSOCKET_VERSION,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Bytes that the head of the server's answer may have.
const LONGEST_HEAD: usize = 64 * 1024;

type Io = TokioIo<Box<dyn Transport>>;

impl WebSocket {
    /// Connects and opens a web socket. `options` is JSON: `url` (`http:` or `https:`, for `ws:` and `wss:`), `protocols`, `headers`
    /// (names and values in turn), `tls` as a client has it, `limits`. Redirects are not followed (they are errors that name their
    /// status), and there are no proxies.
    pub async fn connect(options: String) -> Result<Self, Error> {
        let read: Result<ConnectOptions, _> = serde_json::from_str(&options);
        let options = read.map_err(|fault| Error::Option { option: "options".into(), detail: fault.to_string() })?;
        let url = Url::parse(&options.url)
            .map_err(|fault| Error::Option { option: "url".into(), detail: fault.to_string() })?;
        let key = generate_key();
        let request = request(&url, &options, &key)?;
        let said = |fault| Error::of(fault, url.as_str());
        let connector = Connector::new(Proxies::default(), options.tls, Http2::Never).map_err(said)?;
        let transport = connector.connect(&url).await.map_err(said)?.io;
        let (response, parts) = exchange(request, Box::new(transport)).await?;
        let protocol = check(response.headers(), &key, &options.protocols)?;
        let ahead = parts.read_buf.to_vec();
        Ok(Self::open(parts.io.into_inner(), ahead, End::Client, options.limits, protocol).await)
    }
}

fn request(url: &Url, options: &ConnectOptions, key: &str) -> Result<Request<Empty<&'static [u8]>>, Error> {
    let refused = |header: &str, detail: String| Error::Header { header: header.into(), detail };
    let host = url.host_str().unwrap_or_default();
    let mut request = Request::get(&url[Position::BeforePath..Position::AfterQuery])
        .header(HOST, url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, key);
    if !options.protocols.is_empty() {
        request = request.header(SEC_WEBSOCKET_PROTOCOL, options.protocols.join(", "));
    }
    let (pairs, _) = options.headers.as_chunks::<2>();
    for [text, value] in pairs {
        let name = HeaderName::try_from(text).map_err(|_| refused(text, format!("{text:?} is no header's name")))?;
        if RESERVED.contains(&name) {
            return Err(refused(text, format!("the header {name} belongs to the handshake and cannot be set")));
        }
        let value = HeaderValue::try_from(value).map_err(|_| {
            refused(text, format!("the value of the header {name} has characters that no header may have"))
        })?;
        request = request.header(name, value);
    }
    request.body(Empty::new()).map_err(|fault| Error::Option { option: "url".into(), detail: fault.to_string() })
}

/// The task that runs HTTP for the handshake; it ends with the handshake, however that ends.
struct Exchange(JoinHandle<()>);

impl Drop for Exchange {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(
    request: Request<Empty<&'static [u8]>>,
    transport: Box<dyn Transport>,
) -> Result<(Response<Incoming>, Parts<Io>), Error> {
    let failed = |detail: String| Error::Handshake { detail, status: None };
    let said = |fault: hyper::Error| failed(describe(&fault));
    let (mut sender, connection) =
        http1::Builder::new().max_buf_size(LONGEST_HEAD).handshake(TokioIo::new(transport)).await.map_err(said)?;
    let _exchange = Exchange(tokio::spawn(async move {
        // Its fault is the fault of the request, too, which is the one that is told.
        let _ = connection.with_upgrades().await;
    }));
    let mut response = sender.send_request(request).await.map_err(said)?;
    let status = response.status();
    if status != StatusCode::SWITCHING_PROTOCOLS {
        let detail = status.canonical_reason().unwrap_or("an unknown status").to_owned();
        return Err(Error::Handshake { detail, status: Some(status.as_u16()) });
    }
    if response.version() != Version::HTTP_11 {
        return Err(Error::Handshake { detail: "its answer is not HTTP/1.1".into(), status: Some(101) });
    }
    let upgraded = hyper::upgrade::on(&mut response).await.map_err(said)?;
    let parts = upgraded.downcast::<Io>().map_err(|_| failed("the connection is of another kind".into()))?;
    Ok((response, parts))
}

/// The fault with its causes: hyper names the kind, and the cause says what it was.
fn describe(fault: &hyper::Error) -> String {
    let mut said = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(fault) = cause {
        said = format!("{said}: {fault}");
        cause = fault.source();
    }
    said
}

/// Checks the answer and gives the protocol that the server chose.
fn check(headers: &HeaderMap, key: &str, offered: &[String]) -> Result<Option<String>, Error> {
    let lacks = |detail: &str| Err(Error::Handshake { detail: detail.into(), status: Some(101) });
    if !has_token(headers, &UPGRADE, "websocket") {
        return lacks("its answer has no Upgrade: websocket");
    }
    if !has_token(headers, &CONNECTION, "upgrade") {
        return lacks("its answer has no Connection: Upgrade");
    }
    let mut accepts = headers.get_all(SEC_WEBSOCKET_ACCEPT).iter();
    let accepted =
        accepts.next().is_some_and(|accept| accept.as_bytes() == derive_accept_key(key.as_bytes()).as_bytes());
    if !accepted || accepts.next().is_some() {
        return lacks("its Sec-WebSocket-Accept is not the one that belongs to the key");
    }
    if headers.contains_key(SEC_WEBSOCKET_EXTENSIONS) {
        return lacks("it uses an extension that was not offered");
    }
    let mut chosen = tokens(headers, &SEC_WEBSOCKET_PROTOCOL);
    match (chosen.next(), chosen.next()) {
        (None, _) => Ok(None),
        (Some(protocol), None) if offered.iter().any(|one| one == protocol) => Ok(Some(protocol.to_owned())),
        _ => lacks("it chose a subprotocol that was not offered"),
    }
}
