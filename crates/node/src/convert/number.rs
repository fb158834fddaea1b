//! Numbers, strictly: NaN, a fraction or a value out of range for an integer is refused, never wrapped, cut or clamped.

use std::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroIsize, NonZeroU8, NonZeroU16, NonZeroU32, NonZeroU64,
    NonZeroUsize,
};

use ferrule_core::error::{BoundaryError, code};
use napi_sys as sys;

use super::{AsyncParam, Carried, IntoJs, Param, owned_params};
use crate::{
    async_export::Lending,
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

            #[inline]
            fn fits(&self) -> Result<(), BoundaryError> {
                exact(*self as $wide).map(|_| ())
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
    isize double as i64: -MAX_SAFE, MAX_SAFE, "isize";
}

owned_params!(i8, u8, i16, u16, i32, u32, i64, u64, usize, isize, f32, f64, BigI64, BigU64, BigI128, BigU128);

/// Integers without zero: as the integer itself, which refuses zero besides.
macro_rules! nonzero {
    ($($type:ident $integer:ident $low:expr, $high:expr, $name:literal;)*) => {$(
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
            unsafe fn convert<'call>(scope: &'call Scope, gathered: &f64) -> Result<(Self, ()), Box<Refusal>> {
                // SAFETY: the value owns what it holds; its guard keeps nothing.
                let number = unsafe { <$integer as Param>::convert(scope, gathered) }.ok();
                number.and_then(|(number, ())| Self::new(number)).map(|number| (number, ())).ok_or_else(|| {
                    let but = if ($low as f64) < 0.0 { ", but not 0" } else { "" };
                    Refusal::out_of_range(format!("an integer from {} to {}{but}", $low, $high), *gathered)
                })
            }
        }

        impl AsyncParam for $type {
            type Owned = Self;

            fn own(scope: &Scope, gathered: &f64, _: &mut Lending) -> Result<Self, Box<Refusal>> {
                // SAFETY: the value owns what it holds; its guard keeps nothing.
                unsafe { Self::convert(scope, gathered) }.map(|(number, ())| number)
            }

            fn lend(owned: &mut Self) -> Self {
                *owned
            }
        }

        impl IntoJs for $type {
            fn type_name(out: &mut String) {
                out.push_str($name);
            }

            #[inline]
            fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
                self.get().into_js(scope)
            }

            #[inline]
            fn fits(&self) -> Result<(), BoundaryError> {
                self.get().fits()
            }

            fn carry(self) -> Result<Carried, BoundaryError> {
                self.get().carry()
            }
        }
    )*};
}

nonzero! {
    NonZeroI8 i8 i8::MIN, i8::MAX, "NonZeroI8";
    NonZeroU8 u8 1, u8::MAX, "NonZeroU8";
    NonZeroI16 i16 i16::MIN, i16::MAX, "NonZeroI16";
    NonZeroU16 u16 1, u16::MAX, "NonZeroU16";
    NonZeroI32 i32 i32::MIN, i32::MAX, "NonZeroI32";
    NonZeroU32 u32 1, u32::MAX, "NonZeroU32";
    NonZeroI64 i64 -MAX_SAFE, MAX_SAFE, "NonZeroI64";
    NonZeroU64 u64 1, MAX_SAFE, "NonZeroU64";
    NonZeroIsize isize -MAX_SAFE, MAX_SAFE, "NonZeroIsize";
    NonZeroUsize usize 1, MAX_SAFE, "NonZeroUsize";
}

/// In: the nearest `f32`, as every single-precision interface does; a finite number beyond its range is refused.
impl Param for f32 {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("f32");
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        read(scope, value)
    }

    #[inline]
    unsafe fn convert<'call>(_: &'call Scope, gathered: &f64) -> Result<(f32, ()), Box<Refusal>> {
        let number = *gathered as f32;
        if number.is_infinite() && gathered.is_finite() {
            return Err(Refusal::out_of_range("a number that single precision can hold", *gathered));
        }
        Ok((number, ()))
    }
}

impl IntoJs for f32 {
    fn type_name(out: &mut String) {
        out.push_str("f32");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::double(scope.env(), f64::from(self))?)
    }

    fn carry(self) -> Result<Carried, BoundaryError> {
        Ok(Carried::Number(f64::from(self)))
    }
}

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

/// A bigint of at most two words: its sign and its magnitude.
fn read_words(scope: &Scope, value: Raw) -> Result<(bool, Option<u128>), Box<Refusal>> {
    let (mut negative, mut count, mut words) = (0, 2, [0u64; 2]);
    // SAFETY: `value` belongs to the running call; `words` has room for the two words that are asked for.
    let status = unsafe {
        sys::napi_get_value_bigint_words(scope.env(), value, &raw mut negative, &raw mut count, words.as_mut_ptr())
    };
    if status != sys::Status::napi_ok {
        return Err(Refusal::wrong_type("a bigint"));
    }
    // More words than there was room for are only counted.
    let magnitude = (count <= 2).then(|| u128::from(words[1]) << 64 | u128::from(words[0]));
    Ok((negative != 0, magnitude))
}

fn make_words(scope: &Scope, negative: bool, magnitude: u128) -> Result<Raw, Failure> {
    let words = [magnitude as u64, (magnitude >> 64) as u64];
    let mut value = std::ptr::null_mut();
    // SAFETY: the words are read before the call returns; the output lives on this stack.
    js::check(unsafe {
        sys::napi_create_bigint_words(scope.env(), i32::from(negative), words.len(), words.as_ptr(), &raw mut value)
    })?;
    Ok(value)
}

macro_rules! wide_bigints {
    ($($(#[$doc:meta])* $name:ident($type:ty) $read:expr, $write:expr, $text:literal $range:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct $name(pub $type);

        impl Param for $name {
            type Gathered = (bool, Option<u128>);
            type Item<'call> = Self;
            type Guard<'call> = ();

            fn type_name(out: &mut String) {
                out.push_str($text);
            }

            fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
                read_words(scope, value)
            }

            unsafe fn convert<'call>(_: &'call Scope, gathered: &Self::Gathered) -> Result<(Self, ()), Box<Refusal>> {
                let read: fn(bool, u128) -> Option<$type> = $read;
                match gathered.1.and_then(|magnitude| read(gathered.0, magnitude)) {
                    Some(number) => Ok((Self(number), ())),
                    None => Err(Refusal::new(code::OUT_OF_RANGE, $range, "a bigint beyond")),
                }
            }
        }

        impl IntoJs for $name {
            fn type_name(out: &mut String) {
                out.push_str($text);
            }

            fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
                let write: fn($type) -> (bool, u128) = $write;
                let (negative, magnitude) = write(self.0);
                make_words(scope, negative, magnitude)
            }
        }
    )*};
}

wide_bigints! {
    /// An `i128`, a bigint at the boundary.
    BigI128(i128) |negative, magnitude| if negative { 0i128.checked_sub_unsigned(magnitude) } else { i128::try_from(magnitude).ok() },
        |number| (number < 0, number.unsigned_abs()),
        "bigint128" "a bigint from -2n ** 127n to 2n ** 127n - 1n";
    /// A `u128`, a bigint at the boundary.
    BigU128(u128) |negative, magnitude| (!negative || magnitude == 0).then_some(magnitude), |number| (false, number),
        "biguint128" "a bigint from 0n to 2n ** 128n - 1n";
}
