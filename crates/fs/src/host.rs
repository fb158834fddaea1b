//! The same functions for callers that have no records.

use crate::{Checkpoint, Error, Fsync, WriteOptions, write};

/// [`write`](crate::write) with each option on its own.
///
/// # Errors
/// Those of [`write`](crate::write).
#[allow(clippy::too_many_arguments, clippy::fn_params_excessive_bools, reason = "the boundary has no records")]
pub fn write_bytes(
    path: &str,
    bytes: &[u8],
    atomic: bool,
    mode: Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    overwrite: bool,
    checkpoint: Checkpoint<'_>,
) -> Result<(), Error> {
    write(path, bytes, &WriteOptions { atomic, mode, fsync, create_folders, overwrite }, checkpoint)
}

/// [`write_bytes`] of a text.
///
/// # Errors
/// Those of [`write`](crate::write).
#[allow(clippy::too_many_arguments, clippy::fn_params_excessive_bools, reason = "the boundary has no records")]
pub fn write_text(
    path: &str,
    text: &str,
    atomic: bool,
    mode: Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    overwrite: bool,
    checkpoint: Checkpoint<'_>,
) -> Result<(), Error> {
    write_bytes(path, text.as_bytes(), atomic, mode, fsync, create_folders, overwrite, checkpoint)
}

/// [`append`](crate::append) of a text.
///
/// # Errors
/// Those of [`append`](crate::append).
pub fn append_text(
    path: &str,
    text: &str,
    mode: Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    checkpoint: Checkpoint<'_>,
) -> Result<(), Error> {
    crate::append(path, text.as_bytes(), mode, fsync, create_folders, checkpoint)
}
