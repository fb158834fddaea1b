//! Where a write goes: through links to what they lead to, with the mode and owner of what is there.

use std::{
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
};

use crate::{Error, error::At as _, path::folder_of};

/// What a write is about to replace.
pub(crate) struct Target {
    /// Behind all links.
    pub(crate) path: PathBuf,
    /// Of what is there now.
    pub(crate) metadata: Option<Metadata>,
}

/// As the system allows in one path.
const MOST_LINKS: usize = 40;

impl Target {
    pub(crate) fn of(path: &Path) -> Result<Self, Error> {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            match fs::symlink_metadata(&path) {
                Ok(metadata) if metadata.is_symlink() => {
                    let to = fs::read_link(&path).at("read the link", &path)?;
                    path = folder_of(&path).join(to);
                }
                Ok(metadata) => return Ok(Self { path, metadata: Some(metadata) }),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self { path, metadata: None }),
                Err(error) => return Err(Error::io("stat", &path, &error)),
            }
        }
        Err(Error::as_if("write", &path, "ELOOP", "too many levels of symbolic links"))
    }

    /// Pipes and devices are written to where they are; replacing one would be the end of it.
    pub(crate) fn is_special(&self) -> bool {
        self.metadata.as_ref().is_some_and(|metadata| !metadata.is_file() && !metadata.is_dir())
    }

    pub(crate) fn refuse_folder(&self) -> Result<(), Error> {
        match &self.metadata {
            Some(metadata) if metadata.is_dir() => Err(Error::as_if("write", &self.path, "EISDIR", "is a directory")),
            _ => Ok(()),
        }
    }

    /// Gives a new file the mode that was asked for, or mode and owner of what it replaces.
    #[cfg(unix)]
    pub(crate) fn dress(&self, file: &File, mode: Option<u32>) -> Result<(), Error> {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        if let Some(old) = &self.metadata {
            let new = file.metadata().at("stat", &self.path)?;
            if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
                // Only who may give files away can keep another owner's.
                let _ = fchown(file, Some(old.uid()), Some(old.gid()));
            }
        }
        match mode.or_else(|| self.metadata.as_ref().map(|old| old.mode() & 0o7777)) {
            Some(mode) => set_mode(file, &self.path, fs::Permissions::from_mode(mode)),
            None => Ok(()),
        }
    }

    #[cfg(not(unix))]
    pub(crate) fn dress(&self, file: &File, _: Option<u32>) -> Result<(), Error> {
        match &self.metadata {
            Some(old) => set_mode(file, &self.path, old.permissions()),
            None => Ok(()),
        }
    }
}

fn set_mode(file: &File, path: &Path, permissions: fs::Permissions) -> Result<(), Error> {
    file.set_permissions(permissions).at("set the mode of", path)
}
