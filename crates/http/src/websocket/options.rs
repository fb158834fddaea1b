//! What a web socket is opened with.

use std::time::Duration;

use serde::Deserialize;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::client::TlsConfig;

/// Bytes read from the transport at once. Every open socket keeps this much.
const READ_BUFFER: usize = 16 * 1024;
/// Bytes of frames that are gathered before the transport gets them without a flush.
const WRITE_BUFFER: usize = 64 * 1024;

/// What holds for an open socket, whichever side it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the longest message that is taken; a longer one ends the connection with 1009.
    pub max_message_bytes: usize,
    /// The same of one frame.
    pub max_frame_bytes: usize,
    /// Milliseconds of silence after which a ping is sent; 0 for never.
    pub ping_interval_ms: u64,
    /// Milliseconds of further silence after which the connection counts as lost.
    pub pong_timeout_ms: u64,
    /// Milliseconds that the closing handshake may take.
    pub close_timeout_ms: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message_bytes: 16 * 1024 * 1024,
            max_frame_bytes: 16 * 1024 * 1024,
            ping_interval_ms: 30_000,
            pong_timeout_ms: 10_000,
            close_timeout_ms: 5_000,
        }
    }
}

impl Limits {
    pub(super) fn ping_interval(&self) -> Option<Duration> {
        (self.ping_interval_ms > 0).then(|| Duration::from_millis(self.ping_interval_ms))
    }

    pub(super) fn pong_timeout(&self) -> Duration {
        Duration::from_millis(self.pong_timeout_ms)
    }

    pub(super) fn close_timeout(&self) -> Duration {
        Duration::from_millis(self.close_timeout_ms)
    }

    pub(super) fn protocol(&self) -> WebSocketConfig {
        WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(WRITE_BUFFER)
            .max_message_size(Some(self.max_message_bytes))
            .max_frame_size(Some(self.max_frame_bytes))
    }
}

/// Where a client connects to, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ConnectOptions {
    /// `http:` or `https:`, for `ws:` and `wss:`.
    pub(crate) url: String,
    /// Subprotocols that are offered, in the order of preference.
    pub(crate) protocols: Vec<String>,
    /// Further headers of the request: names and values in turn.
    pub(crate) headers: Vec<String>,
    /// For `https:`.
    pub(crate) tls: TlsConfig,
    /// What holds once it is open.
    pub(crate) limits: Limits,
}
