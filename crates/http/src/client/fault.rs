//! What can go wrong with a request, told apart by what a caller may do about it.

use std::{fmt, io};

/// What went wrong, before it is known for which request.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    pub(crate) message: String,
    /// Whether the same request may succeed when it is sent again, and the server cannot have acted on this one twice.
    pub(crate) retryable: bool,
    /// Whether the server has not looked at the request, so that any may be sent again.
    pub(crate) unprocessed: bool,
    /// The response's status, where there is one.
    pub(crate) status: Option<u16>,
}

/// The kinds of [`Fault`].
#[derive(Debug)]
pub(crate) enum Kind {
    Url,
    Header { header: String },
    Request,
    Dns { host: String },
    Connect { reason: String },
    Tls { reason: String },
    Closed { reason: String },
    Malformed,
    HeaderTooLarge { limit: u64 },
    BodyTooLarge { limit: u64 },
    Redirect { location: String },
    TooManyRedirects { limit: u32 },
    Decompression { encoding: String },
    Timeout { phase: &'static str, timeout_ms: u64 },
    Proxy,
    File { path: String, errno: String },
    Source,
}

impl Fault {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), retryable: false, unprocessed: false, status: None }
    }

    pub(crate) fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    pub(crate) fn unprocessed(self) -> Self {
        Self { unprocessed: true, ..self.retryable() }
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status.get_or_insert(status);
        self
    }

    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::new(Kind::Malformed, message)
    }

    pub(crate) fn closed(message: impl Into<String>, error: Option<&io::Error>) -> Self {
        let reason = error.map_or_else(|| "EOF".to_owned(), reason_of);
        Self::new(Kind::Closed { reason }, message).retryable()
    }

    pub(crate) fn timeout(phase: &'static str, timeout_ms: u64) -> Self {
        let what = match phase {
            "connect" => "no connection was made",
            "headers" => "the server did not answer",
            "body" => "nothing came of the body",
            _ => "the request was not done",
        };
        Self::new(Kind::Timeout { phase, timeout_ms }, format!("{what} within {timeout_ms} ms ({phase})")).retryable()
    }

    /// A failure of the connection while a response is read. TLS says that a peer cut the connection as `UnexpectedEof`.
    pub(crate) fn read(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData => Self::tls(error),
            io::ErrorKind::UnexpectedEof => {
                Self::closed("the server closed the connection without saying so", Some(error))
            }
            _ => Self::closed(format!("the connection broke: {error}"), Some(error)),
        }
    }

    pub(crate) fn tls(error: &io::Error) -> Self {
        let reason = tls_reason(error);
        Self::new(Kind::Tls { reason: reason.clone() }, format!("the TLS connection failed: {reason}"))
    }

    pub(crate) fn file(path: &str, doing: &str, error: &io::Error) -> Self {
        let errno = reason_of(error);
        Self::new(Kind::File { path: path.to_owned(), errno }, format!("{doing} \"{path}\": {error}"))
    }

    /// With the request it happened to.
    pub(crate) fn of(self, method: &str, url: &str) -> ClientError {
        let Self { kind, message, retryable, status, .. } = self;
        let (method, url) = (method.to_owned(), url.to_owned());
        match kind {
            Kind::Url => ClientError::Url { message },
            Kind::Header { header } => ClientError::Header { message, header },
            Kind::Request => ClientError::Request { message },
            Kind::Dns { host } => ClientError::Dns { message, method, url, retryable, host },
            Kind::Connect { reason } => ClientError::Connect { message, method, url, retryable, reason },
            Kind::Tls { reason } => ClientError::Tls { message, method, url, retryable, reason },
            Kind::Closed { reason } => ClientError::Closed { message, method, url, retryable, status, reason },
            Kind::Malformed => ClientError::Malformed { message, method, url, retryable, status },
            Kind::HeaderTooLarge { limit } => ClientError::HeaderTooLarge { message, method, url, retryable, limit },
            Kind::BodyTooLarge { limit } => {
                ClientError::BodyTooLarge { message, method, url, retryable, status, limit }
            }
            Kind::Redirect { location } => ClientError::Redirect { message, method, url, retryable, status, location },
            Kind::TooManyRedirects { limit } => {
                ClientError::TooManyRedirects { message, method, url, retryable, status, limit }
            }
            Kind::Decompression { encoding } => {
                ClientError::Decompression { message, method, url, retryable, status, encoding }
            }
            Kind::Timeout { phase, timeout_ms } => ClientError::Timeout {
                message,
                method,
                url,
                retryable,
                status,
                phase,
                timeout_ms,
                still_running: false,
            },
            Kind::Proxy => ClientError::Proxy { message, method, url, retryable, status },
            Kind::File { path, errno } => ClientError::File { message, method, url, retryable, path, errno },
            Kind::Source => ClientError::Source { message, method, url, retryable },
        }
    }
}

