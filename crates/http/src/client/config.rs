//! What a client is made with, and what a single request may change.

use std::time::Duration;

use serde::Deserialize;

use super::fault::{Fault, Kind};

/// How redirects are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RedirectMode {
    Follow,
    Manual,
    Error,
}

/// Which version of the protocol is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Http2 {
    /// What TLS agrees on; HTTP/1.1 without TLS.
    Auto,
    /// HTTP/2 alone, without TLS by prior knowledge.
    Only,
    Never,
}

/// Time limits in milliseconds; `None` is none.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    pub(crate) connect: Option<u64>,
    pub(crate) headers: Option<u64>,
    pub(crate) body: Option<u64>,
    pub(crate) total: Option<u64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Retry {
    /// How many more attempts there may be.
    pub(crate) count: u32,
    /// Milliseconds before the first; each further one doubles them.
    pub(crate) backoff_ms: u64,
    pub(crate) max_backoff_ms: u64,
    pub(crate) statuses: Vec<u16>,
    /// Whether `Retry-After` is obeyed, up to `max_backoff_ms`.
    #[serde(rename = "retryAfter")]
    pub(crate) obeys_server: bool,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            count: 0,
            backoff_ms: 100,
            max_backoff_ms: 10_000,
            statuses: vec![429, 502, 503, 504],
            obeys_server: true,
        }
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct TlsConfig {
    /// Further roots, PEM. With them the bundled ones do not count.
    pub(crate) ca: Option<String>,
    /// The system's roots in place of the bundled ones.
    pub(crate) system_roots: bool,
    /// The client's certificate chain, PEM.
    pub(crate) cert: Option<String>,
    /// Its private key, PEM.
    pub(crate) key: Option<String>,
    /// Whether any certificate is believed.
    pub(crate) insecure: bool,
    /// `1.2` or `1.3`.
    pub(crate) min_version: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Config {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) base_url: Option<String>,
    pub(crate) user_agent: Option<String>,
    pub(crate) proxy: Option<String>,
    /// Hosts that are asked without the proxy.
    pub(crate) no_proxy: Vec<String>,
    /// Other proxies by the scheme of the target: the environment names one for each.
    pub(crate) proxy_for_http: Option<String>,
    pub(crate) proxy_for_https: Option<String>,
    pub(crate) cookies: bool,
    pub(crate) tls: TlsConfig,
    pub(crate) http2: Http2,
    pub(crate) connections_per_origin: usize,
    pub(crate) in_flight_per_origin: usize,
    pub(crate) idle_timeout_ms: u64,
    pub(crate) max_header_bytes: usize,
    pub(crate) max_header_count: usize,
    #[serde(flatten)]
    pub(crate) defaults: Overrides,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            headers: Vec::new(),
            base_url: None,
            user_agent: None,
            proxy: None,
            no_proxy: Vec::new(),
            proxy_for_http: None,
            proxy_for_https: None,
            cookies: false,
            tls: TlsConfig::default(),
            http2: Http2::Auto,
            connections_per_origin: 128,
            in_flight_per_origin: 1024,
            idle_timeout_ms: 15_000,
            max_header_bytes: 1024 * 1024,
            max_header_count: 1024,
            defaults: Overrides::default(),
        }
    }
}

/// What a request may say for itself. A limit of 0 or less is no limit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Overrides {
    pub(crate) connect_ms: Option<f64>,
    pub(crate) headers_ms: Option<f64>,
    pub(crate) body_ms: Option<f64>,
    pub(crate) total_ms: Option<f64>,
    pub(crate) redirect: Option<RedirectMode>,
    pub(crate) max_redirects: Option<u32>,
    pub(crate) max_body_bytes: Option<f64>,
    pub(crate) decompress: Option<bool>,
    pub(crate) body_on_get: Option<bool>,
    pub(crate) expect_continue_ms: Option<u64>,
    pub(crate) retry: Option<Retry>,
}

/// What holds for one request.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) timeouts: Timeouts,
    pub(crate) redirect: RedirectMode,
    pub(crate) max_redirects: u32,
    /// Of bodies that are read as a whole.
    pub(crate) max_body_bytes: u64,
    pub(crate) decompress: bool,
    pub(crate) body_on_get: bool,
    /// How long a large body waits for the server to ask for it; `None`: it is not announced.
    pub(crate) continue_ms: Option<u64>,
    pub(crate) retry: Retry,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeouts: Timeouts { connect: Some(10_000), headers: Some(60_000), body: Some(60_000), total: None },
            redirect: RedirectMode::Follow,
            max_redirects: 20,
            max_body_bytes: 64 * 1024 * 1024,
            decompress: true,
            body_on_get: false,
            continue_ms: None,
            retry: Retry::default(),
        }
    }
}

fn limit(given: Option<f64>, default: Option<u64>) -> Option<u64> {
    match given {
        None => default,
        Some(milliseconds) if milliseconds > 0.0 && milliseconds.is_finite() => Some(milliseconds.ceil() as u64),
        Some(_) => None,
    }
}

impl Settings {
    pub(crate) fn with(&self, over: &Overrides) -> Self {
        let Timeouts { connect, headers, body, total } = self.timeouts;
        Self {
            timeouts: Timeouts {
                connect: limit(over.connect_ms, connect),
                headers: limit(over.headers_ms, headers),
                body: limit(over.body_ms, body),
                total: limit(over.total_ms, total),
            },
            redirect: over.redirect.unwrap_or(self.redirect),
            max_redirects: over.max_redirects.unwrap_or(self.max_redirects),
            max_body_bytes: limit(over.max_body_bytes, Some(self.max_body_bytes)).unwrap_or(u64::MAX),
            decompress: over.decompress.unwrap_or(self.decompress),
            body_on_get: over.body_on_get.unwrap_or(self.body_on_get),
            continue_ms: over.expect_continue_ms.or(self.continue_ms),
            retry: over.retry.clone().unwrap_or_else(|| self.retry.clone()),
        }
    }
}

pub(crate) fn read<'text, T: Deserialize<'text>>(text: &'text str) -> Result<T, Fault> {
    serde_json::from_str(text)
        .map_err(|error| Fault::new(Kind::Request, format!("the options cannot be read: {error}")))
}

pub(crate) fn milliseconds(limit: u64) -> Duration {
    Duration::from_millis(limit)
}
