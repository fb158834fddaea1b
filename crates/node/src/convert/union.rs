//! Enums with data: an array, the variant's text first and its fields behind. Written by `union_in!` and `union_out!`.

use ferrule_core::error::code;

use super::{AsyncParam, Param, list};
use crate::{async_export::Lending, failure::Refusal, js::Raw, scope::Scope};

/// The first element of a union's array.
#[doc(hidden)]
pub fn union_tag(scope: &Scope, value: Raw) -> Result<String, Box<Refusal>> {
    if list::length(scope, value)? == 0 {
        return Err(Refusal::new(code::INVALID_ARG_TYPE, "an array with a variant's name first", "an empty one"));
    }
    let raw = list::gather::<String>(scope, value, 0)?;
    // SAFETY: the text owns what it holds; its guard keeps nothing.
    let text = unsafe { <String as Param>::convert(scope, &raw) };
    text.map(|(text, ())| text).map_err(|refusal| list::place(scope, refusal, 0))
}

/// Refuses a union's array that is not the variant's text and this many fields.
#[doc(hidden)]
pub fn union_length(scope: &Scope, value: Raw, variant: &str, fields: usize) -> Result<(), Box<Refusal>> {
    let length = list::length(scope, value)? as usize;
    if length == fields + 1 {
        return Ok(());
    }
    let expected = format!("an array of {} elements, {variant:?} first", fields + 1);
    Err(Refusal::new(code::INVALID_ARG_TYPE, expected, format!("one of {length}")))
}

/// Gathers the field behind `place`, which moves on to it.
#[doc(hidden)]
pub fn union_gather<T: Param>(scope: &Scope, value: Raw, place: &mut u32) -> Result<T::Gathered, Box<Refusal>> {
    *place += 1;
    list::gather::<T>(scope, value, *place)
}

/// Converts the field behind `place`, which moves on to it.
///
/// # Safety
/// The item must be valid without its guard, which is dropped here.
#[doc(hidden)]
pub unsafe fn union_convert<'call, T: Param>(
    scope: &'call Scope,
    gathered: &T::Gathered,
    place: &mut usize,
) -> Result<T::Item<'call>, Box<Refusal>> {
    *place += 1;
    // SAFETY: the caller's promise.
    let converted = unsafe { T::convert(scope, gathered) };
    converted.map(|(item, _guard)| item).map_err(|refusal| list::place(scope, refusal, *place))
}

/// Owns the field behind `place`, which moves on to it.
#[doc(hidden)]
pub fn union_own<T: AsyncParam<Owned = T>>(
    scope: &Scope,
    gathered: &T::Gathered,
    place: &mut usize,
    lending: &mut Lending,
) -> Result<T, Box<Refusal>> {
    *place += 1;
    T::own(scope, gathered, lending).map_err(|refusal| list::place(scope, refusal, *place))
}

