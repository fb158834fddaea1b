//! One module for each rule of docs/rules.md, each function tiny; and what several rules meet in.

pub mod assign;
pub mod bigint;
pub mod boolean;
pub mod breaks;
pub mod bytes;
pub mod callback;
pub mod callbacks;
pub mod chain;
pub mod changed_copy;
pub mod choice;
pub mod classes;
pub mod clone;
pub mod collections;
pub mod compare;
pub mod constant;
pub mod constructor;
pub mod date;
pub mod default;
pub mod deref;
pub mod deref_value;
pub mod display;
pub mod display_result;
pub mod duration;
pub mod r#enum;
pub mod equals;
pub mod error;
pub mod extension;
pub mod field;
pub mod from;
pub mod from_str;
pub mod function;
pub mod gate;
pub mod generics;
pub mod handle;
pub mod hash;
pub mod index;
pub mod instance;
pub mod iterable;
pub mod iterator;
pub mod iterator_finite;
pub mod iterator_lazy;
pub mod iterators;
pub mod list;
pub mod map;
pub mod map_pairs;
pub mod method;
pub mod names;
pub mod nonzero;
pub mod number;
pub mod operator;
pub mod option;
pub mod ordering;
pub mod pair;
pub mod pairs;
pub mod panics;
pub mod promise;
pub mod range;
pub mod reader;
pub mod record;
pub mod result;
pub mod sink;
pub mod sink_length;
pub mod r#static;
pub mod text;
pub mod threads;
pub mod trait_method;
pub mod tuple;
pub mod value_method;
pub mod view_record;
pub mod views;
pub mod void;
pub mod wide_number;

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
