//! From JavaScript values to Rust and back: one implementation per boundary type.

pub(crate) mod any;
pub(crate) mod bytes;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod option;
mod order;
pub(crate) mod packed;
pub(crate) mod packed_scalars;
pub(crate) mod scalar;
pub(crate) mod text;
pub(crate) mod time;
pub(crate) mod union;
mod unit;

use ferrule_core::error::BoundaryError;

use crate::{
    async_export::Lending,
    failure::{Failure, Refusal},
    js::Raw,
    scope::Scope,
};

/// A type an export can take.
///
/// Converting happens in two steps over the whole argument list: [`gather`](Self::gather) does everything that may run
/// JavaScript (reading an array's elements can), [`convert`](Self::convert) nothing that does. So no getter of a later
/// argument can pull the memory from under an earlier one.
pub trait Param {
    /// How many JavaScript arguments it takes: 1, or 0 for what the call itself provides.
    const ARITY: usize = 1;
    /// Whether JavaScript may run while the export runs: byte arguments are copied then.
    const CALLS_JAVASCRIPT: bool = false;
    /// Whether other threads may wait for JavaScript through it: a call that keeps the JavaScript thread refuses them.
    const ASKS_JAVASCRIPT: bool = false;
    /// The first step's result.
    type Gathered;
    /// What the function receives.
    type Item<'call>;
    /// What keeps it valid; dropped after the function returns.
    type Guard<'call>;

    /// Appends the type's name in signatures.
    fn type_name(out: &mut String);

    /// Reads the value; may run JavaScript.
    fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>>;

    /// As [`gather`](Self::gather), for an element of a list. It must refuse a value of another type: what was found can
    /// be told only here, and a list of a million holes fails at the first.
    fn gather_element(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
        Self::gather(scope, value)
    }

    /// Checks and borrows; never runs JavaScript.
    ///
    /// # Safety
    /// The item is valid as long as the guard, which the types cannot say: the caller keeps the guard until the item is
    /// out of use, and does not pass the item on beyond that.
    #[allow(clippy::type_complexity)]
    unsafe fn convert<'call>(
        scope: &'call Scope,
        gathered: &Self::Gathered,
    ) -> Result<(Self::Item<'call>, Self::Guard<'call>), Box<Refusal>>;
}

/// A type an async export can take: it has an owned form that leaves the JavaScript thread.
pub trait AsyncParam: Param {
    /// The owned form.
    type Owned: Send + 'static;

    /// Checks and owns.
    fn own(scope: &Scope, gathered: &Self::Gathered, lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>>;

    /// Lends the owned form to the function. Called once per call.
    fn lend(owned: &mut Self::Owned) -> Self::Item<'_>;
}

/// A type an export can return.
pub trait IntoJs: Sized {
    /// Appends the type's name in signatures.
    fn type_name(out: &mut String);

    /// Makes the JavaScript value, on the JavaScript thread.
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure>;

    /// Whether JavaScript has such a value, as far as that is known beforehand: an integer may be too large.
    #[inline]
    fn fits(&self) -> Result<(), BoundaryError> {
        Ok(())
    }

    /// Prepares the value, on any thread, for [`into_js`](Self::into_js) later.
    fn carry(self) -> Result<Carried, BoundaryError>
    where
        Self: Send + 'static,
    {
        Ok(Carried::Later(Box::new(move |scope| self.into_js(scope))))
    }
}

/// The value, when JavaScript has such a one: for what is made before it crosses, together with others.
///
/// # Errors
/// What `into_js` would say.
#[inline]
pub fn fitting<T: IntoJs>(value: T) -> Result<T, BoundaryError> {
    value.fits()?;
    Ok(value)
}

/// A result on its way to JavaScript; the frequent small ones travel without an allocation.
pub enum Carried {
    /// `undefined`.
    Undefined,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Anything else.
    Later(Make),
}

/// Makes a value once the JavaScript thread is reached.
pub(crate) type Make = Box<dyn FnOnce(&Scope) -> Result<Raw, Failure> + Send>;

impl<T: IntoJs, E: Into<Failure>> IntoJs for Result<T, E> {
    fn type_name(out: &mut String) {
        T::type_name(out);
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        match self {
            Ok(value) => value.into_js(scope),
            Err(error) => Err(error.into()),
        }
    }