/// An enum with data as an argument. The names before the colons are local ones and different from each other.
/// A field is of a type that owns its value, as of every async export's parameter: no text or bytes by reference.
///
/// ```ignore
/// ferrule_node::union_in! { enum ShapeIn { circle: Circle = "circle" (radius: f64), none: None = "none" () } }
/// ```
#[macro_export]
macro_rules! union_in {
    (enum $name:ident { $($local:ident: $variant:ident = $text:literal ($($field:ident: $type:ty),*)),+ $(,)? }) => {
        enum $name { $($variant($($type),*)),+ }

        impl $name {
            const EXPECTED: &'static str = concat!("an array that begins with one of", $(" \"", $text, "\""),+);
        }

        impl $crate::Param for $name {
            const CALLS_JAVASCRIPT: bool = false $($(|| <$type as $crate::Param>::CALLS_JAVASCRIPT)*)+;
            const ASKS_JAVASCRIPT: bool = false $($(|| <$type as $crate::Param>::ASKS_JAVASCRIPT)*)+;
            /// For each variant its fields, if it is that one.
            type Gathered = ($(::std::option::Option<($(<$type as $crate::Param>::Gathered,)*)>,)+);
            type Item<'call> = Self;
            type Guard<'call> = ();

            fn type_name(out: &mut ::std::string::String) {
                let mut separator = "";
                $(
                    out.push_str(separator);
                    out.push_str(concat!("[\"", $text, "\""));
                    $(
                        out.push_str(", ");
                        <$type as $crate::Param>::type_name(out);
                    )*
                    out.push(']');
                    separator = " | ";
                )+
                let _ = separator;
            }

            fn gather(
                scope: &$crate::Scope,
                value: $crate::sys::napi_value,
            ) -> ::std::result::Result<Self::Gathered, ::std::boxed::Box<$crate::Refusal>> {
                let tag = $crate::union_tag(scope, value)?;
                $(let mut $local = ::std::option::Option::None;)+
                match tag.as_str() {
                    $($text => {
                        $crate::union_length(scope, value, $text, <[&str]>::len(&[$(stringify!($field)),*]))?;
                        #[allow(unused_mut, unused_variables)]
                        let mut place = 0;
                        $local = ::std::option::Option::Some((
                            $($crate::union_gather::<$type>(scope, value, &mut place)?,)*
                        ));
                    })+
                    other => {
                        return ::std::result::Result::Err($crate::Refusal::unknown_text(Self::EXPECTED, other));
                    }
                }
                ::std::result::Result::Ok(($($local,)+))
            }

            unsafe fn convert<'call>(
                scope: &'call $crate::Scope,
                gathered: &Self::Gathered,
            ) -> ::std::result::Result<(Self, ()), ::std::boxed::Box<$crate::Refusal>> {
                let ($($local,)+) = gathered;
                $(
                    if let ::std::option::Option::Some(($($field,)*)) = $local {
                        #[allow(unused_mut, unused_variables)]
                        let mut place = 0;
                        $(
                            // SAFETY: the enum has no lifetime, so its fields borrow nothing from the call or its guards.
                            let $field = unsafe { $crate::union_convert::<$type>(scope, $field, &mut place) }?;
                        )*
                        return ::std::result::Result::Ok((Self::$variant($($field),*), ()));
                    }
                )+
                ::std::result::Result::Err($crate::Refusal::wrong_type(Self::EXPECTED))
            }
        }

        impl $crate::AsyncParam for $name {
            type Owned = Self;

            fn own(
                scope: &$crate::Scope,
                gathered: &Self::Gathered,
                lending: &mut $crate::Lending,
            ) -> ::std::result::Result<Self, ::std::boxed::Box<$crate::Refusal>> {
                let _ = &lending;
                let ($($local,)+) = gathered;
                $(
                    if let ::std::option::Option::Some(($($field,)*)) = $local {
                        #[allow(unused_mut, unused_variables)]
                        let mut place = 0;
                        return ::std::result::Result::Ok(Self::$variant(
                            $($crate::union_own::<$type>(scope, $field, &mut place, lending)?),*
                        ));
                    }
                )+
                ::std::result::Result::Err($crate::Refusal::wrong_type(Self::EXPECTED))
            }

            fn lend(owned: &mut Self) -> Self {
                match owned {
                    $(Self::$variant($($field),*) => Self::$variant($(<$type as $crate::AsyncParam>::lend($field)),*),)+
                }
            }
        }
    };
}

/// An enum with data as a result.
#[macro_export]
macro_rules! union_out {
    (enum $name:ident { $($variant:ident = $text:literal ($($field:ident: $type:ty),*)),+ $(,)? }) => {
        enum $name { $($variant($($type),*)),+ }

        impl $crate::IntoJs for $name {
            fn type_name(out: &mut ::std::string::String) {
                let mut separator = "";
                $(
                    out.push_str(separator);
                    out.push_str(concat!("[\"", $text, "\""));
                    $(
                        out.push_str(", ");
                        <$type as $crate::IntoJs>::type_name(out);
                    )*
                    out.push(']');
                    separator = " | ";
                )+
                let _ = separator;
            }

            fn into_js(
                self,
                scope: &$crate::Scope,
            ) -> ::std::result::Result<$crate::sys::napi_value, $crate::Failure> {
                match self {
                    $(Self::$variant($($field),*) => $crate::IntoJs::into_js(($text, $($field,)*), scope),)+
                }
            }

            fn fits(&self) -> ::std::result::Result<(), $crate::core::error::BoundaryError> {
                match self {
                    $(Self::$variant($($field),*) => {
                        $($crate::IntoJs::fits($field)?;)*
                        ::std::result::Result::Ok(())
                    })+
                }
            }
        }
    };
}
