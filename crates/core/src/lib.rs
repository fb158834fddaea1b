//! The core of ferrule's boundary, without any Node in it.
//!
//! | module | what it owns |
//! |---|---|
//! | [`handle`] | native objects behind numbers: generations, types, parents, borrows |
//! | [`lane`] | one environment's async thread: a current-thread Tokio runtime |
//! | [`pool`] | the lane's threads for blocking and CPU-heavy work |
//! | [`cancel`] | the token that stops a call: by abort, by deadline, by teardown |
//! | [`queue`] | what native threads deliver to JavaScript, with one wake per batch |
//! | [`callback`] | JavaScript functions as native code sees them: policies, replies, refusals |
//! | [`environment`] | one JavaScript thread: everything above, and its teardown in three phases |
//! | [`lifecycle`] | the states of every long-lived object |
//! | [`contained`] | destructors that may panic |
//! | [`contract`] | what a binary promises: signatures, digests, masks, self-checks |
//! | [`error`] | the one error type, with its stable codes |
//!
//! A binding crate (`ferrule-node`) adds the conversions and the calls; engines know neither.
// The tests build submissions with `smallbox!`, whose expansion has an unsafe block of its own.
#![cfg_attr(not(test), forbid(unsafe_code))]

pub mod callback;
pub mod cancel;
pub mod contained;
pub use ferrule_contract as contract;
pub mod environment;
pub mod error;
pub mod gate;
pub mod handle;
pub mod lane;
pub mod lifecycle;
pub mod pool;
pub mod queue;
mod sync;
pub mod wake;