    fn carry(self) -> Result<Carried, BoundaryError>
    where
        Self: Send + 'static,
    {
        // The result travels whole: that `T` alone may leave the thread is not known here.
        if self.is_ok() {
            return Ok(Carried::Later(Box::new(move |scope| self.into_js(scope))));
        }
        match self.err().map(Into::into) {
            Some(Failure::Error(error)) => Err(*error),
            // The other failures belong to the JavaScript thread and cannot have been made on this one.
            _ => unreachable!("async work has no JavaScript values"),
        }
    }
}

/// Parameters that own what they take: the function receives the value itself.
macro_rules! owned_params {
    ($($type:ty),*) => {$(
        impl $crate::convert::AsyncParam for $type {
            type Owned = Self;

            fn own(
                scope: &$crate::scope::Scope,
                gathered: &Self::Gathered,
                _: &mut $crate::async_export::Lending,
            ) -> Result<Self, Box<$crate::failure::Refusal>> {
                // SAFETY: this macro is for types that own what they hold; their guards keep nothing.
                unsafe { <Self as $crate::convert::Param>::convert(scope, gathered) }.map(|(value, _)| value)
            }

            fn lend(owned: &mut Self) -> Self {
                std::mem::take(owned)
            }
        }
    )*};
}
pub(crate) use owned_params;

/// Declares a Rust enum without data as a union of strings at the boundary.
///
/// ```ignore
/// ferrule_node::string_enum! {
///     /// How to overflow.
///     pub enum Overflow { Refuse = "refuse", Drop = "drop" }
/// }
/// ```
#[macro_export]
macro_rules! string_enum {
    ($(#[$doc:meta])* $visibility:vis enum $name:ident { $($(#[$item_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $visibility enum $name { $($(#[$item_doc])* $variant),+ }

        impl $name {
            const EXPECTED: &'static str = concat!("one of", $(" \"", $text, "\""),+);
        }

        impl $crate::Param for $name {
            type Gathered = $crate::sys::napi_value;
            type Item<'call> = Self;
            type Guard<'call> = ();

            fn type_name(out: &mut String) {
                out.push_str([$(concat!("\"", $text, "\"")),+].join(" | ").as_str());
            }

            fn gather(
                scope: &$crate::Scope,
                value: $crate::sys::napi_value,
            ) -> Result<Self::Gathered, Box<$crate::Refusal>> {
                <&str as $crate::Param>::gather(scope, value)
            }

            fn gather_element(
                scope: &$crate::Scope,
                value: $crate::sys::napi_value,
            ) -> Result<Self::Gathered, Box<$crate::Refusal>> {
                <&str as $crate::Param>::gather_element(scope, value)
            }

            unsafe fn convert<'call>(
                scope: &'call $crate::Scope,
                gathered: &Self::Gathered,
            ) -> Result<(Self, ()), Box<$crate::Refusal>> {
                // SAFETY: the mark lives as long as the text is looked at, to the end of this function.
                let (text, _mark) = unsafe { <&str as $crate::Param>::convert(scope, gathered) }?;
                match text {
                    $($text => Ok((Self::$variant, ())),)+
                    other => Err($crate::Refusal::unknown_text(Self::EXPECTED, other)),
                }
            }
        }

        impl $crate::AsyncParam for $name {
            type Owned = Self;

            fn own(
                scope: &$crate::Scope,
                gathered: &Self::Gathered,
                _: &mut $crate::Lending,
            ) -> Result<Self, Box<$crate::Refusal>> {
                // SAFETY: the value is a plain enum; its guard keeps nothing.
                unsafe { <Self as $crate::Param>::convert(scope, gathered) }.map(|(value, ())| value)
            }

            fn lend(owned: &mut Self) -> Self {
                *owned
            }
        }

        impl $crate::IntoJs for $name {
            fn type_name(out: &mut String) {
                <Self as $crate::Param>::type_name(out);
            }

            fn into_js(self, scope: &$crate::Scope) -> Result<$crate::sys::napi_value, $crate::Failure> {
                match self { $(Self::$variant => <&'static str as $crate::IntoJs>::into_js($text, scope)),+ }
            }
        }
    };
}
