//! How a call fails, and how that becomes what JavaScript catches.

use std::borrow::Cow;

use ferrule_core::error::{BoundaryError, Detail, code};
use napi_sys as sys;

use crate::{
    copy::Hook,
    js::{self, Env, Raw, Status},
    scope::Scope,
};

/// An argument that is not what the parameter needs.
#[derive(Debug)]
pub struct Refusal {
    code: &'static str,
    expected: Cow<'static, str>,
    found: Option<String>,
    index: usize,
    /// Where inside the argument, outermost list last; empty for the argument itself.
    places: Vec<usize>,
    /// A getter or proxy threw while the argument was read: its exception is what the caller sees.
    pending: bool,
}

impl Refusal {
    /// A refusal that says what was found.
    #[cold]
    pub fn new(code: &'static str, expected: impl Into<Cow<'static, str>>, found: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            code,
            expected: expected.into(),
            found: Some(found.into()),
            index: 0,
            places: Vec::new(),
            pending: false,
        })
    }

    /// A refusal of the value's type; what was found is described from the value itself.
    #[cold]
    pub fn wrong_type(expected: impl Into<Cow<'static, str>>) -> Box<Self> {
        Box::new(Self {
            code: code::INVALID_ARG_TYPE,
            expected: expected.into(),
            found: None,
            index: 0,
            places: Vec::new(),
            pending: false,
        })
    }

    /// A refusal of a number's value.
    #[cold]
    pub fn out_of_range(expected: impl Into<Cow<'static, str>>, found: f64) -> Box<Self> {
        Self::new(code::OUT_OF_RANGE, expected, number_text(found))
    }

    /// A refusal of a text that is none of those known; only its beginning is told.
    #[cold]
    pub fn unknown_text(expected: impl Into<Cow<'static, str>>, found: &str) -> Box<Self> {
        const SHOWN: usize = 40;
        let mut beginning: String = found.chars().take(SHOWN).collect();
        if beginning.len() < found.len() {
            beginning.push('…');
        }
        Self::new(code::OUT_OF_RANGE, expected, format!("{beginning:?}"))
    }

    #[cold]
    pub(crate) fn pending() -> Box<Self> {
        Box::new(Self { code: "", expected: "".into(), found: None, index: 0, places: Vec::new(), pending: true })
    }

    #[cold]
    pub(crate) fn at(mut self: Box<Self>, index: usize) -> Box<Self> {
        self.index = index;
        self
    }

    /// Names the place inside a list or tuple.
    #[cold]
    pub(crate) fn inside(mut self: Box<Self>, env: Env, value: Raw, place: usize) -> Box<Self> {
        self.found.get_or_insert_with(|| describe(env, value));
        self.places.push(place);
        self
    }

    /// What was found, and where in a list.
    fn found(&self, given: impl FnOnce() -> String) -> String {
        let mut found = self.found.clone().unwrap_or_else(given);
        if !self.places.is_empty() {
            found.push_str(" at ");
            found.extend(self.places.iter().rev().map(|place| format!("[{place}]")));
        }
        found
    }

    /// What a getter or proxy threw instead, no longer pending.
    pub(crate) fn take_exception(&self, env: Env) -> Option<Raw> {
        if self.pending { js::take_exception(env) } else { None }
    }

    /// The error it becomes where there is no parameter list: a callback's result.
    pub(crate) fn into_result_error(self, env: Env, value: Raw) -> BoundaryError {
        let found = self.found(|| describe(env, value));
        BoundaryError::new(
            code::CALLBACK_TYPE,
            format!("the callback must return {}, it returned {found}", self.expected),
        )
        .with("expected", self.expected.into_owned())
        .with("found", found)
    }

    fn into_error(self, scope: &Scope, arguments: &[Raw]) -> BoundaryError {
        let names = scope.parameters();
        let name = names.get(self.index).copied().unwrap_or("?");
        let given = arguments.get(self.index).copied();
        let found = self.found(|| given.map_or("nothing".to_owned(), |value| describe(scope.env(), value)));
        BoundaryError::new(
            self.code,
            format!(
                "argument \"{name}\" ({} of {}) must be {}, got {found}",
                self.index + 1,
                names.len(),
                self.expected
            ),
        )
        .with("argument", name)
        .with("position", (self.index + 1) as f64)
        .with("expected", self.expected.into_owned())
        .with("found", found)
    }
}

/// A number as JavaScript would write it, near enough to be recognised.
fn number_text(number: f64) -> String {
    match number {
        f64::INFINITY => "Infinity".into(),
        f64::NEG_INFINITY => "-Infinity".into(),
        _ if number != 0.0 && !(1e-6..1e21).contains(&number.abs()) => format!("{number:e}"),
        _ => number.to_string(),
    }
}

