//! The glue of http: ferrule-http 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class HttpClient
struct HttpClient(::ferrule_http::client::HttpClient);

impl ::ferrule_node::Object for HttpClient {
    const NAME: &'static str = "HttpClient";
}

// @class ResponseBody
struct ResponseBody(::ferrule_http::client::ResponseBody);

impl ::ferrule_node::Object for ResponseBody {
    const NAME: &'static str = "ResponseBody";
}

// @class RequestBody
struct RequestBody(::ferrule_http::client::RequestBody);

impl ::ferrule_node::Object for RequestBody {
    const NAME: &'static str = "RequestBody";
}

// @class HttpServer
struct HttpServer(::ferrule_http::server::HttpServer);

impl ::ferrule_node::Object for HttpServer {
    const NAME: &'static str = "HttpServer";
}

// @class WebSocket
struct WebSocket(::ferrule_http::websocket::WebSocket);

impl ::ferrule_node::Object for WebSocket {
    const NAME: &'static str = "WebSocket";
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", "the value was refused")
}

// @error ::ferrule_http::client::ClientError
fn failed_ferrule_http_client_client_error(
    error: ::ferrule_http::client::ClientError,
) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_http::client::ClientError::Url { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_INVALID_URL", message)
        }
        ::ferrule_http::client::ClientError::Header { header, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_INVALID_HEADER", message),
            "header",
            &header,
        ),
        ::ferrule_http::client::ClientError::Request { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_INVALID_REQUEST", message)
        }
        ::ferrule_http::client::ClientError::Dns { method, url, retryable, host, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_DNS", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "host",
                &host,
            )
        }
        ::ferrule_http::client::ClientError::Connect { method, url, retryable, reason, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_CONNECT", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "reason",
                &reason,
            )
        }
        ::ferrule_http::client::ClientError::Tls { method, url, retryable, reason, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_TLS", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "reason",
                &reason,
            )
        }
        ::ferrule_http::client::ClientError::Closed { method, url, retryable, status, reason, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_CONNECTION_CLOSED", message),
                                "method",
                                &method,
                            ),
                            "url",
                            &url,
                        ),
                        "retryable",
                        &retryable,
                    ),
                    "status",
                    &status,
                ),
                "reason",
                &reason,
            )
        }
        ::ferrule_http::client::ClientError::Malformed { method, url, retryable, status, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_MALFORMED_RESPONSE", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "status",
                &status,
            )
        }
        ::ferrule_http::client::ClientError::HeaderTooLarge { method, url, retryable, limit, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_HEADER_TOO_LARGE", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "limit",
                &limit,
            )
        }
        ::ferrule_http::client::ClientError::BodyTooLarge { method, url, retryable, status, limit, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_BODY_TOO_LARGE", message),
                                "method",
                                &method,
                            ),
                            "url",
                            &url,
                        ),
                        "retryable",
                        &retryable,
                    ),
                    "status",
                    &status,
                ),
                "limit",
                &limit,
            )
        }
        ::ferrule_http::client::ClientError::Redirect { method, url, retryable, status, location, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_REDIRECT", message),
                                "method",
                                &method,
                            ),
                            "url",
                            &url,
                        ),
                        "retryable",
                        &retryable,
                    ),
                    "status",
                    &status,
                ),
                "location",
                &location,
            )
        }
        ::ferrule_http::client::ClientError::TooManyRedirects { method, url, retryable, status, limit, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_TOO_MANY_REDIRECTS", message),
                                "method",
                                &method,
                            ),
                            "url",
                            &url,
                        ),
                        "retryable",
                        &retryable,
                    ),
                    "status",
                    &status,
                ),
                "limit",
                &limit,
            )
        }
        ::ferrule_http::client::ClientError::Decompression { method, url, retryable, status, encoding, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_DECOMPRESSION", message),
                                "method",
                                &method,
                            ),
                            "url",
                            &url,
                        ),
                        "retryable",
                        &retryable,
                    ),
                    "status",
                    &status,
                ),
                "encoding",
                &encoding,
            )
        }
        ::ferrule_http::client::ClientError::Timeout {
            method,
            url,
            retryable,
            status,
            phase,
            timeout_ms,
            still_running,
            ..
        } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::describe::with_detail(
                                    ::ferrule_node::core::error::BoundaryError::new("ERR_TIMEOUT", message),
                                    "method",
                                    &method,
                                ),
                                "url",
                                &url,
                            ),
                            "retryable",
                            &retryable,
                        ),
                        "status",
                        &status,
                    ),
                    "phase",
                    &phase,
                ),
                "timeoutMs",
                &timeout_ms,
            ),
            "stillRunning",
            &still_running,
        ),
        ::ferrule_http::client::ClientError::Proxy { method, url, retryable, status, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_PROXY", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "status",
                &status,
            )
        }
        ::ferrule_http::client::ClientError::File { method, url, retryable, path, errno, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::describe::with_detail(
                                ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_FILE", message),
                                "method",
                                &method,
                            ),
                            "url",
                            &url,
                        ),
                        "retryable",
                        &retryable,
                    ),
                    "path",
                    &path,
                ),
                "errno",
                &errno,
            )
        }
        ::ferrule_http::client::ClientError::Source { method, url, retryable, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_REQUEST_BODY", message),
                        "method",
                        &method,
                    ),
                    "url",
                    &url,
                ),
                "retryable",
                &retryable,
            )
        }
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message),
    }
}

