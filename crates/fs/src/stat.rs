//! What the system knows of an entry.

use std::{
    fs::{self, FileType, Metadata},
    io,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::{Error, error::At as _, path};

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bytes with a name.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, a socket, a device.
    Other,
}

impl Kind {
    pub(crate) fn of(kind: FileType) -> Self {
        if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else if kind.is_symlink() {
            Self::Link
        } else {
            Self::Other
        }
    }
}

/// What the system knows of an entry. Times are nanoseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the system's")]
pub struct Stat {
    pub kind: Kind,
    pub size: u64,
    /// Permissions with the three bits above them; on Windows 0o444 or 0o666.
    pub mode: u32,
    pub links: u64,
    pub uid: u32,
    pub gid: u32,
    pub device: u64,
    pub inode: u64,
    pub modified: i64,
    pub accessed: i64,
    pub changed: i64,
    /// Where the file system tells it.
    pub born: Option<i64>,
}

/// What is at `path`, behind links when `follow` is set.
///
/// # Errors
/// What the system refuses.
pub fn stat(path: &str, follow: bool) -> Result<Stat, Error> {
    let path = path::parse(path)?;
    let metadata = if follow { fs::metadata(&path) } else { fs::symlink_metadata(&path) };
    Ok(Stat::of(&metadata.at("stat", &path)?))
}

/// Whether something is at `path`, itself and not what a link points to.
///
/// # Errors
/// What the system refuses, where that leaves the question open: a folder on the way that may not be looked into.
pub fn exists(path: &str) -> Result<bool, Error> {
    let path = path::parse(path)?;
    match fs::symlink_metadata(&path) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(Error::io("stat", &path, &error)),
    }
}

impl Stat {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let at = |seconds: i64, nanoseconds: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds);
        Self {
            kind: Kind::of(metadata.file_type()),
            size: metadata.size(),
            mode: metadata.mode() & 0o7777,
            links: metadata.nlink(),
            uid: metadata.uid(),
            gid: metadata.gid(),
            device: metadata.dev(),
            inode: metadata.ino(),
            modified: at(metadata.mtime(), metadata.mtime_nsec()),
            accessed: at(metadata.atime(), metadata.atime_nsec()),
            changed: at(metadata.ctime(), metadata.ctime_nsec()),
            born: metadata.created().ok().map(nanoseconds),
        }
    }

    #[cfg(not(unix))]
    fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().map(nanoseconds).unwrap_or_default();
        Self {
            kind: Kind::of(metadata.file_type()),
            size: metadata.len(),
            mode: if metadata.permissions().readonly() { 0o444 } else { 0o666 },
            links: 1,
            uid: 0,
            gid: 0,
            device: 0,
            inode: 0,
            modified,
            accessed: metadata.accessed().map(nanoseconds).unwrap_or_default(),
            changed: modified,
            born: metadata.created().ok().map(nanoseconds),
        }
    }
}

fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds),
    }
}
