//! What threads share: bounded queues of bytes, and jobs that are signalled, retained and released.
//!
//! A queue and a job have an id by which any thread of the process opens its own reference. Waiting is one step and taking another, so
//! a waiter that is stopped in between has taken nothing.
#![forbid(unsafe_code)]

mod error;
mod job;
mod notifier;
mod queue;
mod shared;

pub use error::Error;
pub use job::Job;
pub use notifier::Notifier;
pub use queue::Queue;
