//! SQLite's failures as errors of this crate.

use rusqlite::ffi;

use super::call::Call;
use crate::{
    error::{Error, Report},
    packed::units_of,
};

/// The error of a statement; one of a call that was stopped is that.
#[cold]
pub(super) fn failed(error: rusqlite::Error, sql: &str, call: &Call) -> Error {
    if call.is_stopped() { Error::Stopped } else { described(error, sql) }
}

/// The error without a look at the call.
#[cold]
pub(super) fn described(error: rusqlite::Error, sql: &str) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let message = message.unwrap_or_else(|| failure.to_string());
            reported(failure, message, None)
        }
        rusqlite::Error::SqlInputError { error, msg, offset, .. } => {
            let before = usize::try_from(offset).ok().and_then(|offset| sql.get(..offset));
            reported(error, msg, before.map(units_of))
        }
        rusqlite::Error::MultipleStatement => {
            syntax("the SQL has several statements, expected one; a script runs several, without parameters")
        }
        rusqlite::Error::Empty => syntax("the SQL has no statement"),
        rusqlite::Error::NulError(_) => syntax("the SQL has a NUL character"),
        other => Error::Query { report: Box::new(Report::of(other.to_string())) },
    }
}

/// SQL that is refused before SQLite sees it.
pub(super) fn syntax(message: &str) -> Error {
    Error::Syntax { report: Box::new(Report::of(message)) }
}

fn reported(failure: ffi::Error, message: String, position: Option<u32>) -> Error {
    use rusqlite::ErrorCode as Code;
    let mut report = Report {
        extended_code: Some(code_name(failure.extended_code)),
        position,
        retryable: matches!(failure.code, Code::DatabaseBusy | Code::DatabaseLocked),
        ..Report::of(message)
    };
    let is_constraint = failure.code == Code::ConstraintViolation;
    if is_constraint {
        tell_constraint(&mut report);
    }
    let report = Box::new(report);
    match failure.code {
        Code::ConstraintViolation => Error::Constraint { report },
        Code::DatabaseBusy | Code::DatabaseLocked => Error::Busy { report },
        Code::DiskFull => Error::Full { report },
        // A file that may not grow says so as a failed write.
        Code::SystemIoFailure if failure.extended_code == ffi::SQLITE_IOERR_WRITE => Error::Full { report },
        Code::DatabaseCorrupt | Code::NotADatabase => Error::Corrupt { report },
        Code::ReadOnly | Code::PermissionDenied | Code::AuthorizationForStatementDenied => Error::Denied { report },
        Code::CannotOpen => Error::Connection { report },
        Code::Unknown if failure.extended_code == ffi::SQLITE_ERROR => Error::Syntax { report },
        _ => Error::Query { report },
    }
}

/// Reads `UNIQUE constraint failed: t.a, t.b` and its like.
fn tell_constraint(report: &mut Report) {
    let Some((_, what)) = report.message.split_once(" constraint failed: ") else { return };
    let first = what.split(", ").next().unwrap_or(what);
    match first.split_once('.') {
        Some((table, column)) => {
            report.table = Some(table.to_owned());
            report.column = Some(column.to_owned());
        }
        None => report.constraint = Some(what.trim_start_matches("index ").trim_matches('\'').to_owned()),
    }
}

/// `SQLITE_CONSTRAINT_UNIQUE` of 2067.
fn code_name(code: i32) -> String {
    for (known, name) in NAMES {
        if *known == code {
            return (*name).to_owned();
        }
    }
    for (known, name) in NAMES {
        if *known == code & 0xFF {
            return format!("{name} ({code})");
        }
    }
    format!("SQLITE_{code}")
}

macro_rules! names {
    ($($name:ident)*) => { &[$((ffi::$name, stringify!($name))),*] };
}

/// The codes that users meet, by <https://sqlite.org/rescode.html>.
const NAMES: &[(i32, &str)] = names! {
    SQLITE_ERROR SQLITE_INTERNAL SQLITE_PERM SQLITE_ABORT SQLITE_BUSY SQLITE_LOCKED SQLITE_NOMEM SQLITE_READONLY
    SQLITE_INTERRUPT SQLITE_IOERR SQLITE_CORRUPT SQLITE_NOTFOUND SQLITE_FULL SQLITE_CANTOPEN SQLITE_PROTOCOL
    SQLITE_SCHEMA SQLITE_TOOBIG SQLITE_CONSTRAINT SQLITE_MISMATCH SQLITE_MISUSE SQLITE_NOLFS SQLITE_AUTH
    SQLITE_RANGE SQLITE_NOTADB
    SQLITE_CONSTRAINT_CHECK SQLITE_CONSTRAINT_COMMITHOOK SQLITE_CONSTRAINT_FOREIGNKEY SQLITE_CONSTRAINT_FUNCTION
    SQLITE_CONSTRAINT_NOTNULL SQLITE_CONSTRAINT_PRIMARYKEY SQLITE_CONSTRAINT_TRIGGER SQLITE_CONSTRAINT_UNIQUE
    SQLITE_CONSTRAINT_VTAB SQLITE_CONSTRAINT_ROWID SQLITE_CONSTRAINT_DATATYPE
    SQLITE_BUSY_RECOVERY SQLITE_BUSY_SNAPSHOT SQLITE_LOCKED_SHAREDCACHE
    SQLITE_READONLY_RECOVERY SQLITE_READONLY_CANTLOCK SQLITE_READONLY_ROLLBACK SQLITE_READONLY_DBMOVED
    SQLITE_READONLY_DIRECTORY
    SQLITE_IOERR_READ SQLITE_IOERR_SHORT_READ SQLITE_IOERR_WRITE SQLITE_IOERR_FSYNC SQLITE_IOERR_TRUNCATE
    SQLITE_IOERR_FSTAT SQLITE_IOERR_LOCK SQLITE_IOERR_ACCESS SQLITE_IOERR_SHMSIZE
    SQLITE_CANTOPEN_ISDIR SQLITE_CANTOPEN_FULLPATH SQLITE_CANTOPEN_SYMLINK
    SQLITE_CORRUPT_VTAB SQLITE_CORRUPT_INDEX SQLITE_ABORT_ROLLBACK
};
