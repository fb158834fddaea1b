//! Calls without and with numbers.

use super::arguments::{self, finish, made};
use napi_sys::{napi_callback_info, napi_env, napi_value};
use std::ptr;

/// Returning null is `undefined`, without a Node-API call to make it.
pub(super) unsafe extern "C" fn nothing(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe { arguments::read::<0>(env, info) }.map(|_| ptr::null_mut()))
}

pub(super) unsafe extern "C" fn add(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe {
        arguments::read::<2>(env, info).and_then(|([a, b], _)| {
            let sum = arguments::int32(env, a)?.wrapping_add(arguments::int32(env, b)?);
            let mut value = ptr::null_mut();
            let status = napi_sys::napi_create_int32(env, sum, &mut value);
            made(env, status, value)
        })
    })
}
