//! `promise`: whichever way a function says that it is async.
use std::future::Future;
use std::pin::Pin;

use crate::error::LimitError;

pub async fn tripled(value: u32) -> u32 {
    value * 3
}

pub fn halved_soon(value: u32) -> impl Future<Output = Result<u32, LimitError>> + Send {
    async move {
        match value % 2 {
            0 => Ok(value / 2),
            _ => Err(LimitError::High),
        }
    }
}

pub fn boxed_soon(text: String) -> Pin<Box<dyn Future<Output = String> + Send>> {
    Box::pin(async move { text + "!" })
}
