//! The few Node-API calls everything else is made of, each with its argument for soundness once.

use std::{ffi::c_void, ptr};

use napi_sys as sys;

pub(crate) use sys::{napi_env as Env, napi_value as Raw};

/// A Node-API call that can only fail by a fault of ours or with an exception pending; both end in `Failure::Pending`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Status(pub sys::napi_status);

pub(crate) fn check(status: sys::napi_status) -> Result<(), Status> {
    if status == sys::Status::napi_ok { Ok(()) } else { Err(Status(status)) }
}

/// Declares safe-to-call wrappers around creators of the shape `(env, input…, *mut napi_value)`.
macro_rules! creators {
    ($($(#[$doc:meta])* $name:ident = $function:ident($($arg:ident: $type:ty),*);)*) => {$(
        $(#[$doc])*
        #[inline]
        pub(crate) fn $name(env: Env $(, $arg: $type)*) -> Result<Raw, Status> {
            let mut value = ptr::null_mut();
            // SAFETY: `env` is the environment of the running call and the output lives on this stack.
            check(unsafe { sys::$function(env $(, $arg)*, &raw mut value) })?;
            Ok(value)
        }
    )*};
}

creators! {
    undefined = napi_get_undefined();
    null = napi_get_null();
    global = napi_get_global();
    boolean = napi_get_boolean(value: bool);
    double = napi_create_double(value: f64);
    int32 = napi_create_int32(value: i32);
    uint32 = napi_create_uint32(value: u32);
    object = napi_create_object();
    array = napi_create_array_with_length(length: usize);
    bigint_i64 = napi_create_bigint_int64(value: i64);
    bigint_u64 = napi_create_bigint_uint64(value: u64);
    date = napi_create_date(milliseconds: f64);
}

#[inline]
pub(crate) fn string(env: Env, text: &str) -> Result<Raw, Status> {
    let mut value = ptr::null_mut();
    // SAFETY: pointer and length describe `text`; V8 copies it.
    check(unsafe { sys::napi_create_string_utf8(env, text.as_ptr().cast(), text.len() as isize, &raw mut value) })?;
    Ok(value)
}

pub(crate) fn type_of(env: Env, value: Raw) -> sys::napi_valuetype {
    let mut kind = sys::ValueType::napi_undefined;
    // SAFETY: `value` belongs to the running call.
    unsafe { sys::napi_typeof(env, value, &raw mut kind) };
    kind
}

/// Declares predicates of the shape `(env, value, *mut bool)`.
macro_rules! predicates {
    ($($name:ident = $function:ident;)*) => {$(
        pub(crate) fn $name(env: Env, value: Raw) -> bool {
            let mut answer = false;
            // SAFETY: `value` belongs to the running call; on failure the answer stays false.
            unsafe { sys::$function(env, value, &raw mut answer) };
            answer
        }
    )*};
}

predicates! {
    is_array = napi_is_array;
    is_arraybuffer = napi_is_arraybuffer;
    is_detached = napi_is_detached_arraybuffer;
    is_date = napi_is_date;
    is_error = napi_is_error;
    is_typed_array = napi_is_typedarray;
}

pub(crate) fn set_element(env: Env, array: Raw, index: u32, value: Raw) -> Result<(), Status> {
    // SAFETY: both values belong to the running call.
    check(unsafe { sys::napi_set_element(env, array, index, value) })
}

pub(crate) fn element(env: Env, array: Raw, index: u32) -> Result<Raw, Status> {
    let mut value = ptr::null_mut();
    // SAFETY: `array` belongs to the running call.
    check(unsafe { sys::napi_get_element(env, array, index, &raw mut value) })?;
    Ok(value)
}

/// How many elements an array has; an error for anything else.
pub(crate) fn array_length(env: Env, array: Raw) -> Result<u32, Status> {
    let mut length = 0;
    // SAFETY: `array` belongs to the running call.
    check(unsafe { sys::napi_get_array_length(env, array, &raw mut length) })?;
    Ok(length)
}

pub(crate) fn property(env: Env, object: Raw, key: Raw) -> Result<Raw, Status> {
    let mut value = ptr::null_mut();
    // SAFETY: both values belong to the running call.
    check(unsafe { sys::napi_get_property(env, object, key, &raw mut value) })?;
    Ok(value)
}

pub(crate) fn set_property(env: Env, object: Raw, key: Raw, value: Raw) -> Result<(), Status> {
    // SAFETY: all three values belong to the running call.
    check(unsafe { sys::napi_set_property(env, object, key, value) })
}

pub(crate) fn named(env: Env, object: Raw, name: &std::ffi::CStr) -> Result<Raw, Status> {
    let mut value = ptr::null_mut();
    // SAFETY: `object` belongs to the running call and the name is terminated.
    check(unsafe { sys::napi_get_named_property(env, object, name.as_ptr(), &raw mut value) })?;
    Ok(value)
}

pub(crate) fn set_named(env: Env, object: Raw, name: &str, value: Raw) -> Result<(), Status> {
    set_property(env, object, string(env, name)?, value)
}

#[inline]
pub(crate) fn call(env: Env, this: Raw, function: Raw, arguments: &[Raw]) -> Result<Raw, Status> {
    let mut value = ptr::null_mut();
    // SAFETY: all values belong to the running call; pointer and length describe `arguments`.
    check(unsafe {
        sys::napi_call_function(env, this, function, arguments.len(), arguments.as_ptr(), &raw mut value)
    })?;
    Ok(value)
}

pub(crate) fn is_exception_pending(env: Env) -> bool {
    let mut pending = false;
    // SAFETY: no argument but the environment.
    unsafe { sys::napi_is_exception_pending(env, &raw mut pending) };
    pending
}

/// Takes the exception that is pending, so that further calls work.
pub(crate) fn take_exception(env: Env) -> Option<Raw> {
    if !is_exception_pending(env) {
        return None;
    }
    let mut value = ptr::null_mut();
    // SAFETY: an exception is pending.
    check(unsafe { sys::napi_get_and_clear_last_exception(env, &raw mut value) }).ok()?;
    Some(value)
}

pub(crate) fn throw(env: Env, value: Raw) {
    // SAFETY: `value` belongs to the running call.
    unsafe { sys::napi_throw(env, value) };
}

/// Makes a function; `data` must stay valid as long as the function can be called.
pub(crate) fn function(env: Env, name: &str, callback: sys::napi_callback, data: *mut c_void) -> Result<Raw, Status> {
    let mut value = ptr::null_mut();
    // SAFETY: pointer and length describe `name`; the caller answers for `data`.
    check(unsafe {
        sys::napi_create_function(env, name.as_ptr().cast(), name.len() as isize, callback, data, &raw mut value)
    })?;
    Ok(value)
}

/// A handle scope: values made while it lives are let go when it is dropped.
pub(crate) struct HandleScope(Env, sys::napi_handle_scope);

impl HandleScope {
    #[inline]
    pub(crate) fn open(env: Env) -> Result<Self, Status> {
        let mut scope = ptr::null_mut();
        // SAFETY: opened and closed in stack order by this guard.
        check(unsafe { sys::napi_open_handle_scope(env, &raw mut scope) })?;
        Ok(Self(env, scope))
    }
}

impl Drop for HandleScope {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this guard opened it and guards are dropped in reverse order.
        unsafe { sys::napi_close_handle_scope(self.0, self.1) };
    }
}

/// A reference to a JavaScript value, counted by hand. Made, used and deleted on the JavaScript thread only.
pub(crate) struct Reference {
    env: Env,
    raw: sys::napi_ref,
}

impl Reference {
    /// `count` 0 is weak.
    pub(crate) fn new(env: Env, value: Raw, count: u32) -> Result<Self, Status> {
        let mut raw = ptr::null_mut();
        // SAFETY: `value` belongs to the running call.
        check(unsafe { sys::napi_create_reference(env, value, count, &raw mut raw) })?;
        Ok(Self { env, raw })
    }

    /// The value, unless a weak reference's was collected.
    #[inline]
    pub(crate) fn get(&self) -> Option<Raw> {
        let mut value = ptr::null_mut();
        // SAFETY: the reference is alive until `self` is dropped.
        let status = unsafe { sys::napi_get_reference_value(self.env, self.raw, &raw mut value) };
        (status == sys::Status::napi_ok && !value.is_null()).then_some(value)
    }

    pub(crate) fn strengthen(&self) {
        // SAFETY: as above; the new count is not needed.
        unsafe { sys::napi_reference_ref(self.env, self.raw, ptr::null_mut()) };
    }

    pub(crate) fn weaken(&self) {
        // SAFETY: as above; paired with `strengthen`.
        unsafe { sys::napi_reference_unref(self.env, self.raw, ptr::null_mut()) };
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        // SAFETY: deleted once. The environment outlives every `Reference`: all are owned by its state, which lets them go
        // in its cleanup hook at the latest.
        unsafe { sys::napi_delete_reference(self.env, self.raw) };
    }
}
