//! `Uint8Array` (and so `Buffer`): borrowed where nothing can move the memory, copied elsewhere, handed out without a copy.

use std::{ffi::c_void, ptr, slice};

use ferrule_core::error::code;
use napi_sys as sys;

use super::{AsyncParam, IntoJs, Param, owned_params};
use crate::{
    arena::Mark,
    async_export::Lending,
    failure::{Failure, Refusal},
    js::{self, Env, Raw, check},
    scope::Scope,
};

/// Below this a copy into V8's own memory is cheaper than an external buffer with its finaliser.
const COPY_BELOW: usize = 16 * 1024;

struct View {
    data: *const u8,
    length: usize,
    shared: bool,
}

fn view(env: Env, value: Raw) -> Result<View, Box<Refusal>> {
    let (mut kind, mut length, mut data) = (0, 0, ptr::null_mut());
    let (mut buffer, mut offset) = (ptr::null_mut(), 0);
    // SAFETY: `value` belongs to the running call and all outputs live on this stack.
    let status = unsafe {
        sys::napi_get_typedarray_info(
            env,
            value,
            &raw mut kind,
            &raw mut length,
            &raw mut data,
            &raw mut buffer,
            &raw mut offset,
        )
    };
    if status != sys::Status::napi_ok || kind != sys::TypedarrayType::uint8_array {
        return Err(Refusal::wrong_type("a Uint8Array"));
    }
    let shared = !js::is_arraybuffer(env, buffer);
    // A detached array says length 0 and keeps nothing; an honest empty one is told apart here.
    if length == 0 && !shared && js::is_detached(env, buffer) {
        return Err(Refusal::new(code::BUFFER_DETACHED, "a Uint8Array", "one whose buffer was transferred away"));
    }
    Ok(View { data: data.cast(), length, shared })
}

impl Param for &[u8] {
    type Gathered = Raw;
    type Item<'call> = &'call [u8];
    type Guard<'call> = Option<Mark<'call>>;

    fn type_name(out: &mut String) {
        out.push_str("bytes");
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        // Looked at already here, so that a list of a billion holes fails at the first.
        if js::is_typed_array(scope.env(), value) { Ok(value) } else { Err(Refusal::wrong_type("a Uint8Array")) }
    }

    unsafe fn convert<'call>(
        scope: &'call Scope,
        gathered: &Raw,
    ) -> Result<(&'call [u8], Option<Mark<'call>>), Box<Refusal>> {
        let View { data, length, shared } = view(scope.env(), *gathered)?;
        if length == 0 {
            return Ok((&[], None));
        }
        if !shared && !scope.copies_bytes {
            // SAFETY: no JavaScript runs until the call returns (the export takes nothing that could run any), so the
            // buffer is neither written, nor detached, nor resized meanwhile; it is not shared with another thread.
            return Ok((unsafe { slice::from_raw_parts(data, length) }, None));
        }
        let arena = &scope.state().arena;
        let mark = arena.mark();
        // SAFETY: the mark was taken before and is the guard of the copy; V8 says `data` has `length` bytes.
        Ok((unsafe { arena.copy(data, length) }, Some(mark)))
    }
}

impl AsyncParam for &[u8] {
    type Owned = Vec<u8>;

    fn own(scope: &Scope, gathered: &Raw, _: &mut Lending) -> Result<Vec<u8>, Box<Refusal>> {
        let View { length, shared, data } = view(scope.env(), *gathered)?;
        if shared {
            // SAFETY: copied while the mark lives.
            return unsafe { <Self as Param>::convert(scope, gathered) }.map(|(bytes, _mark)| bytes.to_vec());
        }
        // SAFETY: as in `convert`, for the time of this copy.
        Ok(if length == 0 { Vec::new() } else { unsafe { slice::from_raw_parts(data, length) }.to_vec() })
    }

    fn lend(owned: &mut Vec<u8>) -> &[u8] {
        owned
    }
}

