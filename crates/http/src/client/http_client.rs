//! A client: what its requests have in common, and the connections they share.

use std::{
    borrow::Cow,
    sync::Arc,
    time::{Duration, Instant},
};

use url::Url;

use super::{
    config::{Config, Settings, read},
    connect::Connector,
    cookies::Jar,
    fault::{ClientError, Fault, Kind},
    h1::head::HeadLimits,
    pool::{Pool, PoolLimits},
    proxy::Proxies,
    raw_body::Deadline,
    request::{self, Headers},
    response::ResponseBody,
    sending::Sending,
    upload::{Payload, RequestBody},
};

/// An HTTP client. It is cheap to share; when the last holder lets go, its idle connections are closed.
pub struct HttpClient(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) pool: Arc<Pool>,
    pub(crate) settings: Settings,
    base: Option<Url>,
    pub(crate) headers: Headers,
    pub(crate) jar: Option<Jar>,
    pub(crate) limits: HeadLimits,
}

/// A response with all or nothing of its body, see `block` in response.rs, and what is left of it.
pub type Crossing = (Vec<u8>, Option<ResponseBody>);

impl HttpClient {
    /// A client by its configuration, as JSON.
    pub fn create(config: &str) -> Result<Self, ClientError> {
        Self::configured(config).map_err(|fault| fault.of("", ""))
    }

    fn configured(config: &str) -> Result<Self, Fault> {
        let config: Config = read(config)?;
        let settings = Settings::default().with(&config.defaults);
        let base = config.base_url.as_deref().map(|text| request::address(text, None)).transpose()?;
        let mut headers =
            config.headers.iter().map(|(name, value)| request::header(name, value)).collect::<Result<Headers, _>>()?;
        let agent = config.user_agent.as_deref().unwrap_or(concat!("ferrule/", env!("CARGO_PKG_VERSION")));
        for (name, value) in [("user-agent", agent), ("accept", "*/*")] {
            if !value.is_empty() && request::find(&headers, name).is_none() {
                headers.push(request::header(name, value)?);
            }
        }
        let limits = HeadLimits { bytes: config.max_header_bytes, count: config.max_header_count };
        let connector = Connector::new(Proxies::of(&config)?, config.tls, config.http2)?;
        let pool = Pool::new(
            connector,
            &PoolLimits {
                in_flight_per_origin: config.in_flight_per_origin,
                connections_per_origin: config.connections_per_origin,
                idle_timeout_ms: config.idle_timeout_ms,
                head: limits,
            },
        );
        let jar = config.cookies.then(Jar::default);
        Ok(Self(Arc::new(Inner { pool, settings, base, headers, jar, limits })))
    }

    /// Sends a request whose body is bytes, or none. `headers`: names and values in turn. `whole`: the body comes with the
    /// head, up to the limit. `options`: what differs from the client's, as JSON.
    pub async fn request(
        &self,
        method: String,
        url: String,
        headers: Vec<String>,
        body: Option<Vec<u8>>,
        whole: bool,
        options: Option<String>,
    ) -> Result<Crossing, ClientError> {
        let payload = body.map_or(Payload::None, |bytes| Payload::Bytes(bytes.into()));
        self.0.send(&method, &url, &headers, payload, whole, options.as_deref()).await
    }

    /// As [`request`](Self::request), with a body in parts.
    pub async fn upload(
        &self,
        method: String,
        url: String,
        headers: Vec<String>,
        body: &RequestBody,
        whole: bool,
        options: Option<String>,
    ) -> Result<Crossing, ClientError> {
        let payload = Payload::of(body).map_err(|fault| fault.of(&method, &url))?;
        self.0.send(&method, &url, &headers, payload, whole, options.as_deref()).await
    }
}

impl Inner {
    async fn send(
        &self,
        method: &str,
        address: &str,
        headers: &[String],
        payload: Payload,
        whole: bool,
        options: Option<&str>,
    ) -> Result<Crossing, ClientError> {
        let checked = (|| {
            let settings = match options {
                None => Cow::Borrowed(&self.settings),
                Some(text) => Cow::Owned(self.settings.with(&read(text)?)),
            };
            let method = request::method(method)?;
            let url = request::address(address, self.base.as_ref())?;
            let headers = request::headers(headers)?;
            if !payload.is_none() && matches!(method.as_str(), "GET" | "HEAD") && !settings.body_on_get {
                return Err(Fault::new(
                    Kind::Request,
                    format!("a body on {method} has no meaning to most servers; set \"bodyOnGet\" to send one"),
                ));
            }
            Ok((settings, method, url, headers))
        })();
        let (settings, mut method, mut url, headers) = checked.map_err(|fault| fault.of(method, ""))?;
        let deadline = settings
            .timeouts
            .total
            .map(|milliseconds| Deadline { at: Instant::now() + Duration::from_millis(milliseconds), milliseconds });
        let sending = Sending { client: self, settings: &settings, payload: &payload, deadline };
        let work = sending.follow(&mut method, &mut url, headers, whole);
        let result = match deadline {
            None => work.await,
            Some(deadline) => tokio::time::timeout_at(deadline.at.into(), work)
                .await
                .unwrap_or_else(|_| Err(Fault::timeout("total", deadline.milliseconds))),
        };
        result.map_err(|fault| fault.of(&method, url.as_str()))
    }
}
