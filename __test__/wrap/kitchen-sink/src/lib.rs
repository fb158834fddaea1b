//! One module for each rule of docs/rules.md, each function tiny.

pub mod byte_arrays;
pub mod callbacks;
pub mod classes;
pub mod collections;
pub mod enums;
pub mod generics;
pub mod hostile;
pub mod numbers;
pub mod options;
pub mod pairs;
pub mod readers;
pub mod records;
pub mod results;
pub mod sinks;
pub mod texts;
pub mod threads;
pub mod times;
pub mod views;

/// A constant of the crate.
pub const ANSWER: u32 = 42;
pub const GREETING: &str = "hello";

#[doc(hidden)]
pub mod hidden {
    pub fn unseen() {}
}

#[macro_export]
macro_rules! nothing {
    () => {};
}
