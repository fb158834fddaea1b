//! The functions as a careful expert writes them by hand: the argument count and every type checked, short strings read on the
//! stack, nothing allocated per call, each status looked at.

mod arguments;
mod callbacks;
mod gauge;
mod numbers;
mod text;

use napi_sys::{Status, napi_callback, napi_env, napi_status, napi_value};
use std::ptr;

/// Puts every function and the class on `exports`.
///
/// # Safety
/// `env` is alive and this is its thread; `exports` is an object of an open handle scope.
pub(crate) unsafe fn register(env: napi_env, exports: napi_value) -> napi_status {
    let functions: [(&str, napi_callback); 7] = [
        ("nothing", Some(numbers::nothing)),
        ("add", Some(numbers::add)),
        ("textLength", Some(text::text_length)),
        ("greeting", Some(text::greeting)),
        ("echo", Some(text::echo)),
        ("callSync", Some(callbacks::call_sync)),
        ("callQueued", Some(callbacks::call_queued)),
    ];
    for (name, function) in functions {
        let mut value = ptr::null_mut();
        // SAFETY: the caller's promise; the name is read before the call returns.
        let status = unsafe {
            napi_sys::napi_create_function(
                env,
                name.as_ptr().cast(),
                name.len() as isize,
                function,
                ptr::null_mut(),
                &mut value,
            )
        };
        if status != Status::napi_ok {
            return status;
        }
        // SAFETY: as above.
        let status = unsafe { set(env, exports, name, value) };
        if status != Status::napi_ok {
            return status;
        }
    }
    // SAFETY: the caller's promise.
    unsafe { gauge::register(env, exports) }
}

/// # Safety
/// As for [`register`]; `value` belongs to the same scope.
unsafe fn set(env: napi_env, exports: napi_value, name: &str, value: napi_value) -> napi_status {
    let mut key = ptr::null_mut();
    // SAFETY: the caller's promise; the bytes are copied before the call returns.
    let status = unsafe { napi_sys::napi_create_string_utf8(env, name.as_ptr().cast(), name.len() as isize, &mut key) };
    if status != Status::napi_ok {
        return status;
    }
    // SAFETY: both values were made in this scope.
    unsafe { napi_sys::napi_set_property(env, exports, key, value) }
}
