//! A client: what its requests have in common, and the connections they share.

use std::{
    borrow::Cow,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use url::{Position, Url};

use super::{
    config::{Config, RedirectMode, Settings, Timeouts, read},
    connect::Connector,
    cookies::Jar,
    decode::{ACCEPTED, Decoded, codings},
    fault::{ClientError, Fault, Kind},
    h1::{
        body::BodyReader,
        exchange::{Outgoing, Terms},
        head::{Framing, Head, HeadLimits, keeps_alive},
    },
    h2,
    pool::{Line, Pool, PoolLimits},
    proxy::{Proxies, ProxyKind},
    raw_body::{Deadline, RawBody},
    redirect,
    request::{self, Headers, is_idempotent},
    response::{ResponseBody, Source, TOGETHER, Whose, block, drain_ready},
    upload::{Payload, RequestBody},
};

/// An HTTP client. It is cheap to share; when the last holder lets go, its idle connections are closed.
pub struct HttpClient(Arc<Inner>);

struct Inner {
    pool: Arc<Pool>,
    settings: Settings,
    base: Option<Url>,
    headers: Headers,
    jar: Option<Jar>,
    limits: HeadLimits,
}

/// One request on its way.
struct Sending<'request> {
    client: &'request Inner,
    settings: &'request Settings,
    payload: &'request Payload,
    deadline: Option<Deadline>,
}

/// A response with all or nothing of its body, see [`block`], and what is left of it.
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

