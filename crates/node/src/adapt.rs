//! What glue calls in place of trait methods whose arguments exist in Rust alone.

use std::hash::{DefaultHasher, Hash, Hasher};

/// The value's hash by the standard library's `DefaultHasher` with its fixed keys: the same in every environment of every
/// process that runs this build. Another version of Rust or of the crate may give another.
pub fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
