//! Arrays: lists of one type, and tuples of fixed length. Records cross as tuples or as separate arguments; their names
//! live in the generated TypeScript.

use ferrule_core::error::{BoundaryError, code};
use napi_sys as sys;

use super::{AsyncParam, IntoJs, Param};
use crate::{
    async_export::Lending,
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// The most elements V8 stores side by side. A longer array has holes, and reading it would fill the memory with nothing.
const LONGEST: u32 = 134_217_725;

/// Elements whose handles may all be open at once.
const FEW: usize = 32;

pub(super) fn length(scope: &Scope, value: Raw) -> Result<u32, Box<Refusal>> {
    if !js::is_array(scope.env(), value) {
        return Err(Refusal::wrong_type("an array"));
    }
    let mut length = 0;
    // SAFETY: `value` is an array of the running call.
    unsafe { sys::napi_get_array_length(scope.env(), value, &raw mut length) };
    if length > LONGEST {
        return Err(Refusal::new(
            code::OUT_OF_RANGE,
            format!("an array of at most {LONGEST} elements"),
            format!("one of {length}"),
        ));
    }
    Ok(length)
}

/// Reads one element; a getter may run and may throw.
fn element(scope: &Scope, array: Raw, index: u32) -> Result<Raw, Box<Refusal>> {
    // Whatever the status says: Node-API reports what a getter threw as a generic failure.
    js::element(scope.env(), array, index).map_err(|_| {
        if js::is_exception_pending(scope.env()) { Refusal::pending() } else { Refusal::wrong_type("a readable array") }
    })
}

pub(super) fn gather<T: Param>(scope: &Scope, array: Raw, index: u32) -> Result<T::Gathered, Box<Refusal>> {
    let value = element(scope, array, index)?;
    T::gather_element(scope, value).map_err(|refusal| refusal.inside(scope.env(), value, index as usize))
}

impl<T: Param> Param for Vec<T> {
    const CALLS_JAVASCRIPT: bool = T::CALLS_JAVASCRIPT;
    const ASKS_JAVASCRIPT: bool = T::ASKS_JAVASCRIPT;
    type Gathered = (Raw, Vec<T::Gathered>);
    type Item<'call> = Vec<T::Item<'call>>;
    type Guard<'call> = Vec<T::Guard<'call>>;

    fn type_name(out: &mut String) {
        T::type_name(out);
        out.push_str("[]");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
        let length = length(scope, value)?;
        // Grown as elements come, not by the claimed length: an array may claim many and hold none.
        let mut gathered = Vec::new();
        for index in 0..length {
            gathered.push(gather::<T>(scope, value, index)?);
        }
        Ok((value, gathered))
    }

    unsafe fn convert<'call>(
        scope: &'call Scope,
        (_, gathered): &Self::Gathered,
    ) -> Result<(Self::Item<'call>, Self::Guard<'call>), Box<Refusal>> {
        let mut items = Vec::with_capacity(gathered.len());
        let mut guards = Vec::with_capacity(gathered.len());
        for (index, gathered) in gathered.iter().enumerate() {
            // SAFETY: item and guard are passed on together, and so is the caller's promise.
            let converted = unsafe { T::convert(scope, gathered) };
            let (item, guard) = converted.map_err(|refusal| place(scope, refusal, index))?;
            items.push(item);
            guards.push(guard);
        }
        Ok((items, guards))
    }
}

/// A refusal found in the second step describes its own value: only its place is missing.
pub(super) fn place(scope: &Scope, refusal: Box<Refusal>, index: usize) -> Box<Refusal> {
    match js::undefined(scope.env()) {
        Ok(nothing) => refusal.inside(scope.env(), nothing, index),
        Err(_) => refusal,
    }
}

