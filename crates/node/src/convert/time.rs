//! Durations as milliseconds, points in time as `Date`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ferrule_core::error::{BoundaryError, code};
use napi_sys as sys;

use super::{AsyncParam, Carried, IntoJs, Param, number::Milliseconds};
use crate::{
    async_export::Lending,
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// ECMA-262, section 21.4.1.1: a Date lies within 8.64e15 milliseconds of the epoch.
const MAX_DATE: f64 = 8.64e15;

impl Param for Duration {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        Milliseconds::type_name(out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        Milliseconds::gather(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &f64) -> Result<(Self, ()), Box<Refusal>> {
        // SAFETY: the value owns what it holds; its guard keeps nothing.
        let (milliseconds, ()) = unsafe { Milliseconds::convert(scope, gathered) }?;
        duration_of(milliseconds.0)
            .map(|duration| (duration, ()))
            .ok_or_else(|| Refusal::out_of_range("a number of milliseconds below 2 ** 64", *gathered))
    }
}

/// Whole milliseconds stay whole: by way of seconds most of them would come back as a neighbour.
fn duration_of(milliseconds: f64) -> Option<Duration> {
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    // Also refuses NaN.
    if !(0.0..LIMIT).contains(&milliseconds) {
        return None;
    }
    let nanoseconds = (milliseconds.fract() * 1e6).round() as u64;
    Some(Duration::from_millis(milliseconds.trunc() as u64) + Duration::from_nanos(nanoseconds))
}

fn milliseconds_of(duration: Duration) -> f64 {
    duration.as_millis() as f64 + f64::from(duration.subsec_nanos() % 1_000_000) / 1e6
}

super::owned_params!(Duration);

/// Milliseconds; below 104 days the nanoseconds survive as a fraction.
impl IntoJs for Duration {
    fn type_name(out: &mut String) {
        Milliseconds::type_name(out);
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        milliseconds_of(self).into_js(scope)
    }

    fn carry(self) -> Result<Carried, BoundaryError> {
        Ok(Carried::Number(milliseconds_of(self)))
    }
}

impl Param for SystemTime {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("date");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        if !js::is_date(scope.env(), value) {
            return Err(Refusal::wrong_type("a Date"));
        }
        let mut milliseconds = f64::NAN;
        // SAFETY: `value` is a Date of the running call.
        unsafe { sys::napi_get_date_value(scope.env(), value, &raw mut milliseconds) };
        Ok(milliseconds)
    }

    unsafe fn convert<'call>(_: &'call Scope, gathered: &f64) -> Result<(Self, ()), Box<Refusal>> {
        let time = duration_of(gathered.abs())
            .and_then(|span| if *gathered < 0.0 { UNIX_EPOCH.checked_sub(span) } else { UNIX_EPOCH.checked_add(span) });
        time.map(|time| (time, ())).ok_or_else(|| Refusal::new(code::OUT_OF_RANGE, "a valid Date", "an invalid one"))
    }
}

impl AsyncParam for SystemTime {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &f64, _: &mut Lending) -> Result<Self, Box<Refusal>> {
        // SAFETY: the value owns what it holds; its guard keeps nothing.
        unsafe { Self::convert(scope, gathered) }.map(|(time, ())| time)
    }

    fn lend(owned: &mut Self) -> Self {
        *owned
    }
}

impl IntoJs for SystemTime {
    fn type_name(out: &mut String) {
        out.push_str("date");
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        let milliseconds = match self.duration_since(UNIX_EPOCH) {
            Ok(after) => milliseconds_of(after),
            Err(before) => -milliseconds_of(before.duration()),
        };
        if milliseconds.abs() > MAX_DATE {
            return Err(BoundaryError::new(code::OUT_OF_RANGE, "the time lies outside the range of Date").into());
        }
        Ok(js::date(scope.env(), milliseconds)?)
    }
}