impl Sending<'_> {
    /// The request and where it is redirected to.
    async fn follow(
        &self,
        method: &mut String,
        url: &mut Url,
        mut headers: Headers,
        whole: bool,
    ) -> Result<Crossing, Fault> {
        let mut redirects = 0;
        let none = Payload::None;
        let mut payload = self.payload;
        loop {
            let (head, mut body) = self.persist(method, url, &headers, payload).await?;
            if self.settings.redirect != RedirectMode::Manual
                && let Some(next) = redirect::target(&head, url)?
            {
                let refused = |kind, message: String| Err(Fault::new(kind, message).with_status(head.status));
                if self.settings.redirect == RedirectMode::Error {
                    let location = next.to_string();
                    return refused(
                        Kind::Redirect { location },
                        "the server redirects, and the option \"redirect\" is \"error\"".into(),
                    );
                }
                redirects += 1;
                let limit = self.settings.max_redirects;
                if redirects > limit {
                    return refused(
                        Kind::TooManyRedirects { limit },
                        format!("the server redirected more than {limit} times"),
                    );
                }
                // A short body is read, so that the connection can be used again.
                if body.known().is_some_and(|length| length <= TOGETHER as u64) {
                    drain_ready(&mut Source::Raw(body), TOGETHER, &mut Vec::new())?;
                }
                let changed = redirect::method(head.status, method).to_owned();
                if changed != *method {
                    payload = &none;
                } else if !payload.is_repeatable() {
                    return refused(
                        Kind::Redirect { location: next.to_string() },
                        "the server redirects a request whose streamed body cannot be sent again".into(),
                    );
                }
                redirect::headers(&mut headers, url, &next, changed != *method);
                *method = changed;
                *url = next;
                url.set_fragment(None);
                continue;
            }
            let whose = Whose {
                method: method.clone(),
                url: url.to_string(),
                status: head.status,
                max_body_bytes: self.settings.max_body_bytes,
            };
            let trailers = Arc::clone(&body.trailers);
            let mut source = Source::Raw(body);
            if self.settings.decompress && !source.is_ended() {
                let codings =
                    codings(&head.headers).map_err(|fault| fault.with_status(head.status))?.unwrap_or_default();
                if !codings.is_empty()
                    && let Source::Raw(raw) = source
                {
                    body = raw;
                    source = Source::Decoded(Box::new(Decoded::new(body, &codings)));
                }
            }
            let mut ready = Vec::new();
            let ended = if whole {
                source.read_all(self.settings.max_body_bytes, &mut ready).await.map(|()| true)
            } else if source.known().is_some_and(|length| length > TOGETHER as u64) {
                Ok(false)
            } else {
                drain_ready(&mut source, TOGETHER, &mut ready)
            };
            let ended = ended.map_err(|fault| fault.with_status(head.status))?;
            // Trailers are asked for through the body.
            if ended && (whole || trailers.get().is_none()) {
                return Ok((block(ready, &head, url.as_str(), redirects > 0), None));
            }
            let rest = ResponseBody::new(source, ready, trailers, whose);
            return Ok((block(Vec::new(), &head, url.as_str(), redirects > 0), Some(rest)));
        }
    }

    /// The request, again where that may help.
    async fn persist(
        &self,
        method: &str,
        url: &Url,
        headers: &Headers,
        payload: &Payload,
    ) -> Result<(Head, RawBody), Fault> {
        let retry = &self.settings.retry;
        let mut attempt = 0;
        loop {
            let result = self.once(method, url, headers, payload).await;
            if attempt >= retry.count || !is_idempotent(method) || !payload.is_repeatable() {
                return result;
            }
            let told = match &result {
                Ok((head, _)) if retry.statuses.contains(&head.status) => {
                    retry.retry_after.then(|| retry_after(&head.headers)).flatten()
                }
                Err(fault) if fault.retryable => None,
                _ => return result,
            };
            drop(result);
            let longest = Duration::from_millis(retry.max_backoff_ms);
            let backoff = Duration::from_millis(retry.backoff_ms).saturating_mul(1 << attempt.min(20)).min(longest);
            // Anywhere in the upper half: clients that failed together do not come back together.
            let jitter = f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX);
            let pause = told.unwrap_or_else(|| backoff.mul_f64(0.5 + jitter / 2.0)).min(longest);
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    /// The request on one connection; on another when the server had closed the first behind our back.
    async fn once(
        &self,
        method: &str,
        url: &Url,
        headers: &Headers,
        payload: &Payload,
    ) -> Result<(Head, RawBody), Fault> {
        let mut fresh = false;
        loop {
            let (stale, result) = self.attempt(method, url, headers, payload, fresh).await?;
            match result {
                Err(fault)
                    if stale && !fresh && payload.is_repeatable() && (is_idempotent(method) || refused(&fault)) =>
                {
                    fresh = true;
                }
                // What the server may have acted on is not to be sent twice.
                Err(fault) => {
                    let retryable = fault.retryable && (is_idempotent(method) || refused(&fault));
                    return Err(Fault { retryable, ..fault });
                }
                Ok(answer) => return Ok(answer),
            }
        }
    }

    /// True beside the result: the connection was used before and said nothing.
    async fn attempt(
        &self,
        method: &str,
        url: &Url,
        headers: &Headers,
        payload: &Payload,
        fresh: bool,
    ) -> Result<(bool, Result<(Head, RawBody), Fault>), Fault> {
        let Timeouts { connect, headers: headers_ms, body: body_ms, .. } = self.settings.timeouts;
        let length = self.length(headers, payload).await?;
        let (slot, line) = self.client.pool.line(url, connect, fresh).await?;
        let terms = Terms { limits: self.client.limits, headers_ms, body_ms };
        let feed = payload.feed()?;
        Ok(match line {
            Line::H1(mut connection) => {
                let outgoing =
                    Outgoing { method, head: self.head(method, url, headers, length, payload), feed, length };
                let reused = connection.used;
                match connection.exchange(outgoing, terms).await {
                    Err(fault) => {
                        (reused && !connection.answered && matches!(fault.kind, Kind::Closed { .. }), Err(fault))
                    }
                    Ok(answer) => {
                        self.keep_cookies(url, &answer.head);
                        let keep = answer.taken && keeps_alive(&answer.head) && answer.framing != Framing::Close;
                        let reader = BodyReader::new(answer.framing, terms.limits);
                        let body = RawBody::h1(connection, reader, slot, keep, body_ms, self.deadline);
                        (false, Ok((answer.head, body)))
                    }
                }
            }
            Line::H2(sender) => {
                let mut all = Headers::new();
                self.each_header(url, headers, length, payload, true, &mut |name, value| {
                    all.push((name.to_owned(), value.to_vec()))
                });
                let uri = url
                    .as_str()
                    .parse()
                    .map_err(|error| Fault::new(Kind::Url, format!("it is no address of HTTP/2: {error}")))?;
                match h2::exchange(sender, method, uri, &all, feed, terms).await {
                    Err(fault) => {
                        let broken = matches!(fault.kind, Kind::Closed { .. } | Kind::Malformed);
                        if broken {
                            slot.origin.forget_http2();
                        }
                        (broken && fault.retryable, Err(fault))
                    }
                    Ok((head, stream)) => {
                        self.keep_cookies(url, &head);
                        let body = RawBody::h2(stream, slot, terms.limits, body_ms, self.deadline);
                        (false, Ok((head, body)))
                    }
                }
            }
        })
    }

    fn keep_cookies(&self, url: &Url, head: &Head) {
        if let Some(jar) = &self.client.jar {
            jar.keep(url, &head.headers);
        }
    }

    /// How long the body is: by itself, or by what the caller says of a streamed one.
    async fn length(&self, headers: &Headers, payload: &Payload) -> Result<Option<u64>, Fault> {
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
    fn each_header(
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

    /// The head of a request of HTTP/1.1.
    fn head(&self, method: &str, url: &Url, own: &Headers, length: Option<u64>, payload: &Payload) -> Vec<u8> {
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
        if let Some(authorization) = proxy.and_then(super::proxy::Proxy::authorization) {
            write("proxy-authorization", authorization.as_bytes());
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

/// The server has not looked at the request.
fn refused(fault: &Fault) -> bool {
    match &fault.kind {
        Kind::Dns { .. } | Kind::Connect { .. } | Kind::Proxy => true,
        Kind::Timeout { phase, .. } => *phase == "connect",
        Kind::Closed { reason } => reason == "REFUSED_STREAM",
        _ => false,
    }
}

/// Seconds, or a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &Headers) -> Option<Duration> {
    let text = std::str::from_utf8(request::find(headers, "retry-after")?).ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
