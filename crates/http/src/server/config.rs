//! What a server is made from. Read once, from JSON; every name is the one that users write.

use std::time::Duration;

use serde::{Deserialize, Deserializer};

/// A server's settings, routes and folders.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Config {
    /// The address or name to listen at.
    pub host: String,
    /// The port; 0 for one that is free.
    pub port: u16,
    /// Whether HTTP/2 is spoken: by ALPN over TLS, with prior knowledge without it.
    pub http2: bool,
    /// Speaks TLS when it is there.
    #[serde(default)]
    pub tls: Option<TlsConfig>,
    /// What is accepted.
    pub limits: Limits,
    /// How long is waited.
    pub timeouts: Timeouts,
    /// What is answered by the host language; a route's place here is its number.
    #[serde(default)]
    pub routes: Vec<RouteConfig>,
    /// What is answered from folders.
    #[serde(default)]
    pub folders: Vec<FolderConfig>,
}

/// Certificates, as PEM.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TlsConfig {
    /// The certificate and those between it and its root.
    pub cert: String,
    /// Its private key.
    pub key: String,
    /// Who may sign the certificates of clients; absent: clients need none.
    #[serde(default)]
    pub ca: Option<String>,
    /// Whether a client without a certificate is turned away, when there is a `ca`.
    #[serde(default = "yes")]
    pub require_client_cert: bool,
}

impl std::fmt::Debug for TlsConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The key is nobody's business.
        formatter.debug_struct("TlsConfig").finish_non_exhaustive()
    }
}

fn yes() -> bool {
    true
}

/// Sizes in bytes and numbers of things.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// Of a request's body.
    pub max_body_bytes: u64,
    /// Of a request's head: its first line and its headers.
    pub max_header_bytes: usize,
    /// How many headers a request may have.
    pub max_headers: usize,
    /// Of a request's target.
    pub max_url_bytes: usize,
    /// Connections open at once; further ones wait in the system's queue.
    pub max_connections: usize,
    /// Requests at work at once on one HTTP/2 connection.
    pub max_streams_per_connection: u32,
}

/// Times, in milliseconds as they cross.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Timeouts {
    /// From a connection's start, or a head's first byte, to the head's end; of the TLS handshake too.
    #[serde(rename = "headersMs", deserialize_with = "milliseconds")]
    pub headers: Duration,
    /// Between two pieces of a body.
    #[serde(rename = "bodyIdleMs", deserialize_with = "milliseconds")]
    pub body_idle: Duration,
    /// Between two requests.
    #[serde(rename = "keepAliveMs", deserialize_with = "milliseconds")]
    pub keep_alive: Duration,
    /// How long a client may take nothing of what is sent to it.
    #[serde(rename = "writeIdleMs", deserialize_with = "milliseconds")]
    pub write_idle: Duration,
}

fn milliseconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    u64::deserialize(deserializer).map(Duration::from_millis)
}

/// What stands behind a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RouteKind {
    /// Requests.
    Handler,
    /// Connections that become web sockets.
    Websocket,
}

/// A route: `GET /users/:id`.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteConfig {
    /// The method, or `*` for every one that has no route of its own.
    pub method: String,
    /// The pattern.
    pub path: String,
    /// What stands behind it.
    pub kind: RouteKind,
}

/// A folder whose files are served.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FolderConfig {
    /// What a path begins with, without a slash at its end.
    pub prefix: String,
    /// The folder.
    pub folder: String,
    /// The file that stands for a folder.
    #[serde(default)]
    pub index: Option<String>,
    /// Whether names that begin with a dot are served.
    pub dotfiles: bool,
    /// How long a client may use a file without asking again.
    #[serde(default)]
    pub max_age_seconds: Option<u64>,
    /// Whether a file never changes while that time lasts.
    #[serde(default)]
    pub immutable: bool,
}