impl<T: AsyncParam> AsyncParam for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(scope: &Scope, gathered: &Self::Gathered, lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>> {
        let own = |(index, gathered)| T::own(scope, gathered, lending).map_err(|refusal| place(scope, refusal, index));
        gathered.1.iter().enumerate().map(own).collect()
    }

    fn lend(owned: &mut Self::Owned) -> Self::Item<'_> {
        owned.iter_mut().map(T::lend).collect()
    }
}

impl<T: IntoJs> IntoJs for Vec<T> {
    fn type_name(out: &mut String) {
        T::type_name(out);
        out.push_str("[]");
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        into_array(self, scope)
    }

    fn fits(&self) -> Result<(), BoundaryError> {
        self.iter().try_for_each(T::fits)
    }
}

fn into_array<T: IntoJs>(
    items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>,
    scope: &Scope,
) -> Result<Raw, Failure> {
    let items = items.into_iter();
    let array = js::array(scope.env(), items.len())?;
    // A few handles are let go with the call's own.
    let scoped = items.len() > FEW;
    for (index, item) in items.enumerate() {
        let _handles = if scoped { Some(js::HandleScope::open(scope.env())?) } else { None };
        js::set_element(scope.env(), array, index as u32, item.into_js(scope)?)?;
    }
    Ok(array)
}

macro_rules! tuples {
    ($($count:literal: $($type:ident $value:ident $guard:ident $at:tt),+;)*) => {$(
        impl<$($type: Param),+> Param for ($($type,)+) {
            const CALLS_JAVASCRIPT: bool = $($type::CALLS_JAVASCRIPT)||+;
            const ASKS_JAVASCRIPT: bool = $($type::ASKS_JAVASCRIPT)||+;
            type Gathered = ($($type::Gathered,)+);
            type Item<'call> = ($($type::Item<'call>,)+);
            type Guard<'call> = ($($type::Guard<'call>,)+);

            fn type_name(out: &mut String) {
                out.push('[');
                $(if $at > 0 { out.push_str(", "); } $type::type_name(out);)+
                out.push(']');
            }

            fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
                let length = length(scope, value)?;
                if length != $count {
                    return Err(Refusal::new(
                        code::INVALID_ARG_TYPE,
                        concat!("an array of ", $count, " elements"),
                        format!("one of {length}"),
                    ));
                }
                Ok(($(gather::<$type>(scope, value, $at)?,)+))
            }

            unsafe fn convert<'call>(
                scope: &'call Scope,
                gathered: &Self::Gathered,
            ) -> Result<(Self::Item<'call>, Self::Guard<'call>), Box<Refusal>> {
                $(
                    // SAFETY: item and guard are passed on together, and so is the caller's promise.
                    let ($value, $guard) = unsafe { $type::convert(scope, &gathered.$at) }
                        .map_err(|refusal| place(scope, refusal, $at))?;
                )+
                Ok((($($value,)+), ($($guard,)+)))
            }
        }

        impl<$($type: AsyncParam),+> AsyncParam for ($($type,)+) {
            type Owned = ($($type::Owned,)+);

            fn own(
                scope: &Scope,
                gathered: &Self::Gathered,
                lending: &mut Lending,
            ) -> Result<Self::Owned, Box<Refusal>> {
                Ok(($(
                    $type::own(scope, &gathered.$at, lending).map_err(|refusal| place(scope, refusal, $at))?,
                )+))
            }

            fn lend(owned: &mut Self::Owned) -> Self::Item<'_> {
                ($($type::lend(&mut owned.$at),)+)
            }
        }

        impl<$($type: IntoJs),+> IntoJs for ($($type,)+) {
            fn type_name(out: &mut String) {
                out.push('[');
                $(if $at > 0 { out.push_str(", "); } $type::type_name(out);)+
                out.push(']');
            }

            fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
                let array = js::array(scope.env(), $count)?;
                $(js::set_element(scope.env(), array, $at, self.$at.into_js(scope)?)?;)+
                Ok(array)
            }

            #[inline]
            fn fits(&self) -> Result<(), BoundaryError> {
                $(self.$at.fits()?;)+
                Ok(())
            }
        }
    )*};
}

