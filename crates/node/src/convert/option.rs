//! `Option`: null or undefined in, null out.

use ferrule_core::error::BoundaryError;
use napi_sys as sys;

use super::{AsyncParam, IntoJs, Param};
use crate::{
    async_export::Lending,
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

impl<T: Param> Param for Option<T> {
    const CALLS_JAVASCRIPT: bool = T::CALLS_JAVASCRIPT;
    const ASKS_JAVASCRIPT: bool = T::ASKS_JAVASCRIPT;
    type Gathered = Option<T::Gathered>;
    type Item<'call> = Option<T::Item<'call>>;
    type Guard<'call> = Option<T::Guard<'call>>;

    fn type_name(out: &mut String) {
        T::type_name(out);
        out.push('?');
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
        match js::type_of(scope.env(), value) {
            sys::ValueType::napi_null | sys::ValueType::napi_undefined => Ok(None),
            _ => T::gather(scope, value).map(Some),
        }
    }

    fn gather_element(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
        match js::type_of(scope.env(), value) {
            sys::ValueType::napi_null | sys::ValueType::napi_undefined => Ok(None),
            _ => T::gather_element(scope, value).map(Some),
        }
    }

    #[inline]
    unsafe fn convert<'call>(
        scope: &'call Scope,
        gathered: &Self::Gathered,
    ) -> Result<(Self::Item<'call>, Self::Guard<'call>), Box<Refusal>> {
        match gathered {
            None => Ok((None, None)),
            // SAFETY: item and guard are passed on together, and so is the caller's promise.
            Some(gathered) => unsafe { T::convert(scope, gathered) }.map(|(item, guard)| (Some(item), Some(guard))),
        }
    }
}

impl<T: AsyncParam> AsyncParam for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(scope: &Scope, gathered: &Self::Gathered, lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>> {
        gathered.as_ref().map(|gathered| T::own(scope, gathered, lending)).transpose()
    }

    fn lend(owned: &mut Self::Owned) -> Self::Item<'_> {
        owned.as_mut().map(T::lend)
    }
}

impl<T: IntoJs> IntoJs for Option<T> {
    fn type_name(out: &mut String) {
        T::type_name(out);
        out.push('?');
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        match self {
            Some(value) => value.into_js(scope),
            None => Ok(js::null(scope.env())?),
        }
    }

    #[inline]
    fn fits(&self) -> Result<(), BoundaryError> {
        self.as_ref().map_or(Ok(()), T::fits)
    }
}
