//! A file that is nobody's until it is finished.
//!
//! On Linux it has no name while it is written: whatever ends the process, nothing is left. It gets one beside its target for
//! the moment before it is renamed. Elsewhere, and on file systems that cannot do that, it has that name from the start. The
//! name follows from the target's, and whoever holds it has its file locked: what a killed process left is told from a file
//! that is being written, and the next writer of the same target removes it.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions, TryLockError},
    hash::{BuildHasher as _, RandomState},
    io,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{Checkpoint, Error, error::At as _, path::folder_of};

/// What may be written over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    Replace,
    Refuse,
}

/// A file in the folder of its target.
pub(crate) struct Temporary {
    pub(crate) file: File,
    target: PathBuf,
    /// Its name, if it has one.
    name: Option<PathBuf>,
}

impl Temporary {
    /// `mode` as `open` takes it: the umask is applied.
    pub(crate) fn new(target: &Path, mode: u32, checkpoint: Checkpoint<'_>) -> Result<Self, Error> {
        if target.file_name().is_none() {
            return Err(Error::as_if("write", target, "EISDIR", "is a directory"));
        }
        let unnamed = unnamed(folder_of(target), mode).at("create a file in", folder_of(target))?;
        let (file, name) = match unnamed {
            Some(file) => (file, None),
            None => Self::named(target, mode, checkpoint)?,
        };
        Ok(Self { file, target: target.to_owned(), name })
    }

    fn named(target: &Path, mode: u32, checkpoint: Checkpoint<'_>) -> Result<(File, Option<PathBuf>), Error> {
        let mut name = name_beside(target);
        loop {
            checkpoint()?;
            let mut options = OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
            #[cfg(not(unix))]
            let _ = mode;
            match options.open(&name) {
                Ok(file) => {
                    let _ = file.try_lock();
                    return Ok((file, Some(name)));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if !removed_if_left(&name) {
                        // Another writer is at the same target, for as long as it likes.
                        name = random_beside(target);
                    }
                }
                Err(error) => return Err(Error::io("create a file in", folder_of(target), &error)),
            }
        }
    }

    /// Gives the file its target's name: from now on it is there, whole.
    pub(crate) fn persist(mut self, existing: Existing, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        checkpoint()?;
        match (self.name.take(), existing) {
            (None, _) => self.link_to_target(existing, checkpoint),
            (Some(name), Existing::Replace) => self.rename(name),
            (Some(name), Existing::Refuse) => {
                let linked = fs::hard_link(&name, &self.target);
                let _ = fs::remove_file(&name);
                linked.at("create", &self.target)
            }
        }
    }

    fn rename(&mut self, name: PathBuf) -> Result<(), Error> {
        let renamed = fs::rename(&name, &self.target);
        if renamed.is_err() {
            self.name = Some(name);
        }
        renamed.map_err(|error| Error::io("replace", &self.target, &error))
    }

    #[cfg(target_os = "linux")]
    fn link_to_target(&mut self, existing: Existing, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        match link(&self.file, &self.target) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && existing == Existing::Replace => {}
            linked => return linked.at("create", &self.target),
        }
        // Held before the name is there, so that nobody takes it for a leftover.
        let _ = self.file.try_lock();
        let name = name_beside(&self.target);
        loop {
            checkpoint()?;
            match link(&self.file, &name) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if !removed_if_left(&name) {
                        // Another writer has it for the moment of its rename.
                        thread::sleep(Duration::from_micros(200));
                    }
                }
                Err(error) => return Err(Error::io("create a file in", folder_of(&self.target), &error)),
                Ok(()) => return self.rename(name),
            }
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn link_to_target(&mut self, _: Existing, _: Checkpoint<'_>) -> Result<(), Error> {
        unreachable!("a temporary file has a name here")
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            let _ = fs::remove_file(name);
        }
    }
}