tuples! {
    1: A a ga 0;
    2: A a ga 0, B b gb 1;
    3: A a ga 0, B b gb 1, C c gc 2;
    4: A a ga 0, B b gb 1, C c gc 2, D d gd 3;
    5: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4;
    6: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5;
    7: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6;
    8: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7;
    9: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8;
    10: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9;
    11: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9, K k gk 10;
    12: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9, K k gk 10, L l gl 11;
    13: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9, K k gk 10, L l gl 11, M m gm 12;
    14: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9, K k gk 10, L l gl 11, M m gm 12, N n gn 13;
    15: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9, K k gk 10, L l gl 11, M m gm 12, N n gn 13, O o go 14;
    16: A a ga 0, B b gb 1, C c gc 2, D d gd 3, E e ge 4, F f gf 5, G g gg 6, H h gh 7, I i gi 8, J j gj 9, K k gk 10, L l gl 11, M m gm 12, N n gn 13, O o go 14, P p gp 15;
}

/// Exactly `N` elements.
impl<T: Param, const N: usize> Param for [T; N] {
    const CALLS_JAVASCRIPT: bool = T::CALLS_JAVASCRIPT;
    const ASKS_JAVASCRIPT: bool = T::ASKS_JAVASCRIPT;
    type Gathered = Vec<T::Gathered>;
    type Item<'call> = [T::Item<'call>; N];
    type Guard<'call> = Vec<T::Guard<'call>>;

    fn type_name(out: &mut String) {
        T::type_name(out);
        out.extend(["[", &N.to_string(), "]"]);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Self::Gathered, Box<Refusal>> {
        let length = length(scope, value)?;
        if length as usize != N {
            return Err(Refusal::new(
                code::INVALID_ARG_TYPE,
                format!("an array of {N} elements"),
                format!("one of {length}"),
            ));
        }
        (0..length).map(|index| gather::<T>(scope, value, index)).collect()
    }

    unsafe fn convert<'call>(
        scope: &'call Scope,
        gathered: &Self::Gathered,
    ) -> Result<(Self::Item<'call>, Self::Guard<'call>), Box<Refusal>> {
        let mut items = Vec::with_capacity(N);
        let mut guards = Vec::with_capacity(N);
        for (index, gathered) in gathered.iter().enumerate() {
            // SAFETY: item and guard are passed on together, and so is the caller's promise.
            let converted = unsafe { T::convert(scope, gathered) };
            let (item, guard) = converted.map_err(|refusal| place(scope, refusal, index))?;
            items.push(item);
            guards.push(guard);
        }
        Ok((whole(items), guards))
    }
}

/// What was gathered one by one for exactly these places.
fn whole<T, const N: usize>(items: Vec<T>) -> [T; N] {
    items.try_into().unwrap_or_else(|items: Vec<T>| unreachable!("{} of {N} elements", items.len()))
}

impl<T: AsyncParam, const N: usize> AsyncParam for [T; N] {
    type Owned = [T::Owned; N];

    fn own(scope: &Scope, gathered: &Self::Gathered, lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>> {
        let own = |(index, gathered)| T::own(scope, gathered, lending).map_err(|refusal| place(scope, refusal, index));
        gathered.iter().enumerate().map(own).collect::<Result<Vec<_>, _>>().map(whole)
    }

    fn lend(owned: &mut Self::Owned) -> Self::Item<'_> {
        owned.each_mut().map(T::lend)
    }
}

impl<T: IntoJs, const N: usize> IntoJs for [T; N] {
    fn type_name(out: &mut String) {
        T::type_name(out);
        out.extend(["[", &N.to_string(), "]"]);
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        into_array(self, scope)
    }

    fn fits(&self) -> Result<(), BoundaryError> {
        self.iter().try_for_each(T::fits)
    }
}
