//! What can go wrong with a web socket.

use std::fmt;

use crate::client::{Fault, Kind};

/// Everything that an operation on a web socket can end with instead of its result.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An option that only the engine can judge: a certificate.
    Option {
        /// The option, as its user knows it.
        option: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A header that cannot be sent, or that belongs to the handshake.
    Header {
        /// Its name.
        header: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The host's name has no address.
    Dns {
        /// What happened.
        message: String,
        /// The URL.
        url: String,
        /// `GET`.
        method: &'static str,
        /// Whether the same may succeed when it is tried again.
        retryable: bool,
        /// The name.
        host: String,
    },
    /// No connection to the host: refused, unreachable.
    Connect {
        /// What happened.
        message: String,
        /// The URL.
        url: String,
        /// `GET`.
        method: &'static str,
        /// Whether the same may succeed when it is tried again.
        retryable: bool,
        /// The system's name for it: `ECONNREFUSED`.
        reason: String,
    },
    /// The connection stands and cannot be made private: an unknown issuer, another name, no common version.
    Tls {
        /// What happened.
        message: String,
        /// The URL.
        url: String,
        /// `GET`.
        method: &'static str,
        /// Whether the same may succeed when it is tried again.
        retryable: bool,
        /// The fault in few words.
        reason: String,
    },
    /// The server answered, and not with a web socket.
    Handshake {
        /// What its answer lacks.
        detail: String,
        /// The status of its answer, where it was HTTP.
        status: Option<u16>,
    },
    /// The socket is closed, or closing, so nothing can be sent any more.
    Closed {
        /// The code that it closed or closes with.
        close_code: u16,
        /// The reason.
        close_reason: String,
    },
    /// A request asks for a web socket in a way that cannot be granted.
    Rejected {
        /// The status of the answer that says so.
        status: u16,
        /// What is wrong.
        detail: String,
        /// A header that the answer needs.
        header: Option<String>,
        /// Its value.
        value: Option<String>,
    },
    /// The request is over: its client is gone, or it was answered.
    Gone,
    /// More pings than [`MOST_PINGS`](super::connection::MOST_PINGS) wait for their pongs.
    Backlog {
        /// The most that may wait.
        limit: usize,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option { option, detail } => write!(formatter, "option {option}: {detail}"),
            Self::Header { detail, .. } => formatter.write_str(detail),
            Self::Dns { message, .. } | Self::Connect { message, .. } | Self::Tls { message, .. } => {
                formatter.write_str(message)
            }
            Self::Handshake { detail, status: Some(status) } => {
                write!(formatter, "the server did not open a web socket: {detail} (status {status})")
            }
            Self::Handshake { detail, status: None } => {
                write!(formatter, "the server did not open a web socket: {detail}")
            }
            Self::Closed { close_code, close_reason } if close_reason.is_empty() => {
                write!(formatter, "the web socket is closed (code {close_code}), so nothing can be sent")
            }
            Self::Closed { close_code, close_reason } => {
                write!(
                    formatter,
                    "the web socket is closed (code {close_code}: {close_reason}), so nothing can be sent"
                )
            }
            Self::Rejected { status, detail, .. } => {
                write!(formatter, "no web socket is opened: {detail} (status {status})")
            }
            Self::Gone => formatter.write_str("the request is over: its client is gone, or it was answered"),
            Self::Backlog { limit } => write!(formatter, "{limit} pings wait for their pongs already"),
        }
    }
}

impl std::error::Error for Error {}

impl Error {
    /// What kept a client from its connection.
    pub(super) fn of(fault: Fault, url: &str) -> Self {
        let (message, url, retryable, method) = (fault.message, url.to_owned(), fault.retryable, "GET");
        match fault.kind {
            Kind::Dns { host } => Self::Dns { message, url, method, retryable, host },
            Kind::Connect { reason } => Self::Connect { message, url, method, retryable, reason },
            Kind::Tls { reason } => Self::Tls { message, url, method, retryable, reason },
            _ => Self::Option { option: "tls".into(), detail: message },
        }
    }
}
