//! One request, from its head to its answer.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Version, header, request::Parts};
use http_body::Body as _;
use hyper::body::Incoming;
use tokio::sync::oneshot;

use super::{
    body::ReplyBody,
    config::{Limits, RouteKind, Timeouts},
    error::ServerError,
    exchange::{Carried, Exchange, Outgoing, Place},
    folder::Folder,
    reply::Reply,
    request_body::RequestBody,
    respond::{allowing, closing, plain},
    router::{Found, Router, Span},
    watch::Watch,
};

/// Bodies up to this length travel with their requests.
const TRAVELS: u64 = 16 * 1024;

/// What every request of a server needs.
pub(super) struct Site {
    pub(super) router: Router,
    pub(super) folders: Vec<Folder>,
    pub(super) limits: Limits,
    pub(super) timeouts: Timeouts,
    pub(super) exchange: Arc<Exchange>,
}

/// Answers the requests of one connection.
#[derive(Clone)]
pub(super) struct Service {
    pub(super) site: Arc<Site>,
    pub(super) watch: Arc<Watch>,
}

/// A request that is at work on its connection until this is dropped.
struct AtWork(Option<Arc<Watch>>);

impl AtWork {
    fn begin(watch: &Arc<Watch>) -> Self {
        watch.request_began();
        Self(Some(Arc::clone(watch)))
    }

    /// From here it is at work until its response has been sent.
    fn until_sent(mut self, body: &mut ReplyBody) {
        if let Some(watch) = self.0.take() {
            body.ends(watch);
        }
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        if let Some(watch) = &self.0 {
            watch.request_ended();
        }
    }
}

impl hyper::service::Service<Request<Incoming>> for Service {
    type Response = Response<ReplyBody>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        let at_work = Some(AtWork::begin(&self.watch));
        // Over HTTP/1.1 it is hyper that sends no body to HEAD; over HTTP/2 nobody else does.
        let bare = request.method() == Method::HEAD && request.version() == Version::HTTP_2;
        let source = match self.site.at_once(&self.watch, request) {
            Ok(source) => source,
            Err(request) => {
                let Self { site, watch } = self.clone();
                Source::Later(Box::pin(async move { site.answer(request, &watch).await }))
            }
        };
        Answering { source, at_work, bare }
    }
}

/// Where a response comes from.
enum Source {
    Ready(Option<Response<ReplyBody>>),
    /// The host language, which has the whole request.
    Asked(Asked),
    /// Whatever takes more than that: a body, a file, an upgrade.
    Later(Pin<Box<dyn Future<Output = Response<ReplyBody>> + Send>>),
}

/// A request on its way to its response. Most have no body and are with the host language when this is made: those need nothing
/// of their own on the heap.
pub(super) struct Answering {
    source: Source,
    at_work: Option<AtWork>,
    /// Whether the body stays here.
    bare: bool,
}

impl Future for Answering {
    type Output = Result<Response<ReplyBody>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = match &mut self.source {
            Source::Ready(response) => response.take().expect("a response is asked for once"),
            Source::Asked(asked) => ready!(Pin::new(asked).poll(context)),
            Source::Later(later) => ready!(later.as_mut().poll(context)),
        };
        if self.bare {
            leave_out_body(&mut response);
        }
        if let Some(at_work) = self.at_work.take() {
            at_work.until_sent(response.body_mut());
        }
        Poll::Ready(Ok(response))
    }
}

/// Leaves the length of a body and takes the body.
fn leave_out_body(response: &mut Response<ReplyBody>) {
    let length = response.body().size_hint().exact().filter(|length| *length > 0);
    if let Some(length) = length {
        response.headers_mut().entry(header::CONTENT_LENGTH).or_insert(HeaderValue::from(length));
    }
    *response.body_mut() = ReplyBody::empty();
}

/// A request that is with the host language.
struct Asked {
    place: Option<Place>,
    reply: oneshot::Receiver<Reply>,
    watch: Arc<Watch>,
}

