//! What a server can fail with.

use std::{fmt, io};

/// Why something of a server did not work.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerError {
    /// The settings contradict themselves or each other.
    Config {
        /// Which of them and why.
        message: String,
    },
    /// A certificate or key cannot be used.
    Tls {
        /// Which and why.
        message: String,
    },
    /// The address cannot be listened at.
    Listen {
        /// The host asked for.
        host: String,
        /// The port asked for.
        port: u16,
        /// The system's name for what is wrong: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND`.
        errno: String,
        /// The system's words.
        message: String,
    },
    /// The request is over: answered, given up by its client, or of a server that stopped.
    Gone,
    /// The body is longer than allowed.
    BodyTooLarge {
        /// How many bytes are allowed.
        limit: u64,
    },
    /// The client sent nothing more of the body for too long.
    BodyTimeout {
        /// How long was waited, in milliseconds.
        waited_ms: u64,
    },
    /// The body ended early or is not what HTTP calls one.
    BodyBroken {
        /// What is wrong with it.
        message: String,
    },
    /// Two readings of one body at once, or an upgrade that was not asked for.
    State {
        /// What was done and when.
        message: String,
    },
}

impl fmt::Display for ServerError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { message } | Self::Tls { message } | Self::State { message } => formatter.write_str(message),
            Self::Listen { host, port, errno, message } => {
                write!(formatter, "cannot listen at {host} port {port}: {message} ({errno})")?;
                match &**errno {
                    "EADDRINUSE" => formatter.write_str("; stop who listens there, or use port 0 for one that is free"),
                    "EACCES" => formatter.write_str("; ports below 1024 need a permission, others do not"),
                    _ => Ok(()),
                }
            }
            Self::Gone => formatter.write_str("the request is over: its client is gone, or it was answered"),
            Self::BodyTooLarge { limit } => {
                write!(formatter, "the request's body is longer than the {limit} bytes that limits.maxBodyBytes allows")
            }
            Self::BodyTimeout { waited_ms } => {
                write!(formatter, "the client sent nothing more of the request's body for {waited_ms} ms")
            }
            Self::BodyBroken { message } => write!(formatter, "the request's body cannot be read: {message}"),
        }
    }
}

impl std::error::Error for ServerError {}

impl ServerError {
    pub(super) fn listen(host: &str, port: u16, error: &io::Error) -> Self {
        let errno = match error.kind() {
            io::ErrorKind::AddrInUse => "EADDRINUSE",
            io::ErrorKind::PermissionDenied => "EACCES",
            io::ErrorKind::AddrNotAvailable => "EADDRNOTAVAIL",
            _ if error.raw_os_error().is_none() => "ENOTFOUND",
            _ => "EUNKNOWN",
        };
        Self::Listen { host: host.to_owned(), port, errno: errno.to_owned(), message: error.to_string() }
    }
}
