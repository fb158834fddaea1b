//! The synchronisation primitives, swapped for loom's when the concurrent parts are model-checked
//! (`RUSTFLAGS="--cfg ferrule_loom"`; the cfg has its own name because Tokio reads `loom` too).

#[cfg(ferrule_loom)]
pub(crate) use loom::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering, fence},
    },
    thread::yield_now,
};
#[cfg(not(ferrule_loom))]
pub(crate) use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicUsize, Ordering, fence},
    },
    thread::yield_now,
};
