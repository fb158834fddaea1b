//! What can go wrong, as those outside are told of it.

use std::{fmt, io};

use crate::{
    Sizes, TimeOutOfRange,
    proc::{ParseError, ReadError},
};

/// Everything that can go wrong.
#[derive(Debug)]
pub enum Error {
    /// This system, or this processor, has it not.
    Unavailable {
        /// What.
        what: &'static str,
    },
    /// There is no such process or thread, or no such file.
    NotFound {
        /// The file.
        path: String,
        /// `ENOENT`, or `ESRCH` of a process that ended meanwhile.
        errno: Option<&'static str>,
        /// What the system says.
        source: io::Error,
    },
    /// The system does not allow it.
    Permission {
        /// The file.
        path: String,
        /// `EACCES` or `EPERM`.
        errno: Option<&'static str>,
        /// What the system says.
        source: io::Error,
    },
    /// The system refuses it for another reason.
    Refused {
        /// The file.
        path: String,
        /// `EMFILE` and its like.
        errno: Option<&'static str>,
        /// What the system says.
        source: io::Error,
    },
    /// A text is not what proc(5) says.
    Malformed {
        /// The file it is from, if any.
        path: Option<String>,
        /// The field, as proc(5) has it.
        field: Option<&'static str>,
        /// What stands there instead.
        found: Option<String>,
        /// What is wrong.
        reason: ParseError,
    },
    /// A number that a double does not hold exactly.
    Inexact {
        /// The field, as proc(5) has it.
        field: &'static str,
        /// The number.
        found: String,
    },
    /// What is asked for cannot be had of any text.
    Asked {
        /// What is wrong.
        reason: ParseError,
    },
    /// A list of sizes that cannot be picked from.
    Sizes {
        /// The place of the size that is wrong, from 0.
        index: Option<usize>,
        /// What is wrong.
        reason: SizesFault,
    },
    /// The time is one that an identity has no room for.
    Time {
        /// Seconds since 1970.
        seconds: i64,
    },
}

/// What is wrong with a list of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SizesFault {
    /// As [`Sizes`] has it.
    Order(Sizes),
    /// A size is negative.
    Negative(i32),
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable { what } => write!(formatter, "not available here: {what}"),
            Self::NotFound { path, source, .. } => {
                write!(formatter, "cannot read {path}: {source}. The process or thread has ended, or never was")
            }
            Self::Permission { path, source, .. } => {
                write!(
                    formatter,
                    "cannot read {path}: {source}. /proc may be mounted so that it hides the processes of others"
                )
            }
            Self::Refused { path, source, .. } => write!(formatter, "cannot read {path}: {source}"),
            Self::Malformed { path: Some(path), reason, .. } => write!(formatter, "{path}: {reason}"),
            Self::Malformed { path: None, reason, .. } | Self::Asked { reason } => reason.fmt(formatter),
            Self::Inexact { field, found } => {
                write!(formatter, "{field} must be within 2^53 - 1, which a number holds exactly, found {found}")
            }
            Self::Sizes { reason: SizesFault::Order(sizes), .. } => sizes.fmt(formatter),
            Self::Sizes { index, reason: SizesFault::Negative(size) } => {
                write!(formatter, "sizes must be 0 or more; the one at {} is {size}", index.unwrap_or(0))
            }
            Self::Time { seconds } => TimeOutOfRange { seconds: *seconds }.fmt(formatter),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotFound { source, .. } | Self::Permission { source, .. } | Self::Refused { source, .. } => {
                Some(source)
            }
            Self::Malformed { reason, .. } | Self::Asked { reason } => Some(reason),
            _ => None,
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::NotHere => Self::Unavailable { what: "/proc is read on Linux" },
            ReadError::Parse { path, source } => Self::malformed(Some(path), source),
            ReadError::Io { path, source } => {
                let errno = errno_name(&source);
                match errno {
                    Some("ENOENT" | "ESRCH") => Self::NotFound { path, errno, source },
                    Some("EACCES" | "EPERM") => Self::Permission { path, errno, source },
                    _ => Self::Refused { path, errno, source },
                }
            }
        }
    }
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Self {
        Self::malformed(None, error)
    }
}

impl From<TimeOutOfRange> for Error {
    fn from(TimeOutOfRange { seconds }: TimeOutOfRange) -> Self {
        Self::Time { seconds }
    }
}

impl From<Sizes> for Error {
    fn from(sizes: Sizes) -> Self {
        let index = match sizes {
            Sizes::None => None,
            Sizes::NotAscending { index } => Some(index),
        };
        Self::Sizes { index, reason: SizesFault::Order(sizes) }
    }
}

impl Error {
    fn malformed(path: Option<String>, reason: ParseError) -> Self {
        let (field, found) = match &reason {
            ParseError::Fields { .. } | ParseError::PageSize { .. } => return Self::Asked { reason },
            ParseError::NotText => (None, None),
            ParseError::Missing { field } => (Some(*field), None),
            ParseError::Number { field, found } => (Some(*field), Some(found.clone())),
        };
        Self::Malformed { path, field, found, reason }
    }
}

#[cfg(unix)]
fn errno_name(error: &io::Error) -> Option<&'static str> {
    use rustix::io::Errno;
    let errno = Errno::from_raw_os_error(error.raw_os_error()?);
    let names = [
        (Errno::NOENT, "ENOENT"),
        (Errno::SRCH, "ESRCH"),
        (Errno::ACCESS, "EACCES"),
        (Errno::PERM, "EPERM"),
        (Errno::MFILE, "EMFILE"),
        (Errno::NFILE, "ENFILE"),
        (Errno::NOMEM, "ENOMEM"),
        (Errno::NOTDIR, "ENOTDIR"),
        (Errno::IO, "EIO"),
    ];
    names.into_iter().find_map(|(number, name)| (number == errno).then_some(name))
}

#[cfg(not(unix))]
fn errno_name(_: &io::Error) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_the_system_says_is_told_apart() {
        let of = |number| {
            let path = "/proc/1/stat".to_owned();
            Error::from(ReadError::Io { path, source: io::Error::from_raw_os_error(number) })
        };
        assert!(matches!(of(2), Error::NotFound { errno: Some("ENOENT"), .. }));
        assert!(matches!(of(3), Error::NotFound { errno: Some("ESRCH"), .. }));
        assert!(matches!(of(13), Error::Permission { errno: Some("EACCES"), .. }));
        assert!(matches!(of(24), Error::Refused { errno: Some("EMFILE"), .. }));
        assert!(matches!(of(255), Error::Refused { errno: None, .. }));
        let nowhere = Error::from(ReadError::NotHere);
        assert_eq!(nowhere.to_string(), "not available here: /proc is read on Linux");
    }

    #[test]
    fn a_fault_names_its_file_when_there_is_one() {
        let reason = ParseError::Number { field: "rss", found: "x".to_owned() };
        assert_eq!(Error::from(reason.clone()).to_string(), "rss must be a number that fits, found \"x\"");
        let read = ReadError::Parse { path: "/proc/1/stat".to_owned(), source: reason };
        assert_eq!(Error::from(read).to_string(), "/proc/1/stat: rss must be a number that fits, found \"x\"");
        assert!(matches!(Error::from(ParseError::PageSize { found: 0 }), Error::Asked { .. }));
    }
}
