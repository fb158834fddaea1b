//! Removing entries and whole trees. Links are removed, never followed: a tree is gone through from open folders, so that
//! nobody can put a link in the place of a folder meanwhile.

use std::{fs, io, path::Path};

use crate::{Checkpoint, Error, error::At as _, path};

/// Removes a file, a link or an empty folder; with `recursive` a folder with all that is in it.
///
/// # Errors
/// [`Error::NotFound`], unless `missing_ok`; [`Error::NotEmpty`] without `recursive`; what the system refuses. When it is
/// stopped in the middle of a folder, what was removed is gone.
pub fn remove(path: &str, recursive: bool, missing_ok: bool, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    checkpoint()?;
    match remove_at(&path::parse(path)?, recursive, checkpoint) {
        Err(Error::NotFound { .. }) if missing_ok => Ok(()),
        result => result,
    }
}

pub(crate) fn remove_at(path: &Path, recursive: bool, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    let metadata = fs::symlink_metadata(path).at("remove", path)?;
    if !metadata.is_dir() {
        return fs::remove_file(path).at("remove", path);
    }
    match fs::remove_dir(path) {
        Err(error) if recursive && is_not_empty(&error) => remove_tree(path, checkpoint),
        removed => removed.at("remove", path),
    }
}

/// Some systems say that something exists.
fn is_not_empty(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists)
}

#[cfg(not(unix))]
fn remove_tree(path: &Path, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    checkpoint()?;
    fs::remove_dir_all(path).at("remove", path)
}

#[cfg(unix)]
fn remove_tree(path: &Path, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    let mut tree = tree::Tree::open(path)?;
    tree.clear(checkpoint)?;
    fs::remove_dir(path).at("remove", path)
}

#[cfg(unix)]
mod tree {
    use std::{
        ffi::{CString, OsStr},
        os::{fd::OwnedFd, unix::ffi::OsStrExt as _},
        path::{Path, PathBuf},
    };

    use rustix::{
        fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, openat, renameat, unlinkat},
        io::Errno,
    };

    use crate::{Checkpoint, Error, error::At as _};

    /// Deeper folders are lifted to the top before they are gone into: no tree takes more open files than this.
    const DEEPEST: usize = 32;

    /// A folder that is being emptied.
    struct Level {
        folder: OwnedFd,
        entries: Dir,
        /// Its name in the level above.
        name: CString,
    }

    pub(super) struct Tree {
        path: PathBuf,
        levels: Vec<Level>,
        lifted: u64,
    }

    impl Tree {
        pub(super) fn open(path: &Path) -> Result<Self, Error> {
            let folder = openat(CWD, path, flags(), Mode::empty()).at("open", path)?;
            let mut tree = Self { path: path.to_owned(), levels: Vec::new(), lifted: 0 };
            tree.enter(folder, CString::default())?;
            Ok(tree)
        }

        /// Removes what is in the folder, not the folder itself.
        pub(super) fn clear(&mut self, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
            loop {
                checkpoint()?;
                let Some(level) = self.levels.last_mut() else { return Ok(()) };
                let next = level.entries.read();
                let Some(entry) = next else {
                    if self.leave()? {
                        return Ok(());
                    }
                    continue;
                };
                let entry = entry.at("list", &self.path)?;
                let name = entry.file_name();
                if name == c"." || name == c".." {
                    continue;
                }
                let is_folder = entry.file_type() == FileType::Directory;
                let name = name.to_owned();
                if !is_folder && self.unlink(&name)? {
                    continue;
                }
                self.descend(name)?;
            }
        }

        /// False when it is a folder: not every file system says so in its lists.
        fn unlink(&self, name: &CString) -> Result<bool, Error> {
            match unlinkat(self.top(), name.as_c_str(), AtFlags::empty()) {
                Err(Errno::ISDIR | Errno::PERM) if self.is_folder(name) => Ok(false),
                Err(Errno::NOENT) => Ok(true),
                removed => removed.at("remove", &self.path_of(name)).map(|()| true),
            }
        }

        fn is_folder(&self, name: &CString) -> bool {
            openat(self.top(), name.as_c_str(), flags(), Mode::empty()).is_ok()
        }

        fn descend(&mut self, name: CString) -> Result<(), Error> {
            match unlinkat(self.top(), name.as_c_str(), AtFlags::REMOVEDIR) {
                Err(Errno::NOTEMPTY | Errno::EXIST) => {}
                Err(Errno::NOENT) => return Ok(()),
                removed => return removed.at("remove", &self.path_of(&name)),
            }
            if self.levels.len() >= DEEPEST {
                return self.lift(&name);
            }
            let opened = openat(self.top(), name.as_c_str(), flags(), Mode::empty());
            let folder = opened.at("open", &self.path_of(&name))?;
            self.enter(folder, name)
        }

        /// Moves a folder out of the depth to the top, where a later round finds it.
        fn lift(&mut self, name: &CString) -> Result<(), Error> {
            loop {
                self.lifted += 1;
                let above = CString::new(format!(".ferrule-{}.tmp", self.lifted)).unwrap_or_default();
                match renameat(self.top(), name.as_c_str(), &self.levels[0].folder, above.as_c_str()) {
                    Err(Errno::EXIST | Errno::NOTEMPTY | Errno::NOTDIR) => {}
                    moved => return moved.at("remove", &self.path_of(name)),
                }
            }
        }

        fn enter(&mut self, folder: OwnedFd, name: CString) -> Result<(), Error> {
            let entries = Dir::read_from(&folder).at("list", &self.path)?;
            self.levels.push(Level { folder, entries, name });
            Ok(())
        }

        /// Removes the emptied folder from the one above. True when it was the first and nothing is left.
        fn leave(&mut self) -> Result<bool, Error> {
            let Some(mut level) = self.levels.pop() else { return Ok(true) };
            if self.levels.is_empty() {
                if self.lifted == 0 {
                    return Ok(true);
                }
                // What was lifted may stand before the place that the list had reached.
                self.lifted = 0;
                level.entries.rewind();
                self.levels.push(level);
                return Ok(false);
            }
            match unlinkat(self.top(), level.name.as_c_str(), AtFlags::REMOVEDIR) {
                Err(Errno::NOTEMPTY | Errno::EXIST) => {
                    // Somebody has put something in meanwhile, or a list was changed under its reader.
                    level.entries.rewind();
                    self.levels.push(level);
                    Ok(false)
                }
                Err(Errno::NOENT) => Ok(false),
                removed => removed.at("remove", &self.path_of(&level.name)).map(|()| false),
            }
        }

        fn top(&self) -> &OwnedFd {
            &self.levels[self.levels.len() - 1].folder
        }

        fn path_of(&self, name: &CString) -> PathBuf {
            let names = self.levels.iter().skip(1).map(|level| &level.name).chain([name]);
            let mut path = self.path.clone();
            path.extend(names.map(|name| OsStr::from_bytes(name.to_bytes())));
            path
        }
    }

    fn flags() -> OFlags {
        OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC
    }
}
