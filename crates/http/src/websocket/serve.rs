//! Web sockets of a server: from a request that waits for its answer to an open socket.

use std::{future::Future, pin::Pin};

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Version};
use serde::Deserialize;

use super::{
    accept::{Terms, judge},
    connection::{End, WebSocket},
    error::Error,
    options::Limits,
};
use crate::server::HttpServer;

/// What a socket of a server is subject to.
pub(super) struct Oversight {
    /// Is ready when the server stops: the socket should end in its own words.
    pub(super) stops: Pin<Box<dyn Future<Output = ()> + Send>>,
    /// Is ready when nobody waits any more.
    pub(super) ends: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// A request to open a web socket, and on what terms it is granted.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Offer {
    method: String,
    /// `1.0`, `1.1` or `2.0`.
    http_version: String,
    /// Those of the request that count.
    headers: Vec<(String, String)>,
    protocols: Vec<String>,
    #[serde(default)]
    origins: Option<Vec<String>>,
    limits: Limits,
}

impl HttpServer {
    /// Opens a web socket on the connection of a request of a web socket route. `offer` is JSON. A request that cannot become one is
    /// [`Error::Rejected`] and waits for another answer. When the server stops, the socket closes with 1001.
    pub async fn accept_web_socket(&self, slot: u32, generation: u32, offer: String) -> Result<WebSocket, Error> {
        let read: Result<Offer, _> = serde_json::from_str(&offer);
        let offer = read.map_err(|fault| Error::Option { option: "options".into(), detail: fault.to_string() })?;
        let request = request(&offer)?;
        let terms = Terms { protocols: offer.protocols, origins: offer.origins };
        let grant = judge(&request, &terms).map_err(|rejection| {
            let (name, value) = rejection.header.unzip();
            Error::Rejected {
                status: rejection.status.as_u16(),
                detail: rejection.detail,
                header: name.map(|name| name.to_string()),
                value: value.and_then(|value| value.to_str().ok().map(str::to_owned)),
            }
        })?;
        let mut headers = HeaderMap::new();
        grant.write_headers(&mut headers);
        let stream = self.upgrade(slot, generation, headers).await.map_err(|_| Error::Gone)?;
        let (stops, ends) = self.ending();
        let oversight = Oversight { stops: Box::pin(stops), ends: Box::pin(ends) };
        let socket =
            WebSocket::start(Box::new(stream), vec![], End::Server, offer.limits, grant.protocol, Some(oversight));
        Ok(socket.await)
    }
}

fn request(offer: &Offer) -> Result<http::request::Parts, Error> {
    let unusable = |detail: &str| Error::Option { option: "options".into(), detail: detail.into() };
    let (mut parts, ()) = Request::new(()).into_parts();
    parts.method = Method::from_bytes(offer.method.as_bytes()).map_err(|_| unusable("no method"))?;
    parts.version = match &*offer.http_version {
        "1.0" => Version::HTTP_10,
        "1.1" => Version::HTTP_11,
        _ => Version::HTTP_2,
    };
    parts.headers = header_map(&offer.headers)?;
    Ok(parts)
}

fn header_map(pairs: &[(String, String)]) -> Result<HeaderMap, Error> {
    let refused = |name: &str| Error::Option {
        option: "headers".into(),
        detail: format!("{name:?} or its value cannot be sent"),
    };
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let key = HeaderName::try_from(name).map_err(|_| refused(name))?;
        headers.append(key, HeaderValue::try_from(value).map_err(|_| refused(name))?);
    }
    Ok(headers)
}
