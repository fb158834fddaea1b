//! Strings: UTF-8 in Rust, refused when they hold a lone surrogate.

use ferrule_core::error::code;
use napi_sys as sys;

use super::{AsyncParam, IntoJs, Param, owned_params};
use crate::{
    arena::{Mark, checked_text, utf8_length},
    async_export::Lending,
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// Beyond this a string is read straight into its own memory instead of through the arena.
const DIRECT: usize = 32 * 1024;

impl Param for &str {
    type Gathered = Raw;
    type Item<'call> = &'call str;
    type Guard<'call> = Mark<'call>;

    fn type_name(out: &mut String) {
        out.push_str("text");
    }

    #[inline]
    fn gather(_: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        Ok(value)
    }

    fn gather_element(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        match js::type_of(scope.env(), value) {
            sys::ValueType::napi_string => Ok(value),
            _ => Err(Refusal::wrong_type("a string")),
        }
    }

    #[inline]
    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(&'call str, Mark<'call>), Box<Refusal>> {
        let arena = &scope.state().arena;
        let mark = arena.mark();
        // SAFETY: the mark was taken before and is returned as the guard of the text.
        let bytes = unsafe { arena.read(scope.env(), *gathered)? };
        Ok((checked_text(scope.env(), *gathered, bytes)?, mark))
    }
}

impl AsyncParam for &str {
    type Owned = String;

    fn own(scope: &Scope, gathered: &Raw, _: &mut Lending) -> Result<String, Box<Refusal>> {
        own(scope, *gathered)
    }

    fn lend(owned: &mut String) -> &str {
        owned
    }
}

fn own(scope: &Scope, value: Raw) -> Result<String, Box<Refusal>> {
    let length = utf8_length(scope.env(), value)?;
    if length < DIRECT {
        // SAFETY: copied while the mark lives.
        return unsafe { <&str as Param>::convert(scope, &value) }.map(|(text, _mark)| text.to_owned());
    }
    // One more byte: Node-API always writes a terminator.
    let mut bytes: Vec<u8> = Vec::with_capacity(length + 1);
    let mut written = 0;
    // SAFETY: the buffer has room for `length` bytes and the terminator.
    let status = unsafe {
        sys::napi_get_value_string_utf8(scope.env(), value, bytes.as_mut_ptr().cast(), length + 1, &raw mut written)
    };
    if status != sys::Status::napi_ok || written > length {
        return Err(Refusal::wrong_type("a string"));
    }
    // SAFETY: V8 initialised `written` bytes.
    unsafe { bytes.set_len(written) };
    checked_text(scope.env(), value, &bytes)?;
    // SAFETY: just checked.
    Ok(unsafe { String::from_utf8_unchecked(bytes) })
}

impl Param for String {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("text");
    }

    fn gather(_: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        Ok(value)
    }

    fn gather_element(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        <&str as Param>::gather_element(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        Ok((own(scope, *gathered)?, ()))
    }
}

owned_params!(String);

impl IntoJs for &'static str {
    fn type_name(out: &mut String) {
        out.push_str("text");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::string(scope.env(), self)?)
    }
}

impl IntoJs for String {
    fn type_name(out: &mut String) {
        out.push_str("text");
    }

    #[inline]
    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::string(scope.env(), &self)?)
    }
}

/// One code point: not what a reader calls a character, which may be several.
impl Param for char {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("char");
    }

    fn gather(_: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        Ok(value)
    }

    fn gather_element(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        <&str as Param>::gather_element(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        // SAFETY: the mark lives as long as the text is looked at, to the end of this function.
        let (text, _mark) = unsafe { <&str as Param>::convert(scope, gathered) }?;
        let mut all = text.chars();
        match (all.next(), all.next()) {
            (Some(one), None) => Ok((one, ())),
            _ => Err(Refusal::new(
                code::OUT_OF_RANGE,
                "a string of one code point",
                format!("one of {}", text.chars().count()),
            )),
        }
    }
}

owned_params!(char);

impl IntoJs for char {
    fn type_name(out: &mut String) {
        out.push_str("char");
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Ok(js::string(scope.env(), self.encode_utf8(&mut [0; 4]))?)
    }
}