/// Removes a temporary file that nobody holds any more. False when somebody does.
fn removed_if_left(name: &Path) -> bool {
    let Ok(left) = File::open(name) else {
        // Gone, or not ours to look at.
        return !fs::exists(name).unwrap_or(true);
    };
    match left.try_lock() {
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
        // Its holder is dead, so the name can only be taken away by somebody who holds this lock.
        Ok(()) => !is_at(&left, name) || fs::remove_file(name).is_ok(),
    }
}

#[cfg(unix)]
fn is_at(file: &File, name: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::symlink_metadata(name)) {
        (Ok(open), Ok(named)) => open.ino() == named.ino() && open.dev() == named.dev(),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, name: &Path) -> bool {
    fs::exists(name).unwrap_or(false)
}

fn name_beside(target: &Path) -> PathBuf {
    // The same in every process; a hash, because the target's name may be as long as a name can be.
    let name = target.file_name().unwrap_or_default().as_encoded_bytes();
    beside(target, &ferrule_hash::hex(&ferrule_hash::Algorithm::Blake3.digest(name))[..16])
}

fn random_beside(target: &Path) -> PathBuf {
    beside(target, &format!("{:016x}", RandomState::new().hash_one(target)))
}

fn beside(target: &Path, what: &str) -> PathBuf {
    folder_of(target).join(OsString::from(format!(".ferrule-{what}.tmp")))
}

/// A name beside `target` that is nobody's, for a folder that is being made.
pub(crate) fn folder_beside(target: &Path) -> PathBuf {
    random_beside(target)
}

#[cfg(target_os = "linux")]
fn unnamed(folder: &Path, mode: u32) -> io::Result<Option<File>> {
    use rustix::{
        fs::{CWD, Mode, OFlags, openat},
        io::Errno,
    };
    use std::sync::LazyLock;
    // Without it the file could never get a name.
    static CAN_LINK: LazyLock<bool> = LazyLock::new(|| Path::new("/proc/self/fd").exists());
    if !*CAN_LINK {
        return Ok(None);
    }
    let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
    match openat(CWD, folder, flags, Mode::from_raw_mode(mode)) {
        Ok(fd) => Ok(Some(File::from(fd))),
        Err(Errno::OPNOTSUPP | Errno::ISDIR | Errno::INVAL | Errno::NOSYS) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps)]
fn unnamed(_: &Path, _: u32) -> io::Result<Option<File>> {
    Ok(None)
}

#[cfg(target_os = "linux")]
fn link(file: &File, name: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd as _;
    let itself = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, itself, CWD, name, AtFlags::SYMLINK_FOLLOW)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::never_stop;

    fn named(target: &Path) -> Temporary {
        let (file, name) = Temporary::named(target, 0o666, &never_stop).unwrap();
        Temporary { file, target: target.to_owned(), name }
    }

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }

    fn write(temporary: &Temporary, text: &str) {
        io::Write::write_all(&mut &temporary.file, text.as_bytes()).unwrap();
    }

    #[test]
    fn with_a_name_it_replaces_its_target_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        for text in ["one", "two"] {
            let temporary = named(&target);
            write(&temporary, text);
            temporary.persist(Existing::Replace, &never_stop).unwrap();
            assert_eq!(fs::read_to_string(&target).unwrap(), text);
        }
        drop(named(&target));
        assert_eq!(names(folder.path()), ["target"]);
        let refused = named(&target).persist(Existing::Refuse, &never_stop);
        assert!(matches!(refused, Err(Error::Exists { .. })));
        assert_eq!(names(folder.path()), ["target"]);
    }

    #[test]
    fn writers_of_one_target_have_names_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        let (one, two) = (named(&target), named(&target));
        assert_ne!(one.name, two.name);
        write(&one, "one");
        write(&two, "two");
        two.persist(Existing::Replace, &never_stop).unwrap();
        one.persist(Existing::Replace, &never_stop).unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "one");
        assert_eq!(names(folder.path()), ["target"]);
    }

    #[test]
    fn what_a_killed_writer_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::write(name_beside(&target), "left").unwrap();
        let temporary = named(&target);
        assert_eq!(temporary.name, Some(name_beside(&target)));
        drop(temporary);
        assert!(names(folder.path()).is_empty());
    }
}
