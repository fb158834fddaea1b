//! SQLite, linked in.
//!
//! A [`Connection`] is used by one call at a time: its methods take it alone, and what waits for it waits outside. Every
//! statement is prepared once per connection and known by a number afterwards.

mod backup;
mod batch;
mod blobs;
mod call;
mod calling;
mod cells;
mod connection;
mod failure;
mod functions;
mod open;
mod run;
mod statements;
mod stream;

pub use connection::Connection;
