//! The glue of http: ferrule-http 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class HttpServer
struct HttpServer(::ferrule_http::server::HttpServer);

impl ::ferrule_node::Object for HttpServer {
    const NAME: &'static str = "HttpServer";
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", "the value was refused")
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

// @item urlEncode
fn url_encode(text: &str) -> ::std::string::String {
    ::ferrule_http::url_encode(text)
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

pub(crate) fn register(system: &mut ::ferrule_node::System) {
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
    // @item urlEncode
    system.sync("urlEncode", &["text"], url_encode);
    // @item serverListen
    system.future("serverListen", &["config", "wake"], server_listen);
}
