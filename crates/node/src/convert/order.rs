//! Orderings: -1, 0 or 1.

use std::cmp::Ordering;

use ferrule_core::error::BoundaryError;

use super::{AsyncParam, Carried, IntoJs, Param, number};
use crate::{
    async_export::Lending,
    failure::{Failure, Refusal},
    js::Raw,
    scope::Scope,
};

impl Param for Ordering {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("ordering");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        number::read(scope, value)
    }

    unsafe fn convert<'call>(_: &'call Scope, gathered: &f64) -> Result<(Self, ()), Box<Refusal>> {
        match gathered.partial_cmp(&0.0) {
            // Also refuses NaN, which compares with nothing.
            Some(ordering) if f64::from(ordering as i8).total_cmp(&(gathered + 0.0)).is_eq() => Ok((ordering, ())),
            _ => Err(Refusal::out_of_range("-1, 0 or 1", *gathered)),
        }
    }
}

impl AsyncParam for Ordering {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &f64, _: &mut Lending) -> Result<Self, Box<Refusal>> {
        // SAFETY: the value owns what it holds; its guard keeps nothing.
        unsafe { Self::convert(scope, gathered) }.map(|(ordering, ())| ordering)
    }

    fn lend(owned: &mut Self) -> Self {
        *owned
    }
}

impl IntoJs for Ordering {
    fn type_name(out: &mut String) {
        out.push_str("ordering");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        (self as i8).into_js(scope)
    }

    fn carry(self) -> Result<Carried, BoundaryError> {
        (self as i8).carry()
    }
}