/// Bytes that belong to Rust: in by copy, out without one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Param for Bytes {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("bytes");
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        <&[u8] as Param>::gather(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        // SAFETY: copied below, while the mark lives.
        let (bytes, _mark) = unsafe { <&[u8] as Param>::convert(scope, gathered) }?;
        Ok((Self(bytes.to_vec()), ()))
    }
}

owned_params!(Bytes);

impl IntoJs for Bytes {
    fn type_name(out: &mut String) {
        out.push_str("bytes");
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        let env = scope.env();
        let length = self.0.len();
        let buffer = if length < COPY_BELOW { copied(env, &self.0)? } else { external(env, self.0)? };
        let mut array = ptr::null_mut();
        // SAFETY: `buffer` has `length` bytes.
        check(unsafe {
            sys::napi_create_typedarray(env, sys::TypedarrayType::uint8_array, length, buffer, 0, &raw mut array)
        })?;
        Ok(array)
    }
}

fn copied(env: Env, bytes: &[u8]) -> Result<Raw, Failure> {
    let (mut data, mut buffer) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: both outputs live on this stack.
    check(unsafe { sys::napi_create_arraybuffer(env, bytes.len(), &raw mut data, &raw mut buffer) })?;
    if !bytes.is_empty() {
        // SAFETY: the new buffer has exactly this length and nobody else has seen it.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), data.cast(), bytes.len()) };
    }
    Ok(buffer)
}

fn external(env: Env, bytes: Vec<u8>) -> Result<Raw, Failure> {
    unsafe extern "C" fn free(_: Env, _: *mut c_void, owner: *mut c_void) {
        // SAFETY: `owner` is the box leaked below, given back once.
        drop(unsafe { Box::from_raw(owner.cast::<Vec<u8>>()) });
    }

    let mut owner = Box::new(bytes);
    let (data, length) = (owner.as_mut_ptr(), owner.len());
    let owner = Box::into_raw(owner);
    let mut buffer = ptr::null_mut();
    // SAFETY: `data` stays valid until `free` drops its owner.
    let status = unsafe {
        sys::napi_create_external_arraybuffer(env, data.cast(), length, Some(free), owner.cast(), &raw mut buffer)
    };
    if status == sys::Status::napi_ok {
        return Ok(buffer);
    }
    // SAFETY: Node-API did not take the data, so the box is still ours.
    let owner = unsafe { Box::from_raw(owner) };
    // Hosts with a memory cage (Electron) forbid external memory.
    if status == sys::Status::napi_no_external_buffers_allowed {
        return copied(env, &owner);
    }
    check(status)?;
    Ok(buffer)
}

/// Exactly `N` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteArray<const N: usize>(pub [u8; N]);

impl<const N: usize> Param for ByteArray<N> {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.extend(["bytes[", &N.to_string(), "]"]);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        <&[u8] as Param>::gather(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        // SAFETY: copied below, while the mark lives.
        let (bytes, _mark) = unsafe { <&[u8] as Param>::convert(scope, gathered) }?;
        match bytes.try_into() {
            Ok(array) => Ok((Self(array), ())),
            Err(_) => Err(Refusal::new(
                code::OUT_OF_RANGE,
                format!("a Uint8Array of {N} bytes"),
                format!("one of {}", bytes.len()),
            )),
        }
    }
}

impl<const N: usize> AsyncParam for ByteArray<N> {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &Raw, _: &mut Lending) -> Result<Self, Box<Refusal>> {
        // SAFETY: the value owns what it holds; its guard keeps nothing.
        unsafe { Self::convert(scope, gathered) }.map(|(bytes, ())| bytes)
    }

    fn lend(owned: &mut Self) -> Self {
        *owned
    }
}

impl<const N: usize> IntoJs for ByteArray<N> {
    fn type_name(out: &mut String) {
        <Self as Param>::type_name(out);
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        Bytes(self.0.to_vec()).into_js(scope)
    }
}
