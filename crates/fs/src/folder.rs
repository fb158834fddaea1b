//! Making folders.

use std::{
    fs::DirBuilder,
    hash::{BuildHasher as _, RandomState},
    io,
    path::Path,
};

use crate::{Error, error::At as _, path};

/// Makes a folder; with `recursive` those above it, too, and then one that is there already is fine.
///
/// # Errors
/// What the system refuses.
pub fn make_folder(path: &str, recursive: bool, mode: Option<u32>) -> Result<(), Error> {
    let path = path::parse(path)?;
    builder(recursive, mode).create(&path).at("create the folder", &path)
}

/// Makes a folder of its own in `parent`, or where the system keeps temporary files, which only this user can look into.
///
/// # Errors
/// What the system refuses.
pub fn make_temporary_folder(parent: Option<&str>, prefix: &str) -> Result<String, Error> {
    let parent = match parent {
        Some(parent) => path::parse(parent)?,
        None => std::env::temp_dir(),
    };
    let prefix = path::parse(&format!("{prefix}x"))?;
    if prefix.file_name() != Some(prefix.as_os_str()) {
        let reason = "cannot be the beginning of a name: it has a separator";
        return Err(Error::InvalidPath { path: path::shown(&prefix), reason });
    }
    loop {
        let mut name = prefix.as_os_str().to_owned();
        name.push(format!("{:012x}", RandomState::new().hash_one(()) & 0xffff_ffff_ffff));
        let folder = parent.join(name);
        match builder(false, Some(0o700)).create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.at("create the folder", &folder).map(|()| path::text_of(folder.as_os_str())),
        }
    }
}

/// For a folder that is copied or made on the way.
pub(crate) fn make(path: &Path) -> Result<(), Error> {
    builder(false, None).create(path).at("create the folder", path)
}

fn builder(recursive: bool, mode: Option<u32>) -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(recursive);
    #[cfg(unix)]
    if let Some(mode) = mode {
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, mode);
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}
