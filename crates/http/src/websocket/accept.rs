//! The server's half of the opening handshake (RFC 6455, section 4.2).

use http::{
    HeaderMap, HeaderValue, Method, StatusCode, Version,
    header::{
        CONNECTION, HeaderName, ORIGIN, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_PROTOCOL,
        SEC_WEBSOCKET_VERSION, UPGRADE,
    },
    request::Parts,
};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// A request that cannot become a web socket, and the answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// 400, 403, 405, 426 or 505.
    pub status: StatusCode,
    /// What is wrong, for the body.
    pub detail: String,
    /// A header that the answer needs.
    pub header: Option<(HeaderName, HeaderValue)>,
}

impl Rejection {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), header: None }
    }

    fn with(mut self, name: HeaderName, value: &'static str) -> Self {
        self.header = Some((name, HeaderValue::from_static(value)));
        self
    }
}

/// What a server asks of those who open a web socket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Subprotocols the server speaks.
    pub protocols: Vec<String>,
    /// Origins that may connect, as browsers write them; none for any. Requests without an origin come from no browser and
    /// pass.
    pub origins: Option<Vec<String>>,
}

/// A handshake that is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    accept: String,
    /// The first protocol of the client that the server speaks, too.
    pub protocol: Option<String>,
}

impl Grant {
    /// Adds the headers of the answer, whose status is 101.
    pub fn write_headers(&self, headers: &mut HeaderMap) {
        headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
        // Base64, and a token that came in a header.
        headers.extend(HeaderValue::from_str(&self.accept).map(|value| (SEC_WEBSOCKET_ACCEPT, value)));
        let protocol = self.protocol.as_deref().map(HeaderValue::from_str);
        headers.extend(protocol.into_iter().flatten().map(|value| (SEC_WEBSOCKET_PROTOCOL, value)));
    }
}

/// Judges a request.
pub fn judge(request: &Parts, terms: &Terms) -> Result<Grant, Rejection> {
    if request.version != Version::HTTP_11 {
        let detail = "a web socket is opened over HTTP/1.1";
        return Err(Rejection::new(StatusCode::HTTP_VERSION_NOT_SUPPORTED, detail));
    }
    if request.method != Method::GET {
        let detail = "a web socket is opened by GET";
        return Err(Rejection::new(StatusCode::METHOD_NOT_ALLOWED, detail).with(http::header::ALLOW, "GET"));
    }
    let headers = &request.headers;
    if !has_token(headers, &UPGRADE, "websocket") || !has_token(headers, &CONNECTION, "upgrade") {
        let detail = "this address is for web sockets; the request asks for no upgrade to one";
        return Err(Rejection::new(StatusCode::UPGRADE_REQUIRED, detail).with(UPGRADE, "websocket"));
    }
    if only(headers, &SEC_WEBSOCKET_VERSION).is_none_or(|version| version != "13") {
        let detail = "only version 13 of the protocol is spoken";
        return Err(Rejection::new(StatusCode::UPGRADE_REQUIRED, detail).with(SEC_WEBSOCKET_VERSION, "13"));
    }
    let Some(key) = only(headers, &SEC_WEBSOCKET_KEY).filter(|key| is_key(key)) else {
        let detail = "Sec-WebSocket-Key must be there once, as 16 bytes in base64";
        return Err(Rejection::new(StatusCode::BAD_REQUEST, detail));
    };
    if let Some(allowed) = &terms.origins
        && !headers.get_all(ORIGIN).iter().all(|origin| allowed.iter().any(|one| one.as_bytes() == origin.as_bytes()))
    {
        return Err(Rejection::new(StatusCode::FORBIDDEN, "this origin may not connect"));
    }
    let protocol =
        tokens(headers, &SEC_WEBSOCKET_PROTOCOL).find(|offer| terms.protocols.iter().any(|one| one == offer));
    Ok(Grant { accept: derive_accept_key(key.as_bytes()), protocol: protocol.map(str::to_owned) })
}

/// The value of a header that is there exactly once.
fn only<'headers>(headers: &'headers HeaderMap, name: &HeaderName) -> Option<&'headers str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { value.to_str().ok() }
}

/// The members of a header that is a list, whatever number of lines it has.
pub(super) fn tokens<'headers>(headers: &'headers HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'headers str> {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim).filter(|token| !token.is_empty())
}

