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
use tokio::{net::TcpStream, task::JoinHandle};
use tokio_tungstenite::tungstenite::handshake::{client::generate_key, derive_accept_key};

use super::{
    accept::{has_token, tokens},
    connection::{End, WebSocket},
    error::Error,
    options::ConnectOptions,
    transport::Transport,
};
use crate::tls;

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
    /// [`connect`](Self::connect) with options as JSON.
    pub async fn connect_with(options: String) -> Result<Self, Error> {
        let read: Result<ConnectOptions, _> = serde_json::from_str(&options);
        let options = read.map_err(|fault| Error::Option { option: "options".into(), detail: fault.to_string() })?;
        Self::connect(options).await
    }

    /// Connects and opens a web socket. Redirects are not followed (they are errors that name their status).
    pub async fn connect(options: ConnectOptions) -> Result<Self, Error> {
        let key = generate_key();
        let request = request(&options, &key)?;
        let transport = transport(&options).await?;
        let (response, parts) = exchange(request, transport).await?;
        let protocol = check(response.headers(), &key, &options.protocols)?;
        let ahead = parts.read_buf.to_vec();
        Ok(Self::open(parts.io.into_inner(), ahead, End::Client, options.limits, protocol).await)
    }
}

fn request(options: &ConnectOptions, key: &str) -> Result<Request<Empty<&'static [u8]>>, Error> {
    let refused = |option: &str, detail: String| Error::Option { option: option.into(), detail };
    let mut request = Request::get(&options.path)
        .header(HOST, &options.authority)
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, key);
    if !options.protocols.is_empty() {
        request = request.header(SEC_WEBSOCKET_PROTOCOL, options.protocols.join(", "));
    }
    for (name, value) in &options.headers {
        let name =
            HeaderName::try_from(name).map_err(|_| refused("headers", format!("{name:?} is no header's name")))?;
        if RESERVED.contains(&name) {
            return Err(refused("headers", format!("{name} belongs to the handshake and cannot be set")));
        }
        let value = HeaderValue::try_from(value)
            .map_err(|_| refused("headers", format!("the value of {name} has characters that no header may have")))?;
        request = request.header(name, value);
    }
    request.body(Empty::new()).map_err(|fault| refused("url", fault.to_string()))
}

async fn transport(options: &ConnectOptions) -> Result<Box<dyn Transport>, Error> {
    let ConnectOptions { host, port, .. } = options;
    let connector = if options.secure { Some(tls::connector(&options.tls)?) } else { None };
    let failed =
        |fault: std::io::Error| Error::Connect { address: options.authority.clone(), detail: fault.to_string() };
    let stream = TcpStream::connect((host.as_str(), *port)).await.map_err(failed)?;
    // Frames are small, and a reply that waits for more of them would wait for nothing.
    stream.set_nodelay(true).map_err(failed)?;
    match connector {
        Some(connector) => Ok(Box::new(connector.connect(host, stream).await?)),
        None => Ok(Box::new(stream)),
    }
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
