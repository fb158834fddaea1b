//! Extended attributes that users set on a file (`user.…`): they go with it when it is copied, and stay when it is replaced.
//!
//! Those of the system do not: they say what was true of other content (capabilities, signatures), or are the system's to give
//! (labels).

use std::{fs::File, path::Path};

use crate::Error;

/// Sets on `to` what users have set on the file at `from`, as far as it may be read there and the file system of `to` has
/// such a thing.
///
/// # Errors
/// When there is no room for one.
#[cfg(target_os = "linux")]
pub(crate) fn keep(from: &Path, to: &File, to_path: &Path) -> Result<(), Error> {
    use rustix::{
        fs::{XattrFlags, fsetxattr},
        io::Errno,
    };

    use crate::error::At as _;

    for name in linux::names_of(from) {
        let Some(value) = linux::value_of(from, &name) else { continue };
        let set = fsetxattr(to, &name, &value, XattrFlags::empty());
        if let Err(error @ (Errno::NOSPC | Errno::DQUOT)) = set {
            return Err(error).at("set an attribute of", to_path);
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps)]
pub(crate) fn keep(_: &Path, _: &File, _: &Path) -> Result<(), Error> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::{ffi::CString, path::Path};

    use rustix::{
        fs::{getxattr, getxattr_query, listxattr, listxattr_query},
        io::{Errno, Result},
    };

    /// The attributes that users have set.
    pub(super) fn names_of(path: &Path) -> Vec<CString> {
        let Some(names) = whole(|| listxattr_query(path), |room| listxattr(path, room)) else { return Vec::new() };
        let each = names.split(|byte| *byte == 0).filter(|name| name.starts_with(b"user."));
        each.filter_map(|name| CString::new(name).ok()).collect()
    }

    pub(super) fn value_of(path: &Path, name: &CString) -> Option<Vec<u8>> {
        whole(|| getxattr_query(path, name), |room| getxattr(path, name, room))
    }

    /// Asks for the size, then for as much: again where it has grown meanwhile. None where there is nothing to be had.
    fn whole(size: impl Fn() -> Result<usize>, ask: impl Fn(&mut [u8]) -> Result<usize>) -> Option<Vec<u8>> {
        loop {
            let mut room = vec![0; size().ok()?];
            match ask(&mut room) {
                Ok(length) => {
                    room.truncate(length);
                    return Some(room);
                }
                Err(Errno::RANGE) => {}
                Err(_) => return None,
            }
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;

    use rustix::fs::{XattrFlags, getxattr, setxattr};

    use super::*;
    use crate::{Existing, WriteOptions, copy, never_stop, write};

    /// None where the file system has no attributes of users: then there is nothing to be kept.
    fn with_attributes(path: &Path) -> Option<()> {
        fs::write(path, "old").unwrap();
        for (name, value) in [("user.empty", &b""[..]), ("user.text", b"kept"), ("user.bytes", &[0, 255].repeat(500))] {
            match setxattr(path, name, value, XattrFlags::empty()) {
                Err(rustix::io::Errno::OPNOTSUPP) => {
                    eprintln!("{} is on a file system without attributes of users: nothing is tested", path.display());
                    return None;
                }
                set => set.unwrap(),
            }
        }
        Some(())
    }

    fn attribute(path: &Path, name: &str) -> Option<Vec<u8>> {
        let mut room = vec![0; 4096];
        let length = getxattr(path, name, &mut room[..]).ok()?;
        room.truncate(length);
        Some(room)
    }

    fn assert_kept(path: &Path) {
        assert_eq!(attribute(path, "user.empty").as_deref(), Some(&b""[..]));
        assert_eq!(attribute(path, "user.text").as_deref(), Some(&b"kept"[..]));
        assert_eq!(attribute(path, "user.bytes"), Some([0, 255].repeat(500)));
    }

    #[test]
    fn a_file_that_is_replaced_keeps_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let Some(()) = with_attributes(&path) else { return };
        write(path.to_str().unwrap(), b"new", &WriteOptions::default(), &never_stop).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_kept(&path);
    }

    #[test]
    fn a_copy_has_them_instead_of_those_it_replaces() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        let Some(()) = with_attributes(&from) else { return };
        fs::write(&to, "replaced").unwrap();
        setxattr(&to, "user.other", b"gone", XattrFlags::empty()).unwrap();
        let [from, to_text] = [&from, &to].map(|path| path.to_str().unwrap());
        copy(from, to_text, false, Existing::Replace, false, &never_stop).unwrap();
        assert_eq!(fs::read_to_string(&to).unwrap(), "old");
        assert_kept(&to);
        assert_eq!(attribute(&to, "user.other"), None);
    }
}
