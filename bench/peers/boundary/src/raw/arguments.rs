//! Reading a call's arguments, and refusing it with a `TypeError`.

use napi_sys::{Status, napi_callback_info, napi_env, napi_value};
use std::ffi::CStr;
use std::ptr;

/// `Err` once an exception is pending: the callback then returns null at once.
pub(super) struct Thrown;

/// The `N` arguments of a call and its `this`; any other number of arguments is refused.
///
/// # Safety
/// `env` and `info` are those of the callback that is running.
#[inline]
pub(super) unsafe fn read<const N: usize>(
    env: napi_env,
    info: napi_callback_info,
) -> Result<([napi_value; N], napi_value), Thrown> {
    let mut values = [ptr::null_mut(); N];
    let mut this = ptr::null_mut();
    let mut count = N;
    // SAFETY: the array has room for the `count` values that are asked for.
    let status =
        unsafe { napi_sys::napi_get_cb_info(env, info, &mut count, values.as_mut_ptr(), &mut this, ptr::null_mut()) };
    if status != Status::napi_ok || count != N {
        // SAFETY: the caller's promise.
        return Err(unsafe { refuse(env, c"wrong number of arguments") });
    }
    Ok((values, this))
}

/// # Safety
/// `env` is that of the running callback, `value` one of its handles.
#[inline]
pub(super) unsafe fn int32(env: napi_env, value: napi_value) -> Result<i32, Thrown> {
    let mut number = 0;
    // SAFETY: the caller's promise.
    match unsafe { napi_sys::napi_get_value_int32(env, value, &mut number) } {
        Status::napi_ok => Ok(number),
        // SAFETY: the caller's promise.
        _ => Err(unsafe { refuse(env, c"expected a number") }),
    }
}

/// # Safety
/// As for [`int32`].
#[inline]
pub(super) unsafe fn uint32(env: napi_env, value: napi_value) -> Result<u32, Thrown> {
    let mut number = 0;
    // SAFETY: the caller's promise.
    match unsafe { napi_sys::napi_get_value_uint32(env, value, &mut number) } {
        Status::napi_ok => Ok(number),
        // SAFETY: the caller's promise.
        _ => Err(unsafe { refuse(env, c"expected a number") }),
    }
}

/// # Safety
/// As for [`int32`].
pub(super) unsafe fn function(env: napi_env, value: napi_value) -> Result<napi_value, Thrown> {
    let mut kind = 0;
    // SAFETY: the caller's promise.
    let status = unsafe { napi_sys::napi_typeof(env, value, &mut kind) };
    if status == Status::napi_ok && kind == napi_sys::ValueType::napi_function {
        return Ok(value);
    }
    // SAFETY: the caller's promise.
    Err(unsafe { refuse(env, c"expected a function") })
}

/// Leaves a `TypeError` pending.
///
/// # Safety
/// `env` is that of the running callback.
#[cold]
pub(super) unsafe fn refuse(env: napi_env, message: &CStr) -> Thrown {
    // The status is of no use: when an exception is pending already, that one is thrown instead.
    // SAFETY: the caller's promise; the message ends with a NUL.
    unsafe { napi_sys::napi_throw_type_error(env, ptr::null(), message.as_ptr()) };
    Thrown
}

/// What the engine expects back: the value, or null when an exception is pending.
#[inline]
pub(super) fn finish(result: Result<napi_value, Thrown>) -> napi_value {
    result.unwrap_or(ptr::null_mut())
}

/// Turns the status of a call that made `value` into a result.
///
/// # Safety
/// `env` is that of the running callback.
#[inline]
pub(super) unsafe fn made(env: napi_env, status: i32, value: napi_value) -> Result<napi_value, Thrown> {
    if status == Status::napi_ok {
        return Ok(value);
    }
    // SAFETY: the caller's promise.
    Err(unsafe { refuse(env, c"Node-API refused the call") })
}
