//! Copies: every file appears whole or not at all.

use std::{
    fs::{self, File, FileTimes, Metadata},
    io,
    path::Path,
};

use crate::{
    Checkpoint, Error, attributes,
    checkpoint::CHUNK,
    error::At as _,
    folder, path,
    remove::remove_at,
    source::Source,
    target::Target,
    temporary::{Existing as Names, Temporary},
};

/// What becomes of a file that stands where one is to be copied or moved to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    /// It is replaced.
    #[default]
    Replace,
    /// It stays, and the one that would have replaced it is left out.
    Skip,
    /// It is an error.
    Error,
}

/// How something is copied.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CopyOptions {
    pub(crate) recursive: bool,
    pub(crate) existing: Existing,
    pub(crate) keep_times: bool,
}

/// Copies a file, behind links; with `recursive` a folder, in which links are copied as links. Permissions are kept, and on
/// Linux the attributes that users have set; times when `keep_times` is set. Gives the number of files and links copied.
///
/// # Errors
/// What the system refuses. The file that was being copied is not there then; of a folder the files before it are, unless the
/// folder is new.
pub fn copy(
    from: &str,
    to: &str,
    recursive: bool,
    existing: Existing,
    keep_times: bool,
    checkpoint: Checkpoint<'_>,
) -> Result<u64, Error> {
    checkpoint()?;
    let (from, to) = (path::parse(from)?, path::parse(to)?);
    let options = CopyOptions { recursive, existing, keep_times };
    copy_at(&from, &to, options, checkpoint)
}

pub(crate) fn copy_at(from: &Path, to: &Path, options: CopyOptions, checkpoint: Checkpoint<'_>) -> Result<u64, Error> {
    let metadata = fs::metadata(from).at("copy", from).map_err(|error| error.towards(to))?;
    if !metadata.is_dir() {
        return copy_file(from, to, options, checkpoint);
    }
    if !options.recursive {
        return Err(Error::as_if("copy", from, "EISDIR", "is a directory; pass { recursive: true }").towards(to));
    }
    refuse_inside(from, to)?;
    let is_new = !fs::exists(to).at("stat", to)?;
    let copied = copy_folder(from, to, options, checkpoint);
    if copied.is_err() && is_new {
        // Not stopped again: what was begun is taken back.
        let _ = remove_at(to, true, &crate::never_stop);
    }
    copied
}

/// A folder copied into itself would have no end.
pub(crate) fn refuse_inside(from: &Path, to: &Path) -> Result<(), Error> {
    let from_real = fs::canonicalize(from).at("copy", from)?;
    let mut above = Some(to);
    while let Some(folder) = above {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if let Ok(real) = fs::canonicalize(folder) {
            if !real.starts_with(&from_real) {
                return Ok(());
            }
            return Err(Error::as_if("copy", from, "ELOOP", "the destination lies inside of it").towards(to));
        }
        above = folder.parent();
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path, options: CopyOptions, checkpoint: Checkpoint<'_>) -> Result<u64, Error> {
    let mut copied = 0;
    // Folders are given their modes and times when all is in them: from the deepest up.
    let mut made = Vec::new();
    let mut left = vec![(from.to_owned(), to.to_owned())];
    while let Some((from, to)) = left.pop() {
        checkpoint()?;
        match folder::make(&to) {
            Err(Error::Exists { .. }) if fs::metadata(&to).is_ok_and(|metadata| metadata.is_dir()) => {}
            result => {
                result?;
                made.push((from.clone(), to.clone()));
            }
        }
        for entry in fs::read_dir(&from).at("list", &from)? {
            checkpoint()?;
            let entry = entry.at("list", &from)?;
            let kind = entry.file_type().at("stat", &entry.path())?;
            let to = to.join(entry.file_name());
            if kind.is_dir() {
                left.push((entry.path(), to));
            } else if kind.is_symlink() {
                copied += u64::from(copy_link(&entry.path(), &to, options.existing)?);
            } else {
                copied += copy_file(&entry.path(), &to, options, checkpoint)?;
            }
        }
    }
    for (from, to) in made.iter().rev() {
        let metadata = fs::metadata(from).at("stat", from)?;
        fs::set_permissions(to, metadata.permissions()).at("set the mode of", to)?;
        if options.keep_times {
            // Where folders can be opened; elsewhere they keep the time of the copy.
            if let Ok(folder) = File::open(to) {
                let _ = folder.set_times(times_of(&metadata));
            }
        }
    }
    Ok(copied)
}

pub(crate) fn copy_link(from: &Path, to: &Path, existing: Existing) -> Result<bool, Error> {
    let target = fs::read_link(from).at("read the link", from)?;
    match make_link(&target, from, to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match existing {
            Existing::Skip => Ok(false),
            Existing::Error => Err(Error::io("copy", from, &error).towards(to)),
            Existing::Replace => {
                // Beside it first, so that there is no moment without one.
                let beside = crate::temporary::folder_beside(to);
                make_link(&target, from, &beside).at("create the link", &beside)?;
                let renamed = fs::rename(&beside, to).at("replace", to);
                if renamed.is_err() {
                    let _ = fs::remove_file(&beside);
                }
                renamed.map(|()| true)
            }
        },
        made => made.at("copy", from).map_err(|error| error.towards(to)).map(|()| true),
    }
}

#[cfg(unix)]
fn make_link(target: &Path, _: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, to)
}

