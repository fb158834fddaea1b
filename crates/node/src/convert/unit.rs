//! `void` and `boolean`.

use napi_sys as sys;

use super::{Carried, IntoJs, Param, owned_params};
use crate::{
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};
use ferrule_core::error::BoundaryError;

impl IntoJs for () {
    fn type_name(out: &mut String) {
        out.push_str("void");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::undefined(scope.env())?)
    }

    fn carry(self) -> Result<Carried, BoundaryError> {
        Ok(Carried::Undefined)
    }
}

impl Param for bool {
    type Gathered = bool;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("boolean");
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<bool, Box<Refusal>> {
        let mut answer = false;
        // SAFETY: `value` belongs to the running call.
        match unsafe { sys::napi_get_value_bool(scope.env(), value, &raw mut answer) } {
            sys::Status::napi_ok => Ok(answer),
            _ => Err(Refusal::wrong_type("a boolean")),
        }
    }

    #[inline]
    unsafe fn convert<'call>(_: &'call Scope, gathered: &bool) -> Result<(bool, ()), Box<Refusal>> {
        Ok((*gathered, ()))
    }
}

owned_params!(bool);

impl IntoJs for bool {
    fn type_name(out: &mut String) {
        out.push_str("boolean");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::boolean(scope.env(), self)?)
    }

    fn carry(self) -> Result<Carried, BoundaryError> {
        Ok(Carried::Bool(self))
    }
}
