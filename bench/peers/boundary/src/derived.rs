//! The functions with `#[napi]`: owned `String` arguments and no `strict`, which is what its documentation shows first.

use crate::GREETING;
use napi::bindgen_prelude::Function;
use napi::threadsafe_function::{ThreadsafeFunction, ThreadsafeFunctionCallMode};
use napi::{Result, Status};
use napi_derive::napi;

#[napi(namespace = "derived")]
pub fn nothing() {}

#[napi(namespace = "derived")]
pub fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[napi(namespace = "derived")]
pub fn text_length(text: String) -> u32 {
    text.len() as u32
}

#[napi(namespace = "derived")]
pub fn greeting() -> &'static str {
    GREETING
}

#[napi(namespace = "derived")]
pub fn echo(text: String) -> String {
    text
}

#[napi(namespace = "derived")]
pub struct Gauge {
    limit: u32,
}

#[napi(namespace = "derived")]
impl Gauge {
    #[napi(constructor)]
    pub fn new(limit: u32) -> Self {
        Self { limit }
    }

    #[napi]
    pub fn accepts(&self, text: String) -> bool {
        text.len() <= self.limit as usize
    }
}

#[napi(namespace = "derived")]
pub fn call_sync(times: u32, callback: Function<i32, i32>) -> Result<i64> {
    let mut sum = 0;
    for index in 0..times {
        sum += i64::from(callback.call(index as i32)?);
    }
    Ok(sum)
}

/// Not "callee handled": JavaScript gets the bare number, which is the cheaper of the two forms.
type Queued = ThreadsafeFunction<i32, (), i32, Status, false>;

#[napi(namespace = "derived")]
pub fn call_queued(times: u32, callback: Queued) {
    std::thread::spawn(move || {
        for index in 0..times {
            callback.call(index as i32, ThreadsafeFunctionCallMode::NonBlocking);
        }
    });
}

#[napi(namespace = "derived")]
pub async fn add_async(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}