impl Future for Asked {
    type Output = Response<ReplyBody>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Response<ReplyBody>> {
        let reply = ready!(Pin::new(&mut self.reply).poll(context));
        let mut place = self.place.take().expect("a reply is asked for once");
        let Ok(Reply { head, body, pieces }) = reply else {
            place.done();
            return Poll::Ready(closing(StatusCode::SERVICE_UNAVAILABLE));
        };
        let Some((status, headers)) = head else {
            place.done();
            tracing::warn!("a response had a head that is none");
            return Poll::Ready(plain(StatusCode::INTERNAL_SERVER_ERROR));
        };
        if status == StatusCode::SWITCHING_PROTOCOLS {
            self.watch.upgraded();
        }
        let body = match pieces {
            Some(pieces) => ReplyBody::pieces(pieces, place, !headers.contains_key(header::CONTENT_LENGTH)),
            None if body.is_empty() => ReplyBody::empty(),
            None => ReplyBody::whole(body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Poll::Ready(response)
    }
}

impl Site {
    // It is handed on where it is, at every request.
    #[allow(clippy::result_large_err)]
    /// What needs no waiting before the host language has the request; the request itself when it does.
    fn at_once(&self, watch: &Arc<Watch>, request: Request<Incoming>) -> Result<Source, Request<Incoming>> {
        if let Some(refusal) = self.refusal(&request) {
            return Ok(Source::Ready(Some(refusal)));
        }
        if !request.body().is_end_stream() {
            return Err(request);
        }
        match self.router.find(request.method(), request.uri().path()) {
            Found::Route { number, kind: RouteKind::Handler, spans } => {
                let head = request.into_parts().0;
                Ok(match self.ask(&head, watch, number, &spans, Carried::Nothing) {
                    Some(asked) => Source::Asked(asked),
                    None => Source::Ready(Some(closing(StatusCode::SERVICE_UNAVAILABLE))),
                })
            }
            _ => Err(request),
        }
    }

    async fn answer(&self, mut request: Request<Incoming>, watch: &Arc<Watch>) -> Response<ReplyBody> {
        let (route, kind, spans) = match self.router.find(request.method(), request.uri().path()) {
            Found::Route { number, kind, spans } => (number, kind, spans),
            found => return self.without_route(&request.into_parts().0, found).await,
        };
        let (head, body) = if kind == RouteKind::Websocket {
            if !asks_for_websocket(request.headers()) {
                return upgrade_required();
            }
            let upgrade = hyper::upgrade::on(&mut request);
            (request.into_parts().0, Carried::Upgrade(upgrade))
        } else {
            let (head, incoming) = request.into_parts();
            match self.carried(incoming).await {
                Ok(body) => (head, body),
                Err(refusal) => return refusal,
            }
        };
        match self.ask(&head, watch, route, &spans, body) {
            Some(asked) => asked.await,
            None => closing(StatusCode::SERVICE_UNAVAILABLE),
        }
    }

    /// What a request is answered with that cannot be taken.
    fn refusal(&self, request: &Request<Incoming>) -> Option<Response<ReplyBody>> {
        let headers = request.headers();
        if request.method() == Method::CONNECT {
            return Some(closing(StatusCode::NOT_IMPLEMENTED));
        }
        if request.uri().path_and_query().map_or(0, |target| target.as_str().len()) > self.limits.max_url_bytes {
            return Some(closing(StatusCode::URI_TOO_LONG));
        }
        // Several would be read in several ways (RFC 9112, section 3.2).
        let hosts = headers.get_all(header::HOST).iter().count();
        if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
            return Some(closing(StatusCode::BAD_REQUEST));
        }
        // Only what is decoded here: with any other coding others might see another end of the body.
        let mut codings = headers.get_all(header::TRANSFER_ENCODING).iter();
        if let Some(coding) = codings.next()
            && (codings.next().is_some() || !coding.as_bytes().eq_ignore_ascii_case(b"chunked"))
        {
            return Some(closing(StatusCode::NOT_IMPLEMENTED));
        }
        if request.body().size_hint().exact().is_some_and(|length| length > self.limits.max_body_bytes) {
            return Some(closing(StatusCode::PAYLOAD_TOO_LARGE));
        }
        None
    }

    async fn without_route(&self, head: &Parts, found: Found) -> Response<ReplyBody> {
        let (method, path) = (&head.method, head.uri.path());
        let folder = self.folders.iter().find(|folder| folder.rest(path).is_some());
        if let Some(folder) = folder
            && (method == Method::GET || method == Method::HEAD)
        {
            return folder.serve(method.clone(), path, head.headers.clone()).await;
        }
        let methods = match (found, folder) {
            (Found::OtherMethods(methods), _) => methods,
            (_, Some(_)) => "GET, HEAD, OPTIONS".to_owned(),
            // `OPTIONS *` is about the server as a whole.
            _ if method == Method::OPTIONS && path == "*" => return allowing(StatusCode::NO_CONTENT, "*"),
            _ => return plain(StatusCode::NOT_FOUND),
        };
        let status = if method == Method::OPTIONS { StatusCode::NO_CONTENT } else { StatusCode::METHOD_NOT_ALLOWED };
        allowing(status, &methods)
    }

    async fn carried(&self, incoming: Incoming) -> Result<Carried, Response<ReplyBody>> {
        if incoming.is_end_stream() {
            return Ok(Carried::Nothing);
        }
        let length = incoming.size_hint().exact();
        let body = RequestBody::new(incoming, self.limits.max_body_bytes, self.timeouts.body_idle);
        if length.is_none_or(|length| length > TRAVELS) {
            return Ok(Carried::Later(body));
        }
        body.whole().await.map(Carried::Whole).map_err(|error| {
            closing(match error {
                ServerError::BodyTimeout { .. } => StatusCode::REQUEST_TIMEOUT,
                ServerError::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                _ => StatusCode::BAD_REQUEST,
            })
        })
    }

    /// Gives a request to the host language; none once the server is closed.
    fn ask(&self, head: &Parts, watch: &Arc<Watch>, route: u32, spans: &[Span], body: Carried) -> Option<Asked> {
        let target = head.uri.path_and_query().map_or("/", |target| target.as_str());
        let outgoing = Outgoing {
            route,
            method: &head.method,
            version: head.version,
            target,
            path_length: head.uri.path().len(),
            spans,
            headers: &head.headers,
            watch,
            body,
        };
        let (place, reply) = self.exchange.offer(outgoing)?;
        Some(Asked { place: Some(place), reply, watch: Arc::clone(watch) })
    }
}

fn asks_for_websocket(headers: &HeaderMap) -> bool {
    let has = |name: header::HeaderName, token: &str| {
        let values = headers.get_all(name);
        let mut words = values.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        words.any(|word| word.trim().eq_ignore_ascii_case(token))
    };
    has(header::UPGRADE, "websocket") && has(header::CONNECTION, "upgrade")
}

fn upgrade_required() -> Response<ReplyBody> {
    let mut response = plain(StatusCode::UPGRADE_REQUIRED);
    let headers = response.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    response
}
