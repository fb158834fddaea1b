//! Two peers of ferrule's boundary, doing the same work: `raw`, written by hand against Node-API, and `derived`, exported with
//! napi-rs' `#[napi]` as its users write it. JavaScript sees them as `peers.raw` and `peers.derived`.

mod derived;
mod raw;

use napi::bindgen_prelude::{JsObjectValue, Object};
use napi::{Env, JsValue, Result, check_status};
use napi_derive::napi;

/// What `greeting()` answers on every side: sixteen ASCII bytes.
const GREETING: &str = "hello from Rust!";

#[napi(module_exports)]
pub fn export_raw(mut exports: Object, env: Env) -> Result<()> {
    let raw_exports = Object::new(&env)?;
    // SAFETY: the environment and the object are alive: Node is loading this module on this thread.
    let status = unsafe { raw::register(env.raw(), raw_exports.raw()) };
    check_status!(status, "Failed to register the raw Node-API peer")?;
    exports.set_named_property("raw", raw_exports)
}
