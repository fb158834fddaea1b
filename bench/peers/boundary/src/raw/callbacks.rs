//! Calling JavaScript: inside the native call, and from a thread of our own.

use super::arguments::{self, Thrown, finish, made, refuse};
use napi_sys::{Status, ThreadsafeFunctionCallMode, ThreadsafeFunctionReleaseMode};
use napi_sys::{napi_callback_info, napi_env, napi_threadsafe_function, napi_value};
use std::ffi::c_void;
use std::ptr;

pub(super) unsafe extern "C" fn call_sync(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe {
        arguments::read::<2>(env, info).and_then(|([times, callback], _)| {
            let times = arguments::uint32(env, times)?;
            let callback = arguments::function(env, callback)?;
            let mut receiver = ptr::null_mut();
            let status = napi_sys::napi_get_undefined(env, &mut receiver);
            made(env, status, receiver)?;
            let mut sum = 0;
            for index in 0..times {
                sum += i64::from(call_once(env, receiver, callback, index as i32)?);
            }
            let mut value = ptr::null_mut();
            let status = napi_sys::napi_create_int64(env, sum, &mut value);
            made(env, status, value)
        })
    })
}

/// One call in a handle scope of its own, so that a long loop does not pile handles up.
///
/// # Safety
/// `env` is that of the running callback; `receiver` and `callback` are handles of it.
#[inline]
unsafe fn call_once(env: napi_env, receiver: napi_value, callback: napi_value, number: i32) -> Result<i32, Thrown> {
    // SAFETY: the caller's promise; the scope is closed on the one way out below.
    unsafe {
        let mut scope = ptr::null_mut();
        if napi_sys::napi_open_handle_scope(env, &mut scope) != Status::napi_ok {
            return Err(refuse(env, c"no handle scope"));
        }
        let mut argument = ptr::null_mut();
        let mut result = ptr::null_mut();
        let mut status = napi_sys::napi_create_int32(env, number, &mut argument);
        if status == Status::napi_ok {
            status = napi_sys::napi_call_function(env, receiver, callback, 1, &argument, &mut result);
        }
        // After a throw the exception is pending and must not be touched: it is what the caller gets.
        let answer = if status == Status::napi_ok { arguments::int32(env, result) } else { Err(Thrown) };
        napi_sys::napi_close_handle_scope(env, scope);
        answer
    }
}

/// A thread-safe function that a thread of ours may use until it releases it.
struct Queue(napi_threadsafe_function);

// SAFETY: Node-API lets any thread that holds a thread-safe function call and release it.
unsafe impl Send for Queue {}

impl Queue {
    fn send(&self, number: i32) {
        // The number itself travels in the pointer: nothing is allocated per call on this side.
        let data = ptr::without_provenance_mut(number as usize);
        // SAFETY: this thread holds the function until `drop`. An unbounded queue refuses a call only while the environment
        // closes, when nobody is left to count it.
        unsafe { napi_sys::napi_call_threadsafe_function(self.0, data, ThreadsafeFunctionCallMode::nonblocking) };
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        // SAFETY: the one release that belongs to the one thread the function was made for.
        unsafe { napi_sys::napi_release_threadsafe_function(self.0, ThreadsafeFunctionReleaseMode::release) };
    }
}

pub(super) unsafe extern "C" fn call_queued(env: napi_env, info: napi_callback_info) -> napi_value {
    // SAFETY: Node passes the running callback's own environment and info.
    finish(unsafe {
        arguments::read::<2>(env, info).and_then(|([times, callback], _)| {
            let times = arguments::uint32(env, times)?;
            let callback = arguments::function(env, callback)?;
            let mut name = ptr::null_mut();
            let status = napi_sys::napi_create_string_utf8(env, c"callQueued".as_ptr(), 10, &mut name);
            made(env, status, name)?;
            let mut function = ptr::null_mut();
            let status = napi_sys::napi_create_threadsafe_function(
                env,
                callback,
                ptr::null_mut(),
                name,
                0,
                1,
                ptr::null_mut(),
                None,
                ptr::null_mut(),
                Some(deliver),
                &mut function,
            );
            made(env, status, ptr::null_mut())?;
            let queue = Queue(function);
            std::thread::spawn(move || {
                for index in 0..times {
                    queue.send(index as i32);
                }
            });
            Ok(ptr::null_mut())
        })
    })
}

unsafe extern "C" fn deliver(env: napi_env, callback: napi_value, _context: *mut c_void, data: *mut c_void) {
    if env.is_null() {
        return;
    }
    // SAFETY: Node calls this on the environment's thread inside a handle scope; a throw stays pending and Node reports it.
    unsafe {
        let (mut receiver, mut argument) = (ptr::null_mut(), ptr::null_mut());
        if napi_sys::napi_get_undefined(env, &mut receiver) == Status::napi_ok
            && napi_sys::napi_create_int32(env, data.addr() as i32, &mut argument) == Status::napi_ok
        {
            napi_sys::napi_call_function(env, receiver, callback, 1, &argument, ptr::null_mut());
        }
    }
}
