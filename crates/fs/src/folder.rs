//! Making folders.

use std::{
    fs::{self, DirBuilder},
    hash::{BuildHasher as _, RandomState},
    io,
    path::{Path, PathBuf},
};

use crate::{
    Error,
    error::At as _,
    path::{self, folder_of},
};

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

/// Makes the folders above a file. Gives those that have a new name in them, the deepest first: a file is safe on the disk when
/// the names on the way to it are.
pub(crate) fn make_above(file: &Path) -> Result<Vec<PathBuf>, Error> {
    let folder = folder_of(file);
    let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !fs::exists(folder).unwrap_or(true);
    let named_in = folder.ancestors().take_while(is_missing).map(|made| folder_of(made).to_owned()).collect();
    builder(true, None).create(folder).at("create the folder", folder)?;
    Ok(named_in)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_with_a_new_name_in_it_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert_eq!(make_above(&at("a/b/c/file")).unwrap(), [at("a/b"), at("a"), folder.path().to_owned()]);
        assert!(at("a/b/c").is_dir());
        assert_eq!(make_above(&at("a/b/c/file")).unwrap(), Vec::<PathBuf>::new());
        assert_eq!(make_above(&at("a/x/file")).unwrap(), [at("a")]);
    }

    #[test]
    fn a_file_in_the_way_is_told() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        let refused = make_above(&folder.path().join("file/a/b"));
        assert!(matches!(refused, Err(Error::NotFolder { .. })), "{refused:?}");
    }
}
