//! Names of the system's error numbers.

use std::io;

#[cfg(unix)]
macro_rules! names {
    ($($name:ident)*) => {
        fn name_of(number: i32) -> Option<&'static str> {
            let number = rustix::io::Errno::from_raw_os_error(number);
            // The one that rustix spells out.
            if number == rustix::io::Errno::ACCESS {
                return Some("EACCES");
            }
            $(if number == rustix::io::Errno::$name { return Some(concat!("E", stringify!($name))); })*
            None
        }
    };
}

#[cfg(unix)]
names! {
    NOENT EXIST PERM ISDIR NOTDIR NOTEMPTY NOSPC DQUOT FBIG MFILE NFILE XDEV LOOP ROFS NAMETOOLONG BUSY TXTBSY
    INVAL IO BADF AGAIN INTR NOMEM FAULT NODEV NXIO NOTTY PIPE SPIPE MLINK STALE TIMEDOUT OVERFLOW NOTSUP NOSYS DEADLK NOLCK
    ILSEQ CANCELED CONNRESET CONNREFUSED
}

#[cfg(not(unix))]
fn name_of(_: i32) -> Option<&'static str> {
    None
}

/// `ENOENT` and its like; where the system has other numbers (Windows), by the kind of the error.
pub(crate) fn errno_name(error: &io::Error) -> Option<&'static str> {
    use io::ErrorKind as Kind;
    if let Some(name) = error.raw_os_error().and_then(name_of) {
        return Some(name);
    }
    Some(match error.kind() {
        Kind::NotFound => "ENOENT",
        Kind::AlreadyExists => "EEXIST",
        Kind::PermissionDenied => "EACCES",
        Kind::IsADirectory => "EISDIR",
        Kind::NotADirectory => "ENOTDIR",
        Kind::DirectoryNotEmpty => "ENOTEMPTY",
        Kind::StorageFull => "ENOSPC",
        Kind::QuotaExceeded => "EDQUOT",
        Kind::FileTooLarge => "EFBIG",
        Kind::CrossesDevices => "EXDEV",
        Kind::ReadOnlyFilesystem => "EROFS",
        Kind::ResourceBusy => "EBUSY",
        Kind::InvalidFilename => "ENAMETOOLONG",
        Kind::OutOfMemory => "ENOMEM",
        _ => return None,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_system() {
        let name = |number| errno_name(&io::Error::from_raw_os_error(number));
        assert_eq!(
            [name(1), name(2), name(13), name(17)],
            [Some("EPERM"), Some("ENOENT"), Some("EACCES"), Some("EEXIST")]
        );
        assert_eq!(
            [name(20), name(21), name(24), name(28)],
            [Some("ENOTDIR"), Some("EISDIR"), Some("EMFILE"), Some("ENOSPC")]
        );
    }
}
