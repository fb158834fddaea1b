//! What a request says of itself before its body.

use url::{Position, Url};

use super::{
    decode::ACCEPTED,
    fault::{Fault, Kind},
    proxy::{Proxy, ProxyKind},
    request::{self, Headers},
    sending::Sending,
    upload::Payload,
};

impl Sending<'_> {
    /// How long the body is: by itself, or by what the caller says of a streamed one.
    pub(crate) async fn length(&self, headers: &Headers, payload: &Payload) -> Result<Option<u64>, Fault> {
        let known = payload.length().await?;
        let Some(said) = request::find(headers, "content-length") else { return Ok(known) };
        let refused = |why: String| Fault::new(Kind::Header { header: "content-length".into() }, why);
        let digits = std::str::from_utf8(said).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        let said = digits
            .and_then(|text| text.parse::<u64>().ok())
            .ok_or_else(|| refused("the header \"content-length\" must be a number of bytes".into()))?;
        match known {
            Some(known) if known != said => {
                Err(refused(format!("the header \"content-length\" says {said}, the body has {known} bytes")))
            }
            None if payload.is_none() && said > 0 => {
                Err(refused("the header \"content-length\" is set, and there is no body".into()))
            }
            _ => Ok(Some(said)),
        }
    }

    /// Each header of the request but the connection's own, the client's first. The caller's replace those of the same name.
    pub(crate) fn each_header(
        &self,
        url: &Url,
        own: &Headers,
        length: Option<u64>,
        payload: &Payload,
        http2: bool,
        write: &mut dyn FnMut(&str, &[u8]),
    ) {
        let has = |name: &str| own.iter().any(|(given, _)| given == name);
        if !http2 && !has("host") {
            write("host", url[Position::BeforeHost..Position::AfterPort].as_bytes());
        }
        for (name, value) in &self.client.headers {
            if !has(name) {
                write(name, value);
            }
        }
        if self.settings.decompress
            && !has("accept-encoding")
            && request::find(&self.client.headers, "accept-encoding").is_none()
        {
            write("accept-encoding", ACCEPTED.as_bytes());
        }
        for (name, value) in own {
            if name != "content-length" {
                write(name, value);
            }
        }
        if !has("cookie")
            && let Some(jar) = &self.client.jar
            && let Some(cookies) = jar.of(url)
        {
            write("cookie", &cookies);
        }
        if let Some(length) = length {
            write("content-length", length.to_string().as_bytes());
        } else if payload.is_none() {
            // Some servers wait for a body that is not announced as none.
        } else if !http2 {
            write("transfer-encoding", b"chunked");
        }
    }

    /// The head of a request of HTTP/1.1. `asks`: the body waits until the server asks for it.
    pub(crate) fn head(
        &self,
        method: &str,
        url: &Url,
        own: &Headers,
        length: Option<u64>,
        payload: &Payload,
        asks: bool,
    ) -> Vec<u8> {
        let mut head = Vec::with_capacity(512);
        head.extend_from_slice(method.as_bytes());
        head.push(b' ');
        let proxy = self.client.pool.connector().proxies.for_url(url);
        let proxy = proxy.filter(|proxy| url.scheme() == "http" && proxy.kind != ProxyKind::Socks5);
        let from = if proxy.is_some() { Position::BeforeScheme } else { Position::BeforePath };
        head.extend_from_slice(url[from..Position::AfterQuery].as_bytes());
        head.extend_from_slice(b" HTTP/1.1\r\n");
        let mut write = |name: &str, value: &[u8]| {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        };
        let length = length.or_else(|| (payload.is_none() && matches!(method, "POST" | "PUT" | "PATCH")).then_some(0));
        self.each_header(url, own, length, payload, false, &mut write);
        if asks {
            write("expect", b"100-continue");
        }
        if let Some(authorization) = proxy.and_then(Proxy::authorization) {
            write("proxy-authorization", authorization.as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}
