//! PostgreSQL: a pool of pipelined connections, statements that are cancelled on the server, rows packed as they arrive.

// An error has the server's own fields; it is made once per failure, and boxing it would hide them from the spec.
#![allow(clippy::result_large_err)]

mod cancel;
mod config;
mod connection;
mod error;
mod execution;
mod lease;
mod members;
mod pool;
mod socket;
mod statement;
mod tls;
mod turn;

pub use config::Options;
pub use error::Error;
pub use pool::{Pool, PoolState};