// @error ::ferrule_http::DecodeError
fn failed_ferrule_http_decode_error(error: ::ferrule_http::DecodeError) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_http::DecodeError::Escape { position, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_URL_ENCODING", message),
            "position",
            &position,
        ),
        ::ferrule_http::DecodeError::NotUtf8 { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_URL_ENCODING", message)
        }
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message),
    }
}

// @error ::ferrule_http::server::ServerError
fn failed_ferrule_http_server_server_error(
    error: ::ferrule_http::server::ServerError,
) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_http::server::ServerError::Config { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_SERVER_CONFIG", message)
        }
        ::ferrule_http::server::ServerError::Tls { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_SERVER_TLS", message)
        }
        ::ferrule_http::server::ServerError::Listen { host, port, errno, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_LISTEN", message),
                    "host",
                    &host,
                ),
                "port",
                &port,
            ),
            "errno",
            &errno,
        ),
        ::ferrule_http::server::ServerError::Gone { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_GONE", message)
        }
        ::ferrule_http::server::ServerError::BodyTooLarge { limit, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_BODY_TOO_LARGE", message),
            "limit",
            &limit,
        ),
        ::ferrule_http::server::ServerError::BodyTimeout { waited_ms, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_BODY_TIMEOUT", message),
            "waitedMs",
            &waited_ms,
        ),
        ::ferrule_http::server::ServerError::BodyBroken { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_BODY", message)
        }
        ::ferrule_http::server::ServerError::State { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_STATE", message)
        }
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message),
    }
}

// @error ::ferrule_http::websocket::Error
fn failed_ferrule_http_websocket_error(
    error: ::ferrule_http::websocket::Error,
) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_http::websocket::Error::Option { option, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_INVALID_REQUEST", message),
            "option",
            &option,
        ),
        ::ferrule_http::websocket::Error::Header { header, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_INVALID_HEADER", message),
            "header",
            &header,
        ),
        ::ferrule_http::websocket::Error::Dns { method, url, retryable, host, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_DNS", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "host",
                &host,
            )
        }
        ::ferrule_http::websocket::Error::Connect { method, url, retryable, reason, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_CONNECT", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "reason",
                &reason,
            )
        }
        ::ferrule_http::websocket::Error::Tls { method, url, retryable, reason, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_TLS", message),
                            "method",
                            &method,
                        ),
                        "url",
                        &url,
                    ),
                    "retryable",
                    &retryable,
                ),
                "reason",
                &reason,
            )
        }
        ::ferrule_http::websocket::Error::Handshake { status, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_WEBSOCKET_HANDSHAKE", message),
            "status",
            &status,
        ),
        ::ferrule_http::websocket::Error::Closed { close_code, close_reason, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_WEBSOCKET_CLOSED", message),
                    "closeCode",
                    &close_code,
                ),
                "closeReason",
                &close_reason,
            )
        }
        ::ferrule_http::websocket::Error::Rejected { status, detail, header, value, .. } => {
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::describe::with_detail(
                            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_WEBSOCKET_REJECTED", message),
                            "status",
                            &status,
                        ),
                        "detail",
                        &detail,
                    ),
                    "header",
                    &header,
                ),
                "value",
                &value,
            )
        }
        ::ferrule_http::websocket::Error::Gone { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_GONE", message)
        }
        ::ferrule_http::websocket::Error::Backlog { limit, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP_WEBSOCKET_BACKLOG", message),
            "limit",
            &limit,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message),
    }
}

