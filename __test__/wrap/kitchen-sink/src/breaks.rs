//! What breaks other generators: impls in private modules, methods made by macros, globs of globs, features that are off,
//! lifetimes and nothing else as parameters, an alias of `Result`, a variant that is still to come.
use crate::result::ParseError;

/// An alias with a parameter, of one that has none.
pub type Outcome<T = u32> = std::result::Result<T, ParseError>;

pub struct Hull {
    planks: u32,
}

impl Hull {
    pub fn of(planks: u32) -> Self {
        Self { planks }
    }
}

mod private {
    impl super::Hull {
        pub fn from_private(&self) -> u32 {
            self.planks
        }
    }

    pub mod deep {
        pub fn from_glob(value: u32) -> u32 {
            value + 1
        }

        pub mod deeper {
            pub struct Buoy;

            impl Buoy {
                pub fn moored() -> Self {
                    Self
                }

                pub fn depth(&self) -> u32 {
                    3
                }
            }
        }

        pub use deeper::*;
    }

    pub use deep::*;
}

pub use private::*;

macro_rules! getters {
    ($($name:ident = $value:expr;)*) => {
        impl Hull {
            $(
                #[doc = concat!("Made by a macro: `", stringify!($name), "`.")]
                pub fn $name(&self) -> u32 {
                    $value
                }
            )*
        }
    };
}

getters! {
    from_macro = 4;
    from_macro_too = 5;
}

/// A lifetime is its only parameter.
pub struct Tail<'a>(&'a str);

impl<'a> Tail<'a> {
    pub fn text(&self) -> &'a str {
        self.0
    }
}

pub fn tail(text: &str) -> Tail<'_> {
    Tail(text.get(1..).unwrap_or(""))
}

pub fn outcome(text: &str) -> Outcome {
    crate::result::parse(text)
}

pub fn outcome_text(text: &str) -> Outcome<String> {
    crate::result::parse(text).map(|value| value.to_string())
}

/// Two at first; the third is one of a later version.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    Early,
    Middle,
    #[doc(hidden)]
    Late,
}

pub fn phase(value: u8) -> Phase {
    match value {
        0 => Phase::Early,
        1 => Phase::Middle,
        _ => Phase::Late,
    }
}

#[cfg(feature = "extra")]
pub fn only_with_extra() -> u32 {
    6
}
