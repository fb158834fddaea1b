//! Numbers, strictly: NaN, a fraction or a value out of range for an integer is refused, never wrapped, cut or clamped.

use ferrule_core::error::{BoundaryError, code};
use napi_sys as sys;

use super::{Carried, IntoJs, Param, owned_params};
use crate::{
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// The largest integer a JavaScript number holds exactly next to its neighbours.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

#[inline]
pub(crate) fn read(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
    let mut number = 0.0;
    // SAFETY: `value` belongs to the running call.
    match unsafe { sys::napi_get_value_double(scope.env(), value, &raw mut number) } {
        sys::Status::napi_ok => Ok(number),
        _ => Err(Refusal::wrong_type("a number")),
    }
}

macro_rules! integers {
    ($($type:ident $make:ident as $wide:ty: $low:expr, $high:expr, $name:literal;)*) => {$(
        impl Param for $type {
            type Gathered = f64;
            type Item<'call> = Self;
            type Guard<'call> = ();

            fn type_name(out: &mut String) {
                out.push_str($name);
            }

            #[inline]
            fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
                read(scope, value)
            }

            #[inline]
            unsafe fn convert<'call>(_: &'call Scope, gathered: &f64) -> Result<(Self, ()), Box<Refusal>> {
                let number = *gathered as $type;
                // Exact on purpose: only a whole number in range survives the way there and back.
                #[allow(clippy::float_cmp)]
                if number as f64 == *gathered && (*gathered >= $low as f64 && *gathered <= $high as f64) {
                    return Ok((number, ()));
                }
                Err(Refusal::out_of_range(format!("an integer from {} to {}", $low, $high), *gathered))
            }
        }

        impl IntoJs for $type {
            fn type_name(out: &mut String) {
                out.push_str($name);
            }

            #[inline]
            fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
                Ok(js::$make(scope.env(), exact(self as $wide)?)?)
            }

            fn carry(self) -> Result<Carried, BoundaryError> {
                Ok(Carried::Number(exact(self as $wide)? as f64))
            }
        }
    )*};
}

/// What can be returned as a number: everything but a 64-bit integer that a double would round.
trait Exact: Sized {
    type Out;
    fn exact(self) -> Result<Self::Out, BoundaryError>;
}

#[inline]
fn exact<T: Exact>(value: T) -> Result<T::Out, BoundaryError> {
    value.exact()
}

impl Exact for i32 {
    type Out = i32;
    #[inline]
    fn exact(self) -> Result<i32, BoundaryError> {
        Ok(self)
    }
}

impl Exact for u32 {
    type Out = u32;
    #[inline]
    fn exact(self) -> Result<u32, BoundaryError> {
        Ok(self)
    }
}

impl Exact for i64 {
    type Out = f64;
    fn exact(self) -> Result<f64, BoundaryError> {
        if self.unsigned_abs() <= MAX_SAFE as u64 { Ok(self as f64) } else { Err(inexact(self)) }
    }
}

impl Exact for u64 {
    type Out = f64;
    fn exact(self) -> Result<f64, BoundaryError> {
        if self <= MAX_SAFE as u64 { Ok(self as f64) } else { Err(inexact(self)) }
    }
}

#[cold]
fn inexact(value: impl std::fmt::Display) -> BoundaryError {
    BoundaryError::new(
        code::OUT_OF_RANGE,
        format!("the result {value} is not a safe integer and would be rounded; this value needs a bigint"),
    )
}

integers! {
    i8 int32 as i32: i8::MIN, i8::MAX, "i8";
    u8 uint32 as u32: u8::MIN, u8::MAX, "u8";
    i16 int32 as i32: i16::MIN, i16::MAX, "i16";
    u16 uint32 as u32: u16::MIN, u16::MAX, "u16";
    i32 int32 as i32: i32::MIN, i32::MAX, "i32";
    u32 uint32 as u32: u32::MIN, u32::MAX, "u32";
    i64 double as i64: -MAX_SAFE, MAX_SAFE, "i64";
    u64 double as u64: 0, MAX_SAFE, "u64";
    usize double as u64: 0, MAX_SAFE, "usize";
}

owned_params!(i8, u8, i16, u16, i32, u32, i64, u64, usize, f64, BigI64, BigU64);

impl Param for f64 {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("f64");
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        read(scope, value)
    }

    #[inline]
    unsafe fn convert<'call>(_: &'call Scope, gathered: &f64) -> Result<(f64, ()), Box<Refusal>> {
        Ok((*gathered, ()))
    }
}

impl IntoJs for f64 {
    fn type_name(out: &mut String) {
        out.push_str("f64");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::double(scope.env(), self)?)
    }

    fn carry(self) -> Result<Carried, BoundaryError> {
        Ok(Carried::Number(self))
    }
}

/// A number of milliseconds: finite and not negative.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Milliseconds(pub f64);

impl Milliseconds {
    /// As a duration; what no duration can hold is for ever.
    pub fn duration(self) -> std::time::Duration {
        std::time::Duration::try_from_secs_f64(self.0 / 1000.0).unwrap_or(std::time::Duration::MAX)
    }
}

impl Param for Milliseconds {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("milliseconds");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        read(scope, value)
    }

    unsafe fn convert<'call>(_: &'call Scope, gathered: &f64) -> Result<(Self, ()), Box<Refusal>> {
        if gathered.is_finite() && *gathered >= 0.0 {
            return Ok((Self(*gathered), ()));
        }
        Err(Refusal::out_of_range("a finite number of milliseconds from 0", *gathered))
    }
}

owned_params!(Milliseconds);

macro_rules! bigints {
    ($($(#[$doc:meta])* $name:ident($type:ty) $read:ident $make:ident $text:literal $range:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $name(pub $type);

        impl Param for $name {
            type Gathered = ($type, bool);
            type Item<'call> = Self;
            type Guard<'call> = ();

            fn type_name(out: &mut String) {
                out.push_str($text);
            }

            fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
                let (mut number, mut lossless) = (0, false);
                // SAFETY: `value` belongs to the running call.
                match unsafe { sys::$read(scope.env(), value, &raw mut number, &raw mut lossless) } {
                    sys::Status::napi_ok => Ok((number, lossless)),
                    _ => Err(Refusal::wrong_type("a bigint")),
                }
            }

            unsafe fn convert<'call>(_: &'call Scope, gathered: &Self::Gathered) -> Result<(Self, ()), Box<Refusal>> {
                match *gathered {
                    (number, true) => Ok((Self(number), ())),
                    _ => Err(Refusal::new(code::OUT_OF_RANGE, $range, "a larger bigint")),
                }
            }
        }

        impl IntoJs for $name {
            fn type_name(out: &mut String) {
                out.push_str($text);
            }

            fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
                Ok(js::$make(scope.env(), self.0)?)
            }
        }
    )*};
}

bigints! {
    /// An `i64` that crosses as a bigint.
    BigI64(i64) napi_get_value_bigint_int64 bigint_i64 "bigint64" "a bigint from -2n ** 63n to 2n ** 63n - 1n";
    /// A `u64` that crosses as a bigint.
    BigU64(u64) napi_get_value_bigint_uint64 bigint_u64 "biguint64" "a bigint from 0n to 2n ** 64n - 1n";
}
