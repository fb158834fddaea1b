//! Moves: a rename where that is possible, else a copy whose source is removed when the copy is whole.

use std::{fs, io, path::Path};

use crate::{
    Checkpoint, Error,
    copy::{CopyOptions, Existing, copy_at, copy_link, refuse_inside},
    error::At as _,
    never_stop, path,
    remove::remove_at,
    temporary::folder_beside,
};

/// Moves a file, a link or a folder. False when something was there and `existing` says to leave it.
///
/// # Errors
/// What the system refuses; then the source is whole. A folder replaces an empty folder only.
pub fn rename(from: &str, to: &str, existing: Existing, checkpoint: Checkpoint<'_>) -> Result<bool, Error> {
    checkpoint()?;
    let (from, to) = (path::parse(from)?, path::parse(to)?);
    let moved = if existing == Existing::Replace { fs::rename(&from, &to) } else { rename_to_nothing(&from, &to) };
    match moved {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => across(&from, &to, existing, checkpoint),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && existing == Existing::Skip => Ok(false),
        Err(error) => Err(Error::io("move", &from, &error).towards(&to)),
    }
}

#[cfg(target_os = "linux")]
fn rename_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS) => rename_after_looking(from, to),
        renamed => Ok(renamed?),
    }
}

#[cfg(not(target_os = "linux"))]
fn rename_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    rename_after_looking(from, to)
}

/// Where the system cannot do both at once: what appears in between is replaced.
fn rename_after_looking(from: &Path, to: &Path) -> io::Result<()> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(from, to)
}

/// Built beside its new place first: what is at that place stays until the copy is whole.
fn across(from: &Path, to: &Path, existing: Existing, checkpoint: Checkpoint<'_>) -> Result<bool, Error> {
    let metadata = fs::symlink_metadata(from).at("move", from)?;
    if metadata.is_dir() {
        refuse_inside(from, to)?;
    }
    if existing != Existing::Replace && fs::symlink_metadata(to).is_ok() {
        if existing == Existing::Skip {
            return Ok(false);
        }
        return Err(Error::as_if("move", from, "EEXIST", "file exists").towards(to));
    }
    let beside = folder_beside(to);
    if metadata.is_symlink() {
        copy_link(from, &beside, Existing::Error)?;
    } else {
        let options = CopyOptions { recursive: true, existing: Existing::Error, keep_times: true };
        copy_at(from, &beside, options, checkpoint)?;
    }
    let renamed = match existing {
        Existing::Replace => fs::rename(&beside, to),
        _ => rename_to_nothing(&beside, to),
    };
    if let Err(error) = renamed {
        let _ = remove_at(&beside, true, &never_stop);
        return Err(Error::io("move", from, &error).towards(to));
    }
    // The copy is whole: a stop in the middle of this would leave a half.
    remove_at(from, true, &never_stop)?;
    Ok(true)
}
