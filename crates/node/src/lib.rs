//! The Node side of ferrule's boundary: plain Rust functions in, checked exports out.
//!
//! ```ignore
//! use ferrule_node::{New, Object, System};
//!
//! struct Counter(u32);
//! impl Object for Counter { const NAME: &'static str = "Counter"; }
//!
//! fn create(start: u32) -> New<Counter> { New::of(Counter(start)) }
//! fn add(counter: &mut Counter, amount: u32) -> u32 { counter.0 += amount; counter.0 }
//!
//! fn register(system: &mut System) {
//!     system.sync("create", &["start"], create).sync("add", &["counter", "amount"], add);
//! }
//! ferrule_node::addon! { "counter" => register }
//! ```
//!
//! A system passes through three kinds of export: [`System::sync`], [`System::blocking`] (the pool, with a Sync door from
//! the same function) and [`System::future`] (the lane, with a Sync door). Everything `unsafe` stays in this crate.
//!
//! Every Node-API call here is made on its environment's JavaScript thread, except `napi_call_threadsafe_function`, which
//! [`environment`] guards with a gate.

// `napi_value` is a pointer type by name only: it is never followed, and exporting a conversion gives nobody one to forge.
#![allow(clippy::not_unsafe_ptr_arg_deref)]
// A refusal is boxed from birth to its last step, so that results on the hot path stay two words.
#![allow(clippy::unnecessary_box_returns)]
// Implementations keep the trait's own spelling of `convert`.
#![allow(clippy::needless_lifetimes)]

#[doc(hidden)]
pub mod adapt;
mod ahead;
mod arena;
mod async_export;
mod callback;
mod consumable;
mod convert;
mod copy;
#[doc(hidden)]
pub mod describe;
mod drain;
mod environment;
mod exit;
mod failure;
mod js;
#[cfg(feature = "json")]
#[doc(hidden)]
pub mod json;
mod lending;
mod log;
mod magazine;
mod management;
mod module;
mod object;
#[doc(hidden)]
pub mod pair;
mod panic;
mod pin;
mod scope;
#[doc(hidden)]
pub mod stream;
mod sync_export;
mod system;
mod throws;
mod waiting;

pub use ahead::{Ahead, Items};
pub use async_export::Lending;
pub use callback::{Blocking, Callback, Queued};
pub use consumable::Consumable;
pub use convert::{
    AsyncParam, IntoJs, Param,
    bytes::{ByteArray, Bytes},
    fitting,
    number::{BigI64, BigI128, BigU64, BigU128, Milliseconds},
    packed::Packed,
    packed_scalars::PackedScalars,
    scalar::Scalar,
    union::{union_convert, union_gather, union_length, union_own, union_tag},
};
pub use failure::{Failure, Refusal, Thrown};
pub use ferrule_core as core;
pub use lending::{Exclusive, Shared};
pub use magazine::Magazines;
pub use module::Registration;
pub use object::{New, NewBound, Object, This};
pub use scope::Scope;
pub use system::System;
pub use throws::Throws;
#[doc(hidden)]
pub use {module::register_module, napi_sys as sys};
