//! Strings in and out.

use super::arguments::{self, Thrown, finish, made};
use crate::GREETING;
use napi_sys::{Status, napi_callback_info, napi_env, napi_value};
use std::mem::MaybeUninit;
use std::{ptr, slice};

/// Longer strings go to the heap. Node-API writes a NUL after the text, so one byte less is usable.
const STACK_BYTES: usize = 256;

/// Gives the string's UTF-8 to `use_text`.
///
/// # Safety
/// `env` is that of the running callback, `value` one of its handles.
#[inline]
pub(super) unsafe fn with_utf8<T>(
    env: napi_env,
    value: napi_value,
    use_text: impl FnOnce(&[u8]) -> T,
) -> Result<T, Thrown> {
    let mut buffer = [MaybeUninit::<u8>::uninit(); STACK_BYTES];
    let mut written = 0;
    // SAFETY: the buffer has the room that is named; Node-API writes at most that much.
    let status = unsafe {
        napi_sys::napi_get_value_string_utf8(env, value, buffer.as_mut_ptr().cast(), STACK_BYTES, &mut written)
    };
    if status != Status::napi_ok {
        // SAFETY: the caller's promise.
        return Err(unsafe { arguments::refuse(env, c"expected a string") });
    }
    // A text is cut only at a code point, and one takes at most four bytes: with more room left than that it is whole.
    if written + 4 < STACK_BYTES {
        // SAFETY: Node-API wrote `written` bytes from the start.
        return Ok(use_text(unsafe { slice::from_raw_parts(buffer.as_ptr().cast(), written) }));
    }
    // SAFETY: the caller's promise.
    unsafe { with_long_utf8(env, value, use_text) }
}

/// # Safety
/// As for [`with_utf8`]; `value` is a string.
#[cold]
unsafe fn with_long_utf8<T>(env: napi_env, value: napi_value, use_text: impl FnOnce(&[u8]) -> T) -> Result<T, Thrown> {
    let mut length = 0;
    // SAFETY: without a buffer only the length is written.
    let status = unsafe { napi_sys::napi_get_value_string_utf8(env, value, ptr::null_mut(), 0, &mut length) };
    if status == Status::napi_ok {
        let mut buffer: Vec<u8> = Vec::with_capacity(length + 1);
        let mut written = 0;
        // SAFETY: the vector has room for the text and its NUL.
        let status = unsafe {
            napi_sys::napi_get_value_string_utf8(env, value, buffer.as_mut_ptr().cast(), length + 1, &mut written)
        };
        if status == Status::napi_ok {
            // SAFETY: Node-API wrote `written` bytes from the start.
            unsafe { buffer.set_len(written) };
            return Ok(use_text(&buffer));
        }
    }
    // SAFETY: the caller's promise.
    Err(unsafe { arguments::refuse(env, c"the string cannot be read") })
}

/// # Safety
/// `env` is that of the running callback.
#[inline]
unsafe fn create(env: napi_env, text: &[u8]) -> Result<napi_value, Thrown> {
    let mut value = ptr::null_mut();
    // SAFETY: the bytes are copied before the call returns.
    let status =
        unsafe { napi_sys::napi_create_string_utf8(env, text.as_ptr().cast(), text.len() as isize, &mut value) };
    // SAFETY: the caller's promise.
    unsafe { made(env, status, value) }
}

pub(super) unsafe extern "C" fn text_length(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe {
        arguments::read::<1>(env, info).and_then(|([text], _)| {
            let length = with_utf8(env, text, <[u8]>::len)?;
            let mut value = ptr::null_mut();
            let status = napi_sys::napi_create_uint32(env, length as u32, &mut value);
            made(env, status, value)
        })
    })
}

pub(super) unsafe extern "C" fn greeting(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe { arguments::read::<0>(env, info).and_then(|_| create(env, GREETING.as_bytes())) })
}

pub(super) unsafe extern "C" fn echo(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe {
        arguments::read::<1>(env, info).and_then(|([text], _)| with_utf8(env, text, |utf8| create(env, utf8))?)
    })
}