/// Describes a value without running any JavaScript.
pub(crate) fn describe(env: Env, value: Raw) -> String {
    use sys::ValueType::{
        napi_bigint, napi_boolean, napi_external, napi_function, napi_null, napi_number, napi_object, napi_string,
        napi_symbol, napi_undefined,
    };
    #[allow(non_upper_case_globals)]
    match js::type_of(env, value) {
        napi_undefined => "undefined".into(),
        napi_null => "null".into(),
        napi_boolean => "a boolean".into(),
        napi_number => {
            let mut number = 0.0;
            // SAFETY: `value` is a number of the running call.
            unsafe { sys::napi_get_value_double(env, value, &raw mut number) };
            format!("the number {}", number_text(number))
        }
        napi_string => {
            let length = crate::arena::utf8_length(env, value).unwrap_or(0);
            format!("a string of {length} bytes")
        }
        napi_symbol => "a symbol".into(),
        napi_bigint => "a bigint".into(),
        napi_function => "a function".into(),
        napi_external => "an external value".into(),
        napi_object if js::is_array(env, value) => "an array".into(),
        napi_object if js::is_typed_array(env, value) => "another typed array".into(),
        napi_object if js::is_arraybuffer(env, value) => "an ArrayBuffer".into(),
        napi_object if js::is_date(env, value) => "a Date".into(),
        napi_object if js::is_error(env, value) => "an Error".into(),
        _ => "an object".into(),
    }
}

/// Why a call returns no value.
pub enum Failure {
    /// An error to be built by the calling copy of the package.
    Error(Box<BoundaryError>),
    /// An argument was refused.
    Refused(Box<Refusal>),
    /// A callback threw this very value.
    Thrown(Thrown),
    /// A JavaScript exception is already pending.
    Pending,
}

/// A value a callback threw, valid until the native call that called it returns.
pub struct Thrown(pub(crate) Raw);

impl<E: Into<BoundaryError>> From<E> for Failure {
    #[cold]
    fn from(error: E) -> Self {
        Self::Error(Box::new(error.into()))
    }
}

impl From<Box<Refusal>> for Failure {
    #[cold]
    fn from(refusal: Box<Refusal>) -> Self {
        if refusal.pending { Self::Pending } else { Self::Refused(refusal) }
    }
}

impl From<Status> for Failure {
    #[cold]
    fn from(status: Status) -> Self {
        if status.0 == sys::Status::napi_pending_exception {
            return Self::Pending;
        }
        Self::Error(Box::new(BoundaryError::new(
            code::RESOURCE_EXHAUSTED,
            format!("the JavaScript engine refused a value (Node-API status {}); it may be too large", status.0),
        )))
    }
}

impl Failure {
    /// Makes the failure what JavaScript catches.
    #[cold]
    pub(crate) fn throw(self, scope: &Scope, arguments: &[Raw]) {
        let error = match self {
            Self::Pending => return,
            Self::Thrown(Thrown(value)) => return js::throw(scope.env(), value),
            Self::Error(error) => *error,
            Self::Refused(refusal) => refusal.into_error(scope, arguments),
        };
        // An exception of ours must not meet one that is pending already.
        js::take_exception(scope.env());
        throw_error(scope, &error);
    }

    /// The failure as an error that can travel to a promise.
    pub(crate) fn into_boundary_error(self, scope: &Scope) -> BoundaryError {
        match self {
            Self::Error(error) => *error,
            Self::Refused(refusal) => refusal.into_error(scope, &[]),
            Self::Thrown(Thrown(value)) => scope.state().thrown_error(value),
            Self::Pending => match js::take_exception(scope.env()) {
                Some(value) => scope.state().thrown_error(value),
                None => BoundaryError::new(code::RESOURCE_EXHAUSTED, "the JavaScript engine refused a value"),
            },
        }
    }
}

fn throw_error(scope: &Scope, error: &BoundaryError) {
    let env = scope.env();
    let built = error_arguments(scope, error).ok().and_then(|arguments| {
        Some(js::call(env, js::undefined(env).ok()?, scope.copy().hook(Hook::Error)?, &arguments))
    });
    match built {
        Some(Ok(value)) => js::throw(env, value),
        // The hook itself threw (stack overflow, out of memory): that exception is pending and says more.
        Some(Err(_)) => {}
        None => {
            let (code, message) = (error.code.to_owned() + "\0", error.message.replace('\0', " ") + "\0");
            // SAFETY: both texts are terminated and copied by V8.
            unsafe { sys::napi_throw_error(env, code.as_ptr().cast(), message.as_ptr().cast()) };
        }
    }
}

/// What the hooks of the calling copy take: code, message, operation, cause, then details as name and value in turn.
pub(crate) fn error_arguments(scope: &Scope, error: &BoundaryError) -> Result<Vec<Raw>, Status> {
    let env = scope.env();
    let mut arguments = vec![
        js::string(env, error.code)?,
        js::string(env, &error.message)?,
        js::string(env, scope.operation())?,
        scope.state().cause_of(error).map_or_else(|| js::undefined(env), Ok)?,
    ];
    for (name, detail) in &error.details {
        arguments.push(js::string(env, name)?);
        arguments.push(match detail {
            Detail::Text(text) => js::string(env, text)?,
            Detail::Number(number) => js::double(env, *number)?,
            Detail::Bool(yes) => js::boolean(env, *yes)?,
        });
    }
    Ok(arguments)
}