// @item httpClientRequest
async fn http_client_request(
    this: ::ferrule_node::Shared<HttpClient>,
    method: ::std::string::String,
    url: ::std::string::String,
    headers: ::std::vec::Vec<::std::string::String>,
    body: ::std::option::Option<::ferrule_node::Bytes>,
    whole: bool,
    options: ::std::option::Option<::std::string::String>,
) -> ::std::result::Result<
    (::ferrule_node::Bytes, ::std::option::Option<::ferrule_node::New<ResponseBody>>),
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_http::client::HttpClient>::request(
        &(*this).0,
        method,
        url,
        headers,
        body.map(|value| value.0),
        whole,
        options,
    )
    .await
    .map_err(failed_ferrule_http_client_client_error)
    .map(|value| {
        let (item_0, item_1) = value;
        (::ferrule_node::Bytes(item_0), item_1.map(|value| ::ferrule_node::New::of(ResponseBody(value))))
    })
}

// @item httpClientUpload
async fn http_client_upload(
    this: ::ferrule_node::Shared<HttpClient>,
    method: ::std::string::String,
    url: ::std::string::String,
    headers: ::std::vec::Vec<::std::string::String>,
    body: ::ferrule_node::Shared<RequestBody>,
    whole: bool,
    options: ::std::option::Option<::std::string::String>,
) -> ::std::result::Result<
    (::ferrule_node::Bytes, ::std::option::Option<::ferrule_node::New<ResponseBody>>),
    ::ferrule_node::core::error::BoundaryError,
> {
    <::ferrule_http::client::HttpClient>::upload(&(*this).0, method, url, headers, &(*body).0, whole, options)
        .await
        .map_err(failed_ferrule_http_client_client_error)
        .map(|value| {
            let (item_0, item_1) = value;
            (::ferrule_node::Bytes(item_0), item_1.map(|value| ::ferrule_node::New::of(ResponseBody(value))))
        })
}

// @item responseBodyNext
async fn response_body_next(
    mut this: ::ferrule_node::Exclusive<ResponseBody>,
    max: u32,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::client::ResponseBody>::next(&mut (*this).0, max)
        .await
        .map_err(failed_ferrule_http_client_client_error)
        .map(|value| value.map(|value| ::ferrule_node::Bytes(value)))
}

// @item responseBodyAll
async fn response_body_all(
    mut this: ::ferrule_node::Exclusive<ResponseBody>,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::client::ResponseBody>::all(&mut (*this).0)
        .await
        .map_err(failed_ferrule_http_client_client_error)
        .map(|value| ::ferrule_node::Bytes(value))
}

// @item responseBodySave
async fn response_body_save(
    mut this: ::ferrule_node::Exclusive<ResponseBody>,
    path: ::std::string::String,
    overwrite: bool,
    mode: ::std::option::Option<u32>,
    sync: bool,
    listens: bool,
    progress: ::ferrule_node::Queued<(f64, f64)>,
) -> ::std::result::Result<f64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::client::ResponseBody>::save(
        &mut (*this).0,
        path,
        overwrite,
        mode,
        sync,
        listens,
        ::std::boxed::Box::new(move |value_0, value_1| {
            let _ = (|| -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
                progress.call((value_0, value_1))
            })();
        }),
    )
    .await
    .map_err(failed_ferrule_http_client_client_error)
}

// @item responseBodyTrailers
fn response_body_trailers(this: &ResponseBody) -> ::std::option::Option<::std::vec::Vec<::std::string::String>> {
    <::ferrule_http::client::ResponseBody>::trailers(&this.0)
}

// @item requestBodyAddBytes
fn request_body_add_bytes(this: &RequestBody, bytes: ::ferrule_node::Bytes) {
    <::ferrule_http::client::RequestBody>::add_bytes(&this.0, bytes.0)
}

