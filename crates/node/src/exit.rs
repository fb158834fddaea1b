//! The one listener of `exit` that all libraries on this boundary share in a JavaScript thread.
//!
//! Node warns of the eleventh listener of an event, and a process may load more libraries than that. The first that listens puts an
//! array at `process[Symbol.for("ferrule.exit.1")]` and will call what is in it; the others add a function to the array. They may
//! be of other versions: the number in the key changes when something else than an array of functions is shared.

use std::ptr;

use napi_sys as sys;

use crate::{
    failure::Failure,
    js::{self, Env, Raw, Status},
};

/// Has `close` called, without arguments, when the thread's `process` emits `exit`. Where there is no `process`, nothing emits it.
pub(crate) fn listen(env: Env, close: Raw) -> Result<(), Failure> {
    let Ok(process) = js::named(env, js::global(env)?, c"process") else { return Ok(()) };
    let Ok(on) = js::named(env, process, c"on") else { return Ok(()) };
    if js::type_of(env, on) != sys::ValueType::napi_function {
        return Ok(());
    }
    let key = shared_key(env)?;
    let shared = js::property(env, process, key)?;
    if js::is_array(env, shared) {
        let end = js::array_length(env, shared)?;
        js::set_element(env, shared, end, close)?;
        return Ok(());
    }
    let shared = js::array(env, 1)?;
    js::set_element(env, shared, 0, close)?;
    js::set_property(env, process, key, shared)?;
    let listener = js::function(env, "closeBoundaries", Some(close_all), ptr::null_mut())?;
    js::call(env, process, on, &[js::string(env, "exit")?, listener])?;
    Ok(())
}

fn shared_key(env: Env) -> Result<Raw, Status> {
    let symbol = js::named(env, js::global(env)?, c"Symbol")?;
    js::call(env, symbol, js::named(env, symbol, c"for")?, &[js::string(env, "ferrule.exit.1")?])
}

unsafe extern "C" fn close_all(env: Env, _: sys::napi_callback_info) -> Raw {
    // Without the array there is nothing to call, and nobody to tell.
    let _ = close_each(env);
    let _ = js::take_exception(env);
    ptr::null_mut()
}

fn close_each(env: Env) -> Result<(), Status> {
    let process = js::named(env, js::global(env)?, c"process")?;
    let shared = js::property(env, process, shared_key(env)?)?;
    for index in 0..js::array_length(env, shared)? {
        let close = js::element(env, shared, index)?;
        if js::call(env, process, close, &[]).is_err() {
            // The fault of one library keeps no other from ending.
            let _ = js::take_exception(env);
        }
    }
    Ok(())
}
