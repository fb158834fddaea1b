//! What an export gets without a conversion: the call's scope, and values that only pass through.

use super::Param;
use crate::{failure::Refusal, js::Raw, scope::Scope};

impl Param for &Scope {
    const ARITY: usize = 0;
    const CALLS_JAVASCRIPT: bool = true;
    type Gathered = ();
    type Item<'call> = &'call Scope;
    type Guard<'call> = ();

    fn type_name(_: &mut String) {}

    fn gather(_: &Scope, _: Raw) -> Result<(), Box<Refusal>> {
        Ok(())
    }

    unsafe fn convert<'call>(scope: &'call Scope, (): &()) -> Result<(&'call Scope, ()), Box<Refusal>> {
        Ok((scope, ()))
    }
}

/// Any JavaScript value, for the boundary's own exports.
#[derive(Clone, Copy)]
pub(crate) struct Any(pub(crate) Raw);

impl Param for Any {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("any");
    }

    fn gather(_: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        Ok(value)
    }

    unsafe fn convert<'call>(_: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        Ok((Self(*gathered), ()))
    }
}
