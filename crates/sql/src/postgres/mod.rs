//! PostgreSQL: a pool of pipelined connections, statements that are cancelled on the server, rows packed as they arrive.

mod cancel;
mod config;
mod connection;
mod copy;
mod cursor;
mod decode;
mod encode;
mod error;
mod execution;
mod lease;
mod listen;
mod members;
mod pool;
mod query;
mod session;
mod shape;
mod socket;
mod statement;
mod tls;
mod turn;

pub use config::Options;
pub use copy::{CopyIn, CopyOut};
pub use cursor::Cursor;
pub use error::{Error, Said};
pub use listen::{Heard, Listener};
pub use pool::{Pool, PoolState};
pub use query::Rows;
pub use session::{Isolation, Session};
