//! One value of any simple type, told by the type it has in JavaScript: what an untagged enum of a spec crosses as.

use napi_sys as sys;

use super::{IntoJs, Param, bytes::Bytes, number, owned_params};
use crate::{
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// Null, a boolean, a number, a bigint of 64 bits, a string or bytes.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Scalar {
    /// `null`.
    #[default]
    Null,
    /// A boolean.
    Boolean(bool),
    /// Any number.
    Number(f64),
    /// A bigint.
    BigInt(i64),
    /// A string without lone surrogates.
    Text(String),
    /// A `Uint8Array`.
    Bytes(Bytes),
}

/// What was read in the first step.
pub enum GatheredScalar {
    /// A value that is whole already.
    Whole(Scalar),
    /// A bigint.
    BigInt(<super::number::BigI64 as Param>::Gathered),
    /// A string, to be read.
    Text(Raw),
    /// A `Uint8Array`, to be read.
    Bytes(Raw),
}

impl Param for Scalar {
    type Gathered = GatheredScalar;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("scalar");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<GatheredScalar, Box<Refusal>> {
        let env = scope.env();
        #[allow(non_upper_case_globals)]
        Ok(match js::type_of(env, value) {
            sys::ValueType::napi_null => GatheredScalar::Whole(Self::Null),
            sys::ValueType::napi_boolean => GatheredScalar::Whole(Self::Boolean(bool::gather(scope, value)?)),
            sys::ValueType::napi_number => GatheredScalar::Whole(Self::Number(number::read(scope, value)?)),
            sys::ValueType::napi_bigint => GatheredScalar::BigInt(number::BigI64::gather(scope, value)?),
            sys::ValueType::napi_string => GatheredScalar::Text(value),
            sys::ValueType::napi_object if js::is_typed_array(env, value) => GatheredScalar::Bytes(value),
            _ => {
                return Err(Refusal::wrong_type("null, a boolean, a number, a bigint, a string or a Uint8Array"));
            }
        })
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &GatheredScalar) -> Result<(Self, ()), Box<Refusal>> {
        let value = match gathered {
            GatheredScalar::Whole(value) => value.clone(),
            GatheredScalar::BigInt(gathered) => {
                // SAFETY: a number owns what it holds; its guard keeps nothing.
                let (value, ()) = unsafe { number::BigI64::convert(scope, gathered) }?;
                Self::BigInt(value.0)
            }
            GatheredScalar::Text(value) => {
                // SAFETY: a `String` owns its text; its guard keeps nothing.
                let (text, ()) = unsafe { String::convert(scope, value) }?;
                Self::Text(text)
            }
            GatheredScalar::Bytes(value) => {
                // SAFETY: `Bytes` own what they hold; their guard keeps nothing.
                let (bytes, ()) = unsafe { Bytes::convert(scope, value) }?;
                Self::Bytes(bytes)
            }
        };
        Ok((value, ()))
    }
}

owned_params!(Scalar);

impl IntoJs for Scalar {
    fn type_name(out: &mut String) {
        out.push_str("scalar");
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        let env = scope.env();
        match self {
            Self::Null => Ok(js::null(env)?),
            Self::Boolean(value) => Ok(js::boolean(env, value)?),
            Self::Number(value) => Ok(js::double(env, value)?),
            Self::BigInt(value) => Ok(js::bigint_i64(env, value)?),
            Self::Text(value) => Ok(js::string(env, &value)?),
            Self::Bytes(value) => value.into_js(scope),
        }
    }
}
