//! Enums with data: an array, the variant's text first and its fields behind. Written by `union_in!` and `union_out!`.

use ferrule_core::error::code;

use super::{Param, list};
use crate::{failure::Refusal, js::Raw, scope::Scope};

/// The first element of a union's array.
#[doc(hidden)]
pub fn union_tag(scope: &Scope, value: Raw) -> Result<String, Box<Refusal>> {
    if list::length(scope, value)? == 0 {
        return Err(Refusal::new(code::INVALID_ARG_TYPE, "an array with a variant's name first", "an empty one"));
    }
    let raw = list::gather::<String>(scope, value, 0)?;
    // SAFETY: the text owns what it holds; its guard keeps nothing.
    unsafe { <String as Param>::convert(scope, &raw) }.map(|(text, ())| text)
}

/// An enum with data as an argument. The names before the colons are local ones and different from each other.
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
            #[allow(unused_parens)]
            type Gathered = ($(::std::option::Option<<(::std::string::String, $($type,)*) as $crate::Param>::Gathered>,)+);
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
                        $local = ::std::option::Option::Some(
                            <(::std::string::String, $($type,)*) as $crate::Param>::gather(scope, value)?,
                        );
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
                    if let ::std::option::Option::Some(gathered) = $local {
                        // SAFETY: the fields own what they hold, so their guards may go.
                        let ((_, $($field,)*), _guard) =
                            unsafe { <(::std::string::String, $($type,)*) as $crate::Param>::convert(scope, gathered) }?;
                        return ::std::result::Result::Ok((Self::$variant($($field),*), ()));
                    }
                )+
                ::std::result::Result::Err($crate::Refusal::wrong_type(Self::EXPECTED))
            }
        }

        impl $crate::AsyncParam for $name {
            type Owned = ::std::option::Option<Self>;

            fn own(
                scope: &$crate::Scope,
                gathered: &Self::Gathered,
                _: &mut $crate::Lending,
            ) -> ::std::result::Result<Self::Owned, ::std::boxed::Box<$crate::Refusal>> {
                // SAFETY: the value owns what it holds; its guard keeps nothing.
                unsafe { <Self as $crate::Param>::convert(scope, gathered) }
                    .map(|(value, ())| ::std::option::Option::Some(value))
            }

            fn lend(owned: &mut Self::Owned) -> Self {
                owned.take().expect("lent once per call")
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
        }
    };
}