// @item requestBodyAddFile
fn request_body_add_file(this: &RequestBody, path: ::std::string::String) {
    <::ferrule_http::client::RequestBody>::add_file(&this.0, path)
}

// @item requestBodyWrite
async fn request_body_write(this: ::ferrule_node::Shared<RequestBody>, bytes: ::ferrule_node::Bytes) -> bool {
    <::ferrule_http::client::RequestBody>::write(&(*this).0, bytes.0).await
}

// @item requestBodyEnd
fn request_body_end(this: &RequestBody) {
    <::ferrule_http::client::RequestBody>::end(&this.0)
}

// @item requestBodyFail
async fn request_body_fail(this: ::ferrule_node::Shared<RequestBody>) {
    <::ferrule_http::client::RequestBody>::fail(&(*this).0).await
}

// @item httpServerBegin
fn http_server_begin(scope: &::ferrule_node::Scope, this: ::ferrule_node::This<HttpServer>) {
    <::ferrule_http::server::HttpServer>::begin(&this.0);
    scope.running(this.handle);
}

// @item httpServerAddress
fn http_server_address(this: &HttpServer) -> (::std::string::String, u16) {
    <::ferrule_http::server::HttpServer>::address(&this.0)
}

// @item httpServerLoad
fn http_server_load(this: &HttpServer) -> ::ferrule_node::Packed<[u32; 2]> {
    ::ferrule_node::Packed(<::ferrule_http::server::HttpServer>::load(&this.0))
}

// @item httpServerPass
fn http_server_pass(this: &HttpServer, answers: &[u8]) -> ::std::option::Option<::ferrule_node::Bytes> {
    <::ferrule_http::server::HttpServer>::pass(&this.0, answers).map(|value| ::ferrule_node::Bytes(value))
}

// @item httpServerReadBody
async fn http_server_read_body(
    this: ::ferrule_node::Shared<HttpServer>,
    slot: u32,
    generation: u32,
) -> ::std::result::Result<::std::option::Option<::ferrule_node::Bytes>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::server::HttpServer>::read_body(&(*this).0, slot, generation)
        .await
        .map_err(failed_ferrule_http_server_server_error)
        .map(|value| value.map(|value| ::ferrule_node::Bytes(value)))
}

// @item httpServerWriteBody
async fn http_server_write_body(
    this: ::ferrule_node::Shared<HttpServer>,
    slot: u32,
    generation: u32,
    piece: ::ferrule_node::Bytes,
) -> bool {
    <::ferrule_http::server::HttpServer>::write_body(&(*this).0, slot, generation, piece.0).await
}

// @item httpServerStop
async fn http_server_stop(this: ::ferrule_node::Shared<HttpServer>, drain: ::std::time::Duration) -> u32 {
    <::ferrule_http::server::HttpServer>::stop(&(*this).0, drain).await
}

// @item httpServerAcceptWebSocket
async fn http_server_accept_web_socket(
    this: ::ferrule_node::Shared<HttpServer>,
    slot: u32,
    generation: u32,
    offer: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<WebSocket>, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::server::HttpServer>::accept_web_socket(&(*this).0, slot, generation, offer)
        .await
        .map_err(failed_ferrule_http_websocket_error)
        .map(|value| ::ferrule_node::New::of(WebSocket(value)))
}

// @item webSocketProtocol
fn web_socket_protocol(this: &WebSocket) -> ::std::option::Option<::std::string::String> {
    <::ferrule_http::websocket::WebSocket>::protocol(&this.0).map(|value| ::std::string::ToString::to_string(value))
}

// @item webSocketSendText
async fn web_socket_send_text(
    this: ::ferrule_node::Shared<WebSocket>,
    text: ::std::string::String,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::websocket::WebSocket>::send_text(&(*this).0, text)
        .await
        .map_err(failed_ferrule_http_websocket_error)
}

// @item webSocketSendBinary
async fn web_socket_send_binary(
    this: ::ferrule_node::Shared<WebSocket>,
    bytes: ::ferrule_node::Bytes,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::websocket::WebSocket>::send_binary(&(*this).0, bytes.0)
        .await
        .map_err(failed_ferrule_http_websocket_error)
}

