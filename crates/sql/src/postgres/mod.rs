//! PostgreSQL: a pool of pipelined connections, statements that are cancelled on the server, rows packed as they arrive.

mod cancel;
mod config;
mod connection;
mod copy;
mod copy_rows;
mod cursor;
mod decode;
mod encode;
mod encryption;
mod errand;
mod error;
mod execution;
mod held;
mod lease;
mod listen;
mod members;
mod owner;
mod place;
mod pool;
mod query;
mod session;
mod shape;
mod socket;
mod statement;
mod tls;
mod told;
mod turn;
mod value;

pub use config::Options;
pub use copy::{CopyIn, CopyOut};
pub use cursor::Cursor;
pub use listen::{Heard, Listener};
pub use pool::Pool;
pub use session::{Isolation, Session};