pub(super) fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    tokens(headers, name).any(|found| found.eq_ignore_ascii_case(token))
}

/// Whether it is base64 of 16 bytes: 22 digits, the last of which has four bits to spare, and the padding.
fn is_key(key: &str) -> bool {
    let Some(digits) = key.strip_suffix("==") else { return false };
    digits.len() == 22
        && digits.bytes().all(|digit| digit.is_ascii_alphanumeric() || digit == b'+' || digit == b'/')
        && digits.ends_with(['A', 'Q', 'g', 'w'])
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    const KEY: &str = "dGhlIHNhbXBsZSBub25jZQ==";

    fn request(change: impl FnOnce(&mut Parts)) -> Parts {
        let request = Request::get("/chat")
            .header("host", "example.org")
            .header("connection", "keep-alive, Upgrade")
            .header("upgrade", "WebSocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", KEY);
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        change(&mut parts);
        parts
    }

    fn status_of(change: impl FnOnce(&mut Parts)) -> u16 {
        judge(&request(change), &Terms::default()).unwrap_err().status.as_u16()
    }

    #[test]
    fn a_proper_request_is_granted_with_the_key_of_the_rfc() {
        let grant = judge(&request(|_| ()), &Terms::default()).unwrap();
        let mut headers = HeaderMap::new();
        grant.write_headers(&mut headers);
        assert_eq!(headers["sec-websocket-accept"], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assert_eq!(headers["upgrade"], "websocket");
        assert!(!headers.contains_key("sec-websocket-protocol"));
    }

    #[test]
    fn an_improper_request_is_rejected_with_the_status_that_says_why() {
        let remove = |name: &'static str| {
            move |parts: &mut Parts| {
                parts.headers.remove(name);
            }
        };
        let set = |name: &'static str, value: &'static str| {
            move |parts: &mut Parts| {
                parts.headers.insert(name, HeaderValue::from_static(value));
            }
        };
        assert_eq!(status_of(|parts| parts.version = Version::HTTP_10), 505);
        assert_eq!(status_of(|parts| parts.method = Method::POST), 405);
        assert_eq!(status_of(remove("upgrade")), 426);
        assert_eq!(status_of(set("upgrade", "h2c")), 426);
        assert_eq!(status_of(set("connection", "close")), 426);
        assert_eq!(status_of(remove("sec-websocket-version")), 426);
        assert_eq!(status_of(set("sec-websocket-version", "8")), 426);
        assert_eq!(status_of(remove("sec-websocket-key")), 400);
        assert_eq!(status_of(set("sec-websocket-key", "c2hvcnQ=")), 400);
        assert_eq!(status_of(set("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZR==")), 400);
        assert_eq!(
            status_of(|parts| assert!(parts.headers.append("sec-websocket-key", HeaderValue::from_static(KEY)))),
            400
        );
    }

    #[test]
    fn the_version_that_is_spoken_is_named() {
        let rejected = judge(&request(|parts| drop(parts.headers.remove("sec-websocket-version"))), &Terms::default());
        assert_eq!(rejected.unwrap_err().header, Some((SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"))));
    }

    #[test]
    fn only_allowed_origins_pass_and_programs_without_one() {
        let terms = Terms { origins: Some(vec!["https://a.example".into()]), ..Terms::default() };
        let from = |origin: &'static str| {
            judge(&request(|parts| drop(parts.headers.insert(ORIGIN, HeaderValue::from_static(origin)))), &terms)
        };
        assert!(from("https://a.example").is_ok());
        assert_eq!(from("https://a.example.evil").unwrap_err().status, StatusCode::FORBIDDEN);
        assert!(judge(&request(|_| ()), &terms).is_ok());
    }

    #[test]
    fn the_clients_first_protocol_that_the_server_speaks_is_chosen() {
        let terms = Terms { protocols: vec!["chat.v1".into(), "chat.v2".into()], ..Terms::default() };
        let offer = |offer: &'static str| {
            let parts =
                request(|parts| drop(parts.headers.insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(offer))));
            judge(&parts, &terms).unwrap().protocol
        };
        assert_eq!(offer("chat.v3, chat.v2,chat.v1").as_deref(), Some("chat.v2"));
        assert_eq!(offer("chat").as_deref(), None);
    }
}