/// The certificate's or the protocol's fault, in the library's words.
fn tls_reason(error: &io::Error) -> String {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
        .map_or_else(|| error.to_string(), ToString::to_string)
}

/// The system's name of an error, or the library's.
pub(crate) fn reason_of(error: &io::Error) -> String {
    use io::ErrorKind as K;
    match error.raw_os_error().map_or("", errno_name) {
        "" => {}
        name => return name.to_owned(),
    }
    match error.kind() {
        K::ConnectionRefused => "ECONNREFUSED",
        K::ConnectionReset => "ECONNRESET",
        K::ConnectionAborted => "ECONNABORTED",
        K::BrokenPipe => "EPIPE",
        K::UnexpectedEof => "EOF",
        K::TimedOut => "ETIMEDOUT",
        K::HostUnreachable => "EHOSTUNREACH",
        K::NetworkUnreachable => "ENETUNREACH",
        K::NotFound => "ENOENT",
        K::PermissionDenied => "EACCES",
        K::AlreadyExists => "EEXIST",
        K::StorageFull => "ENOSPC",
        K::FileTooLarge => "EFBIG",
        K::IsADirectory => "EISDIR",
        K::NotADirectory => "ENOTDIR",
        K::ReadOnlyFilesystem => "EROFS",
        K::QuotaExceeded => "EDQUOT",
        K::AddrInUse => "EADDRINUSE",
        K::AddrNotAvailable => "EADDRNOTAVAIL",
        K::InvalidInput => "EINVAL",
        _ => "EIO",
    }
    .to_owned()
}

/// Names that [`io::ErrorKind`] has no word for; Linux's numbers, which other systems mostly do not share.
fn errno_name(number: i32) -> &'static str {
    if !cfg!(target_os = "linux") {
        return "";
    }
    match number {
        1 => "EPERM",
        23 => "ENFILE",
        24 => "EMFILE",
        36 => "ENAMETOOLONG",
        40 => "ELOOP",
        _ => "",
    }
}

macro_rules! client_error {
    ($($(#[$doc:meta])* $variant:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        /// Why a request failed. `method` and `url` (without credentials) are the request's, after redirects; `status` is the
        /// response's, where there was one; `retryable` says that sending it again may help.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the fields are told once, above")]
        pub enum ClientError { $($(#[$doc])* $variant { message: String, $($(#[$field_doc])* $field: $type),* }),* }

        impl fmt::Display for ClientError {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$variant { message, .. })|* => formatter.write_str(message) }
            }
        }
    };
}

client_error! {
    /// The address is none, or none that may be asked.
    Url {}
    /// A header's name or value cannot be sent.
    Header { header: String }
    /// The method, the body or an option cannot be sent.
    Request {}
    /// The host has no address.
    Dns { method: String, url: String, retryable: bool, host: String }
    /// No connection could be made.
    Connect { method: String, url: String, retryable: bool, reason: String }
    /// TLS refused the connection.
    Tls { method: String, url: String, retryable: bool, reason: String }
    /// The connection ended too early.
    Closed { method: String, url: String, retryable: bool, status: Option<u16>, reason: String }
    /// What came is no HTTP.
    Malformed { method: String, url: String, retryable: bool, status: Option<u16> }
    /// The response's head is larger than allowed.
    HeaderTooLarge { method: String, url: String, retryable: bool, limit: u64 }
    /// The response's body is larger than allowed.
    BodyTooLarge { method: String, url: String, retryable: bool, status: Option<u16>, limit: u64 }
    /// A redirect that must not be followed.
    Redirect { method: String, url: String, retryable: bool, status: Option<u16>, location: String }
    /// More redirects than allowed.
    TooManyRedirects { method: String, url: String, retryable: bool, status: Option<u16>, limit: u32 }
    /// The body is not what its `content-encoding` says.
    Decompression { method: String, url: String, retryable: bool, status: Option<u16>, encoding: String }
    /// A time limit passed: `connect`, `headers`, `body` or `total`.
    Timeout { method: String, url: String, retryable: bool, status: Option<u16>, phase: &'static str, timeout_ms: u64, still_running: bool }
    /// The proxy refused.
    Proxy { method: String, url: String, retryable: bool, status: Option<u16> }
    /// A file could not be read or written.
    File { method: String, url: String, retryable: bool, path: String, errno: String }
    /// The source of the request's body failed.
    Source { method: String, url: String, retryable: bool }
}

impl std::error::Error for ClientError {}
