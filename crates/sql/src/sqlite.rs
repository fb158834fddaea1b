//! SQLite, linked in.
//!
//! A [`Connection`] is used by one call at a time: its methods take it alone, and what waits for it waits outside. Every
//! statement is prepared once per connection and known by a number afterwards.

mod batch;
mod call;
mod cells;
mod connection;
mod failure;
mod open;
mod run;
mod statements;
mod stream;

pub use connection::Connection;
