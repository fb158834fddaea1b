//! A request on its way: where it is redirected to, how often it is tried, and on which connection.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use url::Url;

use super::{
    config::{RedirectMode, Settings, Timeouts},
    decode::{Decoded, codings},
    fault::{Fault, Kind},
    h1::{
        body::BodyReader,
        exchange::{Outgoing, Terms, goes_with_head},
        head::{Framing, Head, keeps_alive},
    },
    h2,
    http_client::{Crossing, Inner},
    pool::Line,
    raw_body::{Deadline, RawBody},
    redirect,
    request::{self, Headers, is_idempotent},
    response::{ResponseBody, Source, TOGETHER, Whose, block, drain_ready},
    upload::Payload,
};

const EXPECTATION_FAILED: u16 = 417;

/// One request on its way.
pub(crate) struct Sending<'request> {
    pub(crate) client: &'request Inner,
    pub(crate) settings: &'request Settings,
    pub(crate) payload: &'request Payload,
    pub(crate) deadline: Option<Deadline>,
}

impl Sending<'_> {
    /// The request and where it is redirected to.
    pub(crate) async fn follow(
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
                if body.known().is_none_or(|length| length <= TOGETHER as u64) {
                    let _ = drain_ready(&mut Source::Raw(body), TOGETHER, &mut Vec::new());
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
            let owner = Whose {
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
            // What is over the limit may still be read as a stream; trailers are asked for through the body.
            let fits = ready.len() as u64 <= self.settings.max_body_bytes;
            if ended && (whole || (fits && trailers.get().is_none())) {
                return Ok((block(ready, &head, url.as_str(), redirects > 0), None));
            }
            let rest = ResponseBody::new(source, ready, trailers, owner);
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
                    retry.obeys_server.then(|| retry_after(&head.headers)).flatten()
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
        let mut asks = self.settings.continue_ms.is_some();
        loop {
            let (stale, result) = self.attempt(method, url, headers, payload, fresh, &mut asks).await?;
            match result {
                // RFC 9110, section 15.5.18.
                Ok((head, _)) if head.status == EXPECTATION_FAILED && asks && payload.is_repeatable() => asks = false,
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

    /// True beside the result: the connection was used before and said nothing. `asks`: whether a body that does not go with the
    /// head is asked for leave.
    async fn attempt(
        &self,
        method: &str,
        url: &Url,
        headers: &Headers,
        payload: &Payload,
        fresh: bool,
        asks: &mut bool,
    ) -> Result<(bool, Result<(Head, RawBody), Fault>), Fault> {
        let Timeouts { connect, headers: headers_ms, body: body_ms, .. } = self.settings.timeouts;
        let length = self.length(headers, payload).await?;
        let (slot, line) = self.client.pool.line(url, connect, fresh).await?;
        let terms = Terms { limits: self.client.limits, headers_ms, body_ms };
        Ok(match line {
            Line::H1(mut connection) => {
                let feed = payload.feed()?;
                *asks &= !goes_with_head(&feed, length);
                let head = self.head(method, url, headers, length, payload, *asks);
                let continue_ms = self.settings.continue_ms.filter(|_| *asks);
                let outgoing = Outgoing { method, head, feed, length, continue_ms };
                let reused = connection.used;
                match connection.exchange(outgoing, terms).await {
                    Err(fault) => {
                        (reused && !connection.answered && matches!(fault.kind, Kind::Closed { .. }), Err(fault))
                    }
                    Ok(answer) => {
                        self.keep_cookies(url, &answer.head);
                        let ends = !answer.taken || answer.framing == Framing::Close;
                        let keep = if ends { None } else { keeps_alive(&answer.head) };
                        let reader = BodyReader::new(answer.framing, terms.limits);
                        let body = RawBody::h1(connection, reader, slot, keep, body_ms, self.deadline);
                        (false, Ok((answer.head, body)))
                    }
                }
            }
            Line::H2(sender) => {
                *asks = false;
                let mut all = Headers::new();
                self.each_header(url, headers, length, payload, true, &mut |name, value| {
                    all.push((name.to_owned(), value.to_vec()));
                });
                let uri = url
                    .as_str()
                    .parse()
                    .map_err(|error| Fault::new(Kind::Url, format!("it is no address of HTTP/2: {error}")))?;
                let exchange = async {
                    let sender = h2::ready(sender, headers_ms).await?;
                    h2::exchange(sender, method, uri, &all, payload.feed()?, terms).await
                };
                match exchange.await {
                    Err(fault) => {
                        let broken = matches!(fault.kind, Kind::Closed { .. } | Kind::Malformed);
                        if broken {
                            slot.origin.forget_http2();
                        }
                        (broken && fault.retryable, Err(fault))
                    }
                    Ok((head, stream, rest)) => {
                        self.keep_cookies(url, &head);
                        let body = RawBody::h2(stream, rest, slot, terms.limits, body_ms, self.deadline);
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
}

/// The server has not looked at the request.
fn refused(fault: &Fault) -> bool {
    match &fault.kind {
        Kind::Dns { .. } | Kind::Connect { .. } | Kind::Proxy => true,
        Kind::Timeout { phase, .. } => *phase == "connect",
        _ => fault.unprocessed,
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
