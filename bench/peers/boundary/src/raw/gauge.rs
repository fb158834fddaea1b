//! A class over a boxed Rust value: `new Gauge(limit).accepts(text)`.

use super::arguments::{self, finish, made, refuse};
use super::text::with_utf8;
use napi_sys::{
    PropertyAttributes, Status, napi_callback_info, napi_env, napi_property_descriptor, napi_status, napi_value,
};
use std::ffi::c_void;
use std::ptr;

struct Gauge {
    limit: u32,
}

/// # Safety
/// As for [`super::register`].
pub(super) unsafe fn register(env: napi_env, exports: napi_value) -> napi_status {
    let accepts = napi_property_descriptor {
        utf8name: c"accepts".as_ptr(),
        name: ptr::null_mut(),
        method: Some(accepts),
        getter: None,
        setter: None,
        value: ptr::null_mut(),
        attributes: PropertyAttributes::default,
        data: ptr::null_mut(),
    };
    let mut class = ptr::null_mut();
    // SAFETY: one descriptor is given and counted; names are copied before the call returns.
    let status = unsafe {
        napi_sys::napi_define_class(
            env,
            c"Gauge".as_ptr(),
            "Gauge".len() as isize,
            Some(construct),
            ptr::null_mut(),
            1,
            &accepts,
            &mut class,
        )
    };
    if status != Status::napi_ok {
        return status;
    }
    // SAFETY: the caller's promise.
    unsafe { super::set(env, exports, "Gauge", class) }
}

unsafe extern "C" fn construct(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info; the box is owned by the wrap once that succeeded.
    finish(unsafe {
        arguments::read::<1>(env, info).and_then(|([limit], this)| {
            let gauge = Box::into_raw(Box::new(Gauge { limit: arguments::uint32(env, limit)? }));
            let status = napi_sys::napi_wrap(env, this, gauge.cast(), Some(release), ptr::null_mut(), ptr::null_mut());
            if status != Status::napi_ok {
                drop(Box::from_raw(gauge));
            }
            made(env, status, this)
        })
    })
}

unsafe extern "C" fn release(_env: napi_env, gauge: *mut c_void, _hint: *mut c_void) {
    // SAFETY: the pointer came from `Box::into_raw` in `construct`, and a wrap is finalised once.
    drop(unsafe { Box::from_raw(gauge.cast::<Gauge>()) });
}

unsafe extern "C" fn accepts(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info; only `construct` wraps objects in this addon.
    finish(unsafe {
        arguments::read::<1>(env, info).and_then(|([text], this)| {
            let mut wrapped = ptr::null_mut();
            if napi_sys::napi_unwrap(env, this, &mut wrapped) != Status::napi_ok {
                return Err(refuse(env, c"expected a Gauge as this"));
            }
            let limit = (*wrapped.cast::<Gauge>()).limit as usize;
            let accepted = with_utf8(env, text, |utf8| utf8.len() <= limit)?;
            let mut value = ptr::null_mut();
            let status = napi_sys::napi_get_boolean(env, accepted, &mut value);
            made(env, status, value)
        })
    })
}
