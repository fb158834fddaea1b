//! One request, from its head to its answer.

use std::{convert::Infallible, future::Future, pin::Pin, sync::Arc};

use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Version, header, request::Parts};
use http_body::Body as _;
use hyper::body::Incoming;

use super::{
    body::ReplyBody,
    config::{Limits, RouteKind, Timeouts},
    error::ServerError,
    exchange::{Carried, Exchange, Outgoing},
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
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let Self { site, watch } = self.clone();
        let at_work = AtWork::begin(&watch);
        Box::pin(async move {
            let mut response = site.answer(request, &watch).await;
            at_work.until_sent(response.body_mut());
            Ok(response)
        })
    }
}

impl Site {
    async fn answer(&self, mut request: Request<Incoming>, watch: &Watch) -> Response<ReplyBody> {
        if let Some(refusal) = self.refusal(&request) {
            return refusal;
        }
        let (route, kind, spans) = match self.router.find(request.method(), request.uri().path()) {
            Found::Route { number, kind, spans } => (number, kind, spans),
            found => return self.without_route(&request.into_parts().0, found).await,
        };
        if kind == RouteKind::Websocket {
            if !asks_for_websocket(request.headers()) {
                return upgrade_required();
            }
            let upgrade = Carried::Upgrade(hyper::upgrade::on(&mut request));
            return self.ask(&request.into_parts().0, watch, route, &spans, upgrade).await;
        }
        let (head, incoming) = request.into_parts();
        match self.carried(incoming).await {
            Ok(body) => self.ask(&head, watch, route, &spans, body).await,
            Err(refusal) => refusal,
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

    /// Asks the host language.
    async fn ask(&self, head: &Parts, watch: &Watch, route: u32, spans: &[Span], body: Carried) -> Response<ReplyBody> {
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
        let Some((mut place, reply)) = self.exchange.offer(outgoing) else {
            return closing(StatusCode::SERVICE_UNAVAILABLE);
        };
        let Ok(Reply { head, body, pieces }) = reply.await else {
            place.done();
            return closing(StatusCode::SERVICE_UNAVAILABLE);
        };
        let Some((status, headers)) = head else {
            place.done();
            tracing::warn!("a response had a head that is none");
            return plain(StatusCode::INTERNAL_SERVER_ERROR);
        };
        if status == StatusCode::SWITCHING_PROTOCOLS {
            watch.upgraded();
        }
        let body = match pieces {
            Some(pieces) => ReplyBody::pieces(pieces, place),
            None if body.is_empty() => ReplyBody::empty(),
            None => ReplyBody::whole(body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
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