// @item webSocketSendMany
async fn web_socket_send_many(
    this: ::ferrule_node::Shared<WebSocket>,
    text: ::std::string::String,
    bytes: ::ferrule_node::Bytes,
    layout: ::ferrule_node::Bytes,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::websocket::WebSocket>::send_many(&(*this).0, text, bytes.0, layout.0)
        .await
        .map_err(failed_ferrule_http_websocket_error)
}

// @item webSocketReady
async fn web_socket_ready(this: ::ferrule_node::Shared<WebSocket>) -> bool {
    <::ferrule_http::websocket::WebSocket>::ready(&(*this).0).await
}

// @item webSocketTake
fn web_socket_take(
    this: &WebSocket,
) -> ::std::option::Option<(
    ::std::string::String,
    ::std::option::Option<::ferrule_node::Bytes>,
    ::std::option::Option<::ferrule_node::Bytes>,
)> {
    <::ferrule_http::websocket::WebSocket>::take(&this.0).map(|value| {
        let (item_0, item_1, item_2) = value;
        (item_0, item_1.map(|value| ::ferrule_node::Bytes(value)), item_2.map(|value| ::ferrule_node::Bytes(value)))
    })
}

// @item webSocketPing
async fn web_socket_ping(
    this: ::ferrule_node::Shared<WebSocket>,
    payload: ::ferrule_node::Bytes,
) -> ::std::result::Result<f64, ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_http::websocket::WebSocket>::ping(&(*this).0, payload.0)
        .await
        .map_err(failed_ferrule_http_websocket_error)
}

// @item webSocketClose
async fn web_socket_close(this: ::ferrule_node::Shared<WebSocket>, code: u16, reason: ::std::string::String) {
    <::ferrule_http::websocket::WebSocket>::close(&(*this).0, code, reason).await
}

// @item webSocketClosed
async fn web_socket_closed(this: ::ferrule_node::Shared<WebSocket>) -> (u16, ::std::string::String, bool) {
    <::ferrule_http::websocket::WebSocket>::closed_parts(&(*this).0).await
}

// @item webSocketAbandon
fn web_socket_abandon(this: &WebSocket) {
    <::ferrule_http::websocket::WebSocket>::abandon(&this.0)
}

// @item urlEncode
fn url_encode(text: &str) -> ::std::string::String {
    ::ferrule_http::url_encode(text)
}

// @item urlDecode
fn url_decode(text: &str) -> ::std::result::Result<::std::string::String, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_http::url_decode(text).map_err(failed_ferrule_http_decode_error)
}

// @item clientNew
fn client_new(
    config: &str,
) -> ::std::result::Result<::ferrule_node::New<HttpClient>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_http::client::HttpClient::create(config)
        .map_err(failed_ferrule_http_client_client_error)
        .map(|value| ::ferrule_node::New::of(HttpClient(value)))
}

// @item requestBodyNew
fn request_body_new(streamed: bool) -> ::ferrule_node::New<RequestBody> {
    ::ferrule_node::New::of(RequestBody(::ferrule_http::client::RequestBody::create(streamed)))
}

// @item saveBytes
async fn save_bytes(
    bytes: ::ferrule_node::Bytes,
    path: ::std::string::String,
    overwrite: bool,
    mode: ::std::option::Option<u32>,
    sync: bool,
) -> ::std::result::Result<f64, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_http::client::save_bytes(bytes.0, path, overwrite, mode, sync)
        .await
        .map_err(failed_ferrule_http_client_client_error)
}

// @item serverListen
async fn server_listen(
    config: ::ferrule_node::json::Json,
    wake: ::ferrule_node::Queued<()>,
) -> ::std::result::Result<::ferrule_node::New<HttpServer>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_http::server::HttpServer::listen(config.read()?, move || {
        let _ = (|| -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> { wake.call(()) })();
    })
    .await
    .map_err(failed_ferrule_http_server_server_error)
    .map(|value| ::ferrule_node::New::of(HttpServer(value)))
}

