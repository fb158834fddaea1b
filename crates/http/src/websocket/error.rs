//! What can go wrong with a web socket.

use std::fmt;

/// Everything that an operation on a web socket can end with instead of its result.
#[non_exhaustive]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An option that only the engine can judge: a header, a certificate.
    Option {
        /// The option, as its user knows it.
        option: String,
        /// What is wrong with it.
        detail: String,
    },
    /// No connection to the host: refused, unreachable, unknown.
    Connect {
        /// Host and port.
        address: String,
        /// The system's words.
        detail: String,
    },
    /// The connection stands and cannot be made private: an unknown issuer, another name, no common version.
    Tls {
        /// The host that was to be proven.
        host: String,
        /// The fault.
        detail: String,
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
            Self::Connect { address, detail } => write!(formatter, "no connection to {address}: {detail}"),
            Self::Tls { host, detail } => write!(formatter, "no private connection to {host}: {detail}"),
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
