//! The sql system: SQLite and PostgreSQL over the `ferrule-sql` engine.

pub(crate) mod glue;