#[cfg(windows)]
fn make_link(target: &Path, from: &Path, to: &Path) -> io::Result<()> {
    if fs::metadata(from).is_ok_and(|metadata| metadata.is_dir()) {
        std::os::windows::fs::symlink_dir(target, to)
    } else {
        std::os::windows::fs::symlink_file(target, to)
    }
}

fn copy_file(from: &Path, to: &Path, options: CopyOptions, checkpoint: Checkpoint<'_>) -> Result<u64, Error> {
    let source = Source::open(from).map_err(|error| error.towards(to))?;
    if !source.metadata.is_file() {
        return Err(Error::as_if("copy", from, "EINVAL", "a pipe, socket or device cannot be copied").towards(to));
    }
    let target = Target::of(to)?;
    target.refuse_folder().map_err(|error| error.towards(to))?;
    if let Some(there) = &target.metadata {
        match options.existing {
            Existing::Skip => return Ok(0),
            Existing::Error => return Err(Error::as_if("copy", from, "EEXIST", "file exists").towards(to)),
            Existing::Replace if is_same(&source.metadata, there) => {
                return Err(
                    Error::as_if("copy", from, "EINVAL", "source and destination are the same file").towards(to)
                );
            }
            Existing::Replace if !there.is_file() => {
                return Err(
                    Error::as_if("copy", from, "EINVAL", "the destination is a pipe, socket or device").towards(to)
                );
            }
            Existing::Replace => {}
        }
    }
    let metadata = source.metadata.clone();
    let temporary = Temporary::new(&target.path, 0o600, checkpoint)?;
    transfer(source, &temporary.file, &target.path, checkpoint).map_err(|error| error.towards(to))?;
    attributes::keep(from, &temporary.file, &target.path)?;
    temporary.file.set_permissions(metadata.permissions()).at("set the mode of", &target.path)?;
    if options.keep_times {
        temporary.file.set_times(times_of(&metadata)).at("set the times of", &target.path)?;
    }
    let names = if options.existing == Existing::Replace { Names::Replace } else { Names::Refuse };
    match temporary.persist(names, checkpoint) {
        Err(Error::Exists { .. }) if options.existing == Existing::Skip => Ok(0),
        persisted => persisted.map(|()| 1),
    }
}

#[cfg(unix)]
pub(crate) fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
pub(crate) fn is_same(_: &Metadata, _: &Metadata) -> bool {
    false
}

fn times_of(metadata: &Metadata) -> FileTimes {
    let mut times = FileTimes::new();
    if let Ok(modified) = metadata.modified() {
        times = times.set_modified(modified);
    }
    if let Ok(accessed) = metadata.accessed() {
        times = times.set_accessed(accessed);
    }
    times
}

/// All bytes of one file into another: shared where the file system can, inside of the kernel where it can, else by hand.
fn transfer(mut from: Source, to: &File, to_path: &Path, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    #[cfg(target_os = "linux")]
    if in_kernel::clone(&from.file, to) || in_kernel::copy(&from.file, to, to_path, checkpoint)? {
        return Ok(());
    }
    let mut piece = Vec::with_capacity(CHUNK);
    loop {
        piece.clear();
        if from.read(&mut piece, CHUNK, checkpoint)? == 0 {
            return Ok(());
        }
        io::Write::write_all(&mut &*to, &piece).at("write", to_path)?;
    }
}

#[cfg(target_os = "linux")]
mod in_kernel {
    use std::{fs::File, path::Path};

    use rustix::{
        fs::{copy_file_range, ioctl_ficlone},
        io::Errno,
    };

    use crate::{Checkpoint, Error, error::At as _};

    /// What the kernel copies between two looks at the checkpoint.
    const AT_ONCE: usize = 8 * 1024 * 1024;

    pub(super) fn clone(from: &File, to: &File) -> bool {
        ioctl_ficlone(to, from).is_ok()
    }

    /// False when nothing was copied and it has to be done by hand: the two file systems cannot, or the file's size is not told
    /// (/proc).
    pub(super) fn copy(from: &File, to: &File, to_path: &Path, checkpoint: Checkpoint<'_>) -> Result<bool, Error> {
        let mut any = false;
        loop {
            checkpoint()?;
            match copy_file_range(from, None, to, None, AT_ONCE) {
                Ok(0) => return Ok(any),
                Ok(_) => any = true,
                Err(Errno::INTR) => {}
                Err(Errno::XDEV | Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP | Errno::PERM | Errno::BADF)
                    if !any =>
                {
                    return Ok(false);
                }
                Err(error) => return Err(error).at("write", to_path),
            }
        }
    }
}
