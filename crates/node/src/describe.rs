//! What an error says, by whatever means its type has: for generated glue, which does not know.

use std::fmt::{Debug, Display};

use ferrule_core::error::{BoundaryError, Detail};

/// An error to be described.
pub struct Described<'error, T: ?Sized>(pub &'error T);

/// A type that says what it is.
pub trait ByDisplay {
    /// The text.
    fn text(&self) -> String;
}

impl<T: Display + ?Sized> ByDisplay for &Described<'_, T> {
    fn text(&self) -> String {
        self.0.to_string()
    }
}

/// A type that shows what it holds.
pub trait ByDebug {
    /// The text.
    fn text(&self) -> String;
}

impl<T: Debug + ?Sized> ByDebug for &&Described<'_, T> {
    fn text(&self) -> String {
        format!("{:?}", self.0)
    }
}

/// Any type.
pub trait ByName {
    /// The text.
    fn text(&self) -> String;
}

impl<T: ?Sized> ByName for Described<'_, T> {
    fn text(&self) -> String {
        std::any::type_name::<T>().to_owned()
    }
}

/// The text of an error: of its `Display`, else of its `Debug`, else its type's name.
#[macro_export]
macro_rules! describe {
    ($error:expr) => {{
        #[allow(unused_imports)]
        use $crate::describe::{ByDebug as _, ByDisplay as _, ByName as _};
        (&&$crate::describe::Described($error)).text()
    }};
}

/// A value as a fact of an error. An integer beyond 2⁵³ is told rounded: no error replaces the one it belongs to.
pub trait ToDetail {
    /// The fact; `None` is told by leaving it out.
    fn to_detail(&self) -> Option<Detail>;
}

macro_rules! number_details {
    ($($type:ty),*) => {$(
        impl ToDetail for $type {
            fn to_detail(&self) -> Option<Detail> {
                Some(Detail::Number(*self as f64))
            }
        }
    )*};
}

number_details!(i8, u8, i16, u16, i32, u32, i64, u64, isize, usize, f32, f64);

impl ToDetail for bool {
    fn to_detail(&self) -> Option<Detail> {
        Some(Detail::Bool(*self))
    }
}

impl ToDetail for char {
    fn to_detail(&self) -> Option<Detail> {
        Some(Detail::from(self.to_string()))
    }
}

impl ToDetail for str {
    fn to_detail(&self) -> Option<Detail> {
        Some(Detail::from(self.to_owned()))
    }
}

impl ToDetail for String {
    fn to_detail(&self) -> Option<Detail> {
        self.as_str().to_detail()
    }
}

impl<T: ToDetail> ToDetail for Option<T> {
    fn to_detail(&self) -> Option<Detail> {
        self.as_ref().and_then(ToDetail::to_detail)
    }
}

impl<T: ToDetail + ?Sized> ToDetail for &T {
    fn to_detail(&self) -> Option<Detail> {
        (**self).to_detail()
    }
}

impl<T: ToDetail + ?Sized> ToDetail for Box<T> {
    fn to_detail(&self) -> Option<Detail> {
        (**self).to_detail()
    }
}

/// The error with one more fact, when the value is one.
#[must_use]
pub fn with_detail(error: BoundaryError, name: &'static str, value: &(impl ToDetail + ?Sized)) -> BoundaryError {
    match value.to_detail() {
        Some(detail) => error.with(name, detail),
        None => error,
    }
}
