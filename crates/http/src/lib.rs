//! HTTP for a host language: a client, a server, web sockets, and the helpers around addresses and statuses.

pub mod server;
pub mod tls;
pub mod websocket;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What RFC 3986 (section 2.3) leaves as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// `text` with every byte escaped that is not unreserved in RFC 3986.
#[must_use]
pub fn url_encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}
