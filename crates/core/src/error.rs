//! The error every part of the boundary returns: a stable code, a sentence for a person, facts for a program.

use std::{any::Any, borrow::Cow, fmt, sync::Arc};

/// The stable codes. JavaScript sees them as `error.code`; a code never changes its meaning.
pub mod code {
    /// An argument has the wrong JavaScript type.
    pub const INVALID_ARG_TYPE: &str = "ERR_INVALID_ARG_TYPE";
    /// A number is NaN, has a fraction, or lies outside the range of the parameter.
    pub const OUT_OF_RANGE: &str = "ERR_OUT_OF_RANGE";
    /// Too few or too many arguments.
    pub const INVALID_ARG_COUNT: &str = "ERR_INVALID_ARG_COUNT";
    /// A string holds a lone surrogate and so has no UTF-8 form.
    pub const INVALID_STRING: &str = "ERR_INVALID_STRING";
    /// The buffer behind a `Uint8Array` was transferred away.
    pub const BUFFER_DETACHED: &str = "ERR_BUFFER_DETACHED";
    /// The number was never a handle of this environment.
    pub const HANDLE_INVALID: &str = "ERR_HANDLE_INVALID";
    /// The handle's object is gone and its slot was used again or retired.
    pub const HANDLE_STALE: &str = "ERR_HANDLE_STALE";
    /// The handle is of another type.
    pub const HANDLE_TYPE: &str = "ERR_HANDLE_TYPE";
    /// The object was disposed.
    pub const HANDLE_CLOSED: &str = "ERR_HANDLE_CLOSED";
    /// The object is in use in a way that excludes this call.
    pub const BUSY: &str = "ERR_BUSY";
    /// A Sync call was made while another Sync call drives its future on this thread.
    pub const REENTRANT: &str = "ERR_REENTRANT";
    /// A blocking callback met a JavaScript thread that is itself waiting.
    pub const WOULD_DEADLOCK: &str = "ERR_WOULD_DEADLOCK";
    /// The deadline passed.
    pub const TIMEOUT: &str = "ERR_TIMEOUT";
    /// The call was cancelled.
    pub const ABORTED: &str = "ERR_ABORTED";
    /// Rust code panicked; the message holds the panic's text.
    pub const PANIC: &str = "ERR_PANIC";
    /// The system refused a thread, memory or a descriptor, or the handle table is full.
    pub const RESOURCE_EXHAUSTED: &str = "ERR_RESOURCE_EXHAUSTED";
    /// The environment is shutting down.
    pub const ENVIRONMENT_CLOSED: &str = "ERR_ENVIRONMENT_CLOSED";
    /// The callback was removed.
    pub const CALLBACK_REMOVED: &str = "ERR_CALLBACK_REMOVED";
    /// The callback threw or rejected.
    pub const CALLBACK_THREW: &str = "ERR_CALLBACK_THREW";
    /// The callback returned a value of the wrong type.
    pub const CALLBACK_TYPE: &str = "ERR_CALLBACK_TYPE";
    /// The callback's queue is full.
    pub const QUEUE_FULL: &str = "ERR_QUEUE_FULL";
    /// The object's lifecycle state does not allow this.
    pub const STATE: &str = "ERR_STATE";
    /// What the types promise and what the binary offers differ.
    pub const CONTRACT: &str = "ERR_CONTRACT";
    /// Not available here.
    pub const UNSUPPORTED: &str = "ERR_UNSUPPORTED";
}

/// A fact about an error, for programs.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// A text.
    Text(Cow<'static, str>),
    /// A number.
    Number(f64),
    /// A yes or no.
    Bool(bool),
}

impl From<&'static str> for Detail {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<f64> for Detail {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Detail {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

/// An error on its way to the caller.
///
/// It carries no operation name: the trampoline that delivers it knows which export was called.
#[derive(Debug, Clone)]
pub struct BoundaryError {
    /// One of [`code`], or a code a system declares.
    pub code: &'static str,
    /// What was wrong, what was expected, and the way out.
    pub message: Cow<'static, str>,
    /// Facts by name.
    pub details: Vec<(&'static str, Detail)>,
    /// What the binding needs to find the JavaScript value that a callback threw.
    pub cause: Option<Arc<dyn Any + Send + Sync>>,
}

/// Two errors are equal when they read the same; the cause is an object's identity and does not compare.
impl PartialEq for BoundaryError {
    fn eq(&self, other: &Self) -> bool {
        (self.code, &self.message, &self.details) == (other.code, &other.message, &other.details)
    }
}

impl BoundaryError {
    /// An error without details.
    #[cold]
    pub fn new(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), details: Vec::new(), cause: None }
    }

    /// Adds a fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Detail>) -> Self {
        self.details.push((name, value.into()));
        self
    }
}

impl fmt::Display for BoundaryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} [{}]", self.message, self.code)
    }
}

impl std::error::Error for BoundaryError {}
