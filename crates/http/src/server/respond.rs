//! Responses that the server makes by itself.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};

use super::body::ReplyBody;

/// A status with its name as text.
pub(super) fn plain(status: StatusCode) -> Response<ReplyBody> {
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let mut response = Response::new(ReplyBody::whole(Bytes::from_static(reason.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}

/// The same, after which the connection ends: what follows on it cannot be read, or is not wanted.
pub(super) fn closing(status: StatusCode) -> Response<ReplyBody> {
    let mut response = plain(status);
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}

/// With the methods that there are.
pub(super) fn allowing(status: StatusCode, methods: &str) -> Response<ReplyBody> {
    let mut response = if status == StatusCode::NO_CONTENT {
        let mut response = Response::new(ReplyBody::empty());
        *response.status_mut() = status;
        response
    } else {
        plain(status)
    };
    if let Ok(methods) = HeaderValue::from_str(methods) {
        response.headers_mut().insert(header::ALLOW, methods);
    }
    response
}
