//! Databases for a host language: an embedded SQLite, and PostgreSQL.
//!
//! Both engines take parameters as [`Value`]s, give rows as [`packed`] blocks, and fail with one [`Error`].

mod error;
pub mod packed;
pub mod postgres;
pub mod sqlite;
mod value;

pub use error::{Checkpoint, Error, Report, Result, Stop};
pub use value::{Integers, SAFE, Value};

/// The version of the SQLite that is linked in.
#[must_use]
pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}