// @item webSocketConnect
async fn web_socket_connect(
    options: ::std::string::String,
) -> ::std::result::Result<::ferrule_node::New<WebSocket>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_http::websocket::WebSocket::connect(options)
        .await
        .map_err(failed_ferrule_http_websocket_error)
        .map(|value| ::ferrule_node::New::of(WebSocket(value)))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item httpClientRequest
    system.future(
        "httpClientRequest",
        &["client", "method", "url", "headers", "body", "whole", "options"],
        http_client_request,
    );
    // @item httpClientUpload
    system.future(
        "httpClientUpload",
        &["client", "method", "url", "headers", "body", "whole", "options"],
        http_client_upload,
    );
    // @item responseBodyNext
    system.future("responseBodyNext", &["body", "max"], response_body_next);
    // @item responseBodyAll
    system.future("responseBodyAll", &["body"], response_body_all);
    // @item responseBodySave
    system.future(
        "responseBodySave",
        &["body", "path", "overwrite", "mode", "sync", "listens", "progress"],
        response_body_save,
    );
    // @item responseBodyTrailers
    system.sync("responseBodyTrailers", &["body"], response_body_trailers);
    // @item requestBodyAddBytes
    system.sync("requestBodyAddBytes", &["body", "bytes"], request_body_add_bytes);
    // @item requestBodyAddFile
    system.sync("requestBodyAddFile", &["body", "path"], request_body_add_file);
    // @item requestBodyWrite
    system.future("requestBodyWrite", &["body", "bytes"], request_body_write);
    // @item requestBodyEnd
    system.sync("requestBodyEnd", &["body"], request_body_end);
    // @item requestBodyFail
    system.future("requestBodyFail", &["body"], request_body_fail);
    // @item httpServerBegin
    system.sync("httpServerBegin", &["server"], http_server_begin);
    // @item httpServerAddress
    system.sync("httpServerAddress", &["server"], http_server_address);
    // @item httpServerLoad
    system.sync("httpServerLoad", &["server"], http_server_load);
    // @item httpServerPass
    system.sync("httpServerPass", &["server", "answers"], http_server_pass);
    // @item httpServerReadBody
    system.future("httpServerReadBody", &["server", "slot", "generation"], http_server_read_body);
    // @item httpServerWriteBody
    system.future("httpServerWriteBody", &["server", "slot", "generation", "piece"], http_server_write_body);
    // @item httpServerStop
    system.future("httpServerStop", &["server", "drain"], http_server_stop);
    // @item httpServerAcceptWebSocket
    system.future(
        "httpServerAcceptWebSocket",
        &["server", "slot", "generation", "offer"],
        http_server_accept_web_socket,
    );
    // @item webSocketProtocol
    system.sync("webSocketProtocol", &["socket"], web_socket_protocol);
    // @item webSocketSendText
    system.future("webSocketSendText", &["socket", "text"], web_socket_send_text);
    // @item webSocketSendBinary
    system.future("webSocketSendBinary", &["socket", "bytes"], web_socket_send_binary);
    // @item webSocketSendMany
    system.future("webSocketSendMany", &["socket", "text", "bytes", "layout"], web_socket_send_many);
    // @item webSocketReady
    system.future("webSocketReady", &["socket"], web_socket_ready);
    // @item webSocketTake
    system.sync("webSocketTake", &["socket"], web_socket_take);
    // @item webSocketPing
    system.future("webSocketPing", &["socket", "payload"], web_socket_ping);
    // @item webSocketClose
    system.future("webSocketClose", &["socket", "code", "reason"], web_socket_close);
    // @item webSocketClosed
    system.future("webSocketClosed", &["socket"], web_socket_closed);
    // @item webSocketAbandon
    system.sync("webSocketAbandon", &["socket"], web_socket_abandon);
    // @item urlEncode
    system.sync("urlEncode", &["text"], url_encode);
    // @item urlDecode
    system.sync("urlDecode", &["text"], url_decode);
    // @item clientNew
    system.sync("clientNew", &["config"], client_new);
    // @item requestBodyNew
    system.sync("requestBodyNew", &["streamed"], request_body_new);
    // @item saveBytes
    system.future("saveBytes", &["bytes", "path", "overwrite", "mode", "sync"], save_bytes);
    // @item serverListen
    system.future("serverListen", &["config", "wake"], server_listen);
    // @item webSocketConnect
    system.future("webSocketConnect", &["options"], web_socket_connect);
}
