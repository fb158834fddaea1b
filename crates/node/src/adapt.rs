//! What glue calls in place of trait methods whose arguments exist in Rust alone.

use std::{
    future::poll_fn,
    hash::{DefaultHasher, Hash, Hasher},
    pin::Pin,
};

use futures_core::Stream;

/// The value's hash by the standard library's `DefaultHasher` with its fixed keys: the same in every environment of every
/// process that runs this build. Another version of Rust or of the crate may give another.
pub fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The stream's next item.
pub async fn next<S: Stream + Unpin + ?Sized>(mut stream: &mut S) -> Option<S::Item> {
    poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await
}

/// The same of a stream whose items may be errors.
pub async fn try_next<T, E, S: Stream<Item = Result<T, E>> + Unpin + ?Sized>(stream: &mut S) -> Result<Option<T>, E> {
    next(stream).await.transpose()
}

/// The value as it is: what reads or writes it stands around the call.
pub fn same<T>(value: T) -> T {
    value
}
