//! Names that mean something else in TypeScript or in the generated files, and documentation that would end a comment. */
//!
//! `unclosed, ${template}, "quotes", 'more', \ backslash, </script>, @param fake, {@link Fake}, [`x`](y*/)

/// Ends a comment: */ and opens one: /* and `never closes
///
/// ```text
/// */ export const stolen = 1
pub fn r#delete(value: u32) -> u32 {
    value
}

/// ```
/// never closed
pub fn function(r#new: u32, this: u32, arguments: u32) -> u32 {
    r#new + this + arguments
}

/// \u{2028} and the characters themselves: \u{202e}, `\u{0}`, …
#[doc = "\u{202e}\u{2028}\u{2029}\u{feff}\u{200b}\u{7}\u{1b}[31m"]
#[doc = "@deprecated not at all"]
#[doc = "{@link constructor}"]
pub fn r#yield() -> u32 {
    1
}

pub fn r#match(r#type: u32, r#fn: u32) -> u32 {
    r#type * r#fn
}

pub fn r#await(r#let: bool) -> bool {
    r#let
}

pub fn eval(default: &str) -> String {
    default.to_uppercase()
}

pub fn undefined() -> Option<u32> {
    None
}

pub fn require(exports: u32, module: u32) -> u32 {
    exports - module
}

pub fn native(boundary: u32, options: Option<u32>) -> u32 {
    boundary + options.unwrap_or(0)
}

pub fn adopt(call: u32, result: u32) -> u32 {
    call + result
}

pub fn register(kind: u32, handle: u32) -> u32 {
    kind + handle
}

pub fn to_string(value_of: u32) -> String {
    format!("{value_of}")
}

pub fn __proto__(prototype: u32) -> u32 {
    prototype
}

pub fn then(resolve: u32) -> u32 {
    resolve
}

#[allow(non_snake_case)]
pub fn größe(Länge: u32) -> u32 {
    Länge * 2
}

/// Named like a global of JavaScript, and like a type of Rust's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    value: u32,
}

impl Map {
    pub fn new(value: u32) -> Self {
        Self { value }
    }

    /// Names that objects have already.
    pub fn constructor(&self) -> u32 {
        self.value
    }

    pub fn prototype(&self) -> u32 {
        self.value + 1
    }

    pub fn dispose(&self) -> u32 {
        self.value + 2
    }

    pub fn handle(&self) -> u32 {
        self.value + 3
    }

    pub fn is_disposed(&self) -> bool {
        false
    }

    pub fn then(&self) -> u32 {
        self.value + 4
    }

    pub fn name(&self) -> String {
        "a map".to_owned()
    }

    pub fn length() -> u32 {
        5
    }

    pub fn apply(value: u32) -> Self {
        Self { value }
    }

    pub fn to_json(&self) -> String {
        "{}".to_owned()
    }
}

/// Like the class of errors that every program has.
#[derive(Debug, Clone)]
pub struct Error {
    value: u32,
}

impl Error {
    pub fn new(value: u32) -> Self {
        Self { value }
    }

    pub fn message(&self) -> u32 {
        self.value
    }
}

/// Like the prelude's.
#[derive(Debug, Clone)]
pub struct Vec {
    value: u32,
}

impl Vec {
    pub fn new(value: u32) -> Self {
        Self { value }
    }

    pub fn option(&self) -> Option<u32> {
        Some(self.value)
    }

    pub fn result(&self) -> Result<String, String> {
        Err("no".to_owned())
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    pub constructor: u32,
    pub __proto__: String,
    pub r#type: bool,
}

pub fn promised(promise: Promise) -> Promise {
    promise
}

#[derive(Debug, Clone, PartialEq)]
#[allow(non_camel_case_types)]
pub enum Symbol {
    Default,
    Constructor { __proto__: u32, kind: String },
    Type(u32),
    r#match,
}

pub fn symbolised(symbol: Symbol) -> Symbol {
    symbol
}

#[allow(non_camel_case_types)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct r#type {
    value: u32,
}

impl r#type {
    pub fn r#fn(r#in: u32) -> Self {
        Self { value: r#in }
    }

    pub fn r#loop(&self, r#as: u32) -> u32 {
        self.value + r#as
    }
}

pub mod r#mod {
    pub const TRUE: bool = true;

    pub fn r#static() -> u32 {
        2
    }
}
