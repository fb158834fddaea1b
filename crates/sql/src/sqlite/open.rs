//! Opening a database file.

use std::{sync::Arc, time::Duration};

use rusqlite::{OpenFlags, config::DbConfig};

use super::{
    call::{Call, STEPS},
    failure::{described, syntax},
};
use crate::error::{Error, Result};

/// Every statement is kept until it is forgotten: their number is bounded by who prepares them.
const STATEMENTS: usize = 1 << 20;

// As they cross the boundary, one by one.
#[allow(clippy::fn_params_excessive_bools)]
pub(super) fn open(
    path: &str,
    read_only: bool,
    create: bool,
    wal: bool,
    busy: Duration,
    foreign_keys: bool,
    synchronous: &str,
) -> Result<(rusqlite::Connection, Arc<Call>)> {
    if path.contains('\0') {
        return Err(syntax("the path of the database has a NUL character"));
    }
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_EXRESCODE;
    flags |= if read_only { OpenFlags::SQLITE_OPEN_READ_ONLY } else { OpenFlags::SQLITE_OPEN_READ_WRITE };
    if create && !read_only {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    // A name that begins with `:` is none of a file; every other is, whatever it looks like.
    let place = if path == ":memory:" { path.to_owned() } else { as_file(path) };
    let call = Call::new(busy);
    let opened = || -> rusqlite::Result<rusqlite::Connection> {
        let mut db = rusqlite::Connection::open_with_flags(&place, flags)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        let asked = Arc::clone(&call);
        db.progress_handler(STEPS, Some(move || asked.is_stopped()))?;
        let waiting = Arc::clone(&call);
        db.busy_handler(Some(move |looks| waiting.wait_for_lock(looks)))?;
        // Text in double quotes is a name, never a string; a schema from elsewhere runs no code of its own.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, foreign_keys)?;
        if wal && !read_only && path != ":memory:" {
            // What cannot have one (a disk over the network) keeps the journal that it has.
            db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
        }
        // A file that is no database is told when it is opened, not later; and who has read from a journal removes it at the end.
        db.query_row("select count(*) from sqlite_schema", [], |_| Ok(()))?;
        db.pragma_update(None, "synchronous", synchronous)?;
        Ok(db)
    };
    opened().map(|db| (db, Arc::clone(&call))).map_err(|error| match described(error, "") {
        Error::Query { report } => Error::Connection { report },
        other => other,
    })
}

/// A path that SQLite cannot take for anything else.
fn as_file(path: &str) -> String {
    if path.starts_with(':') || path.starts_with("file:") || path.is_empty() {
        format!("./{path}")
    } else {
        path.to_owned()
    }
}
