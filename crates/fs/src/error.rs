//! The crate's one error type: a variant per situation.

use std::{fmt, io, path::Path};

use crate::{Stop, errno::errno_name, path::shown};

/// What the system refused, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What was being done, as a verb: `open`, `rename`.
    pub step: &'static str,
    /// The path it was done to.
    pub path: String,
    /// The second path of a copy or move.
    pub destination: Option<String>,
    /// `ENOENT` and its like, where the system has such names.
    pub errno: Option<&'static str>,
    /// The system's words.
    pub words: String,
}

macro_rules! situations {
    ($($variant:ident $code:literal [$($errno:literal)*] $doc:literal $way_out:literal)*) => {
        /// Everything that can go wrong.
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Error {
            $(
                #[doc = $doc]
                $variant {
                    /// What was being done, as a verb.
                    step: &'static str,
                    /// The path it was done to.
                    path: String,
                    /// The second path of a copy or move.
                    destination: Option<String>,
                    /// `ENOENT` and its like.
                    errno: Option<&'static str>,
                    /// The system's words.
                    words: String,
                },
            )*
            /// A path that no system call may see: empty, or with a NUL inside.
            InvalidPath {
                /// The path.
                path: String,
                /// What is wrong with it.
                reason: &'static str,
            },
            /// A text file is not UTF-8.
            InvalidUtf8 {
                /// The file.
                path: String,
                /// Where the first byte stands that cannot be there, counted from the start of the file.
                offset: u64,
            },
            /// A file is larger than the caller allows.
            TooLarge {
                /// The file.
                path: String,
                /// What was allowed, in bytes.
                limit: u64,
            },
            /// A pattern of a walk cannot be read.
            Pattern {
                /// The pattern.
                pattern: String,
                /// What is wrong with it.
                words: String,
            },
            /// A stream that has ended was used.
            Closed {
                /// The file.
                path: String,
            },
            /// Memory for a result is not there.
            NoMemory {
                /// The file.
                path: String,
                /// Bytes asked for.
                size: u64,
            },
            /// The checkpoint asked to stop.
            Stopped,
        }

        impl Error {
            /// What the system refused, as the situation it is.
            #[allow(non_upper_case_globals, clippy::items_after_statements)]
            pub fn refused(refused: Refused) -> Self {
                let Refused { step, path, destination, errno, words } = refused;
                $(
                    const $variant: &[&str] = &[$($errno),*];
                    if errno.is_some_and(|errno| $variant.contains(&errno)) {
                        return Self::$variant { step, path, destination, errno, words };
                    }
                )*
                Self::Other { step, path, destination, errno, words }
            }

            /// The stable name of the situation.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $code,)*
                    Self::Stopped => "ERR_FS",
                    Self::InvalidPath { .. } => "ERR_FS_INVALID_PATH",
                    Self::InvalidUtf8 { .. } => "ERR_FS_INVALID_UTF8",
                    Self::TooLarge { .. } => "ERR_FS_TOO_LARGE",
                    Self::Pattern { .. } => "ERR_FS_PATTERN",
                    Self::Closed { .. } => "ERR_STATE",
                    Self::NoMemory { .. } => "ERR_RESOURCE_EXHAUSTED",
                }
            }

            /// The facts of what the system refused, and the way out.
            #[allow(clippy::type_complexity)]
            fn parts(&self) -> Option<(&'static str, &str, Option<&str>, Option<&'static str>, &str, &'static str)> {
                match self {
                    $(Self::$variant { step, path, destination, errno, words } => {
                        Some((step, path, destination.as_deref(), *errno, words, $way_out))
                    })*
                    _ => None,
                }
            }

            /// The same with another path told as its destination.
            #[must_use]
            pub(crate) fn towards(mut self, to: &Path) -> Self {
                match &mut self {
                    $(Self::$variant { destination, .. })|* => *destination = Some(shown(to)),
                    _ => {}
                }
                self
            }
        }
    };
}

situations! {
    NotFound "ERR_FS_NOT_FOUND" ["ENOENT"] "Nothing is there." ""
    Exists "ERR_FS_EXISTS" ["EEXIST"] "Something is there already." ""
    Permission "ERR_FS_PERMISSION" ["EACCES" "EPERM"] "The system does not allow it." ""
    IsFolder "ERR_FS_IS_FOLDER" ["EISDIR"] "A folder stands where a file is needed." ""
    NotFolder "ERR_FS_NOT_FOLDER" ["ENOTDIR"] "What is no folder stands where one is needed." ""
    NotEmpty "ERR_FS_NOT_EMPTY" ["ENOTEMPTY"] "A folder has something in it." "; pass { recursive: true } to remove what is in it, too"
    NoSpace "ERR_FS_NO_SPACE" ["ENOSPC" "EDQUOT" "EFBIG"] "The device, the quota or the largest size of a file is used up." ""
    TooManyOpen "ERR_FS_TOO_MANY_OPEN" ["EMFILE" "ENFILE"] "No more files can be open." "; close some, or raise the limit (ulimit -n)"
    CrossDevice "ERR_FS_CROSS_DEVICE" ["EXDEV"] "Two paths are on different devices." ""
    Loop "ERR_FS_LOOP" ["ELOOP"] "Links, or a folder and its copy, lead in a circle." ""
    ReadOnly "ERR_FS_READ_ONLY" ["EROFS"] "The file system is mounted for reading only." ""
    NameTooLong "ERR_FS_NAME_TOO_LONG" ["ENAMETOOLONG"] "A name or path is longer than the system takes." ""
    Busy "ERR_FS_BUSY" ["EBUSY" "ETXTBSY"] "The system uses the file itself." "; a mounted file can be written in place with { atomic: false }"
    Other "ERR_FS" [] "What has no situation of its own." ""
}

impl Error {
    pub(crate) fn io(step: &'static str, path: &Path, error: &io::Error) -> Self {
        Self::refused(Refused {
            step,
            path: shown(path),
            destination: None,
            errno: errno_name(error),
            words: words_of(error),
        })
    }

    /// A situation that this crate sees itself, in the words the system would have.
    pub(crate) fn as_if(step: &'static str, path: &Path, errno: &'static str, words: &str) -> Self {
        Self::refused(Refused {
            step,
            path: shown(path),
            destination: None,
            errno: Some(errno),
            words: words.to_owned(),
        })
    }

    /// `[code, path, errno, step, message]`: for results that hold errors.
    #[must_use]
    pub fn facts(&self) -> [String; 5] {
        let (step, path, errno) = match self {
            Self::InvalidPath { path, .. }
            | Self::InvalidUtf8 { path, .. }
            | Self::TooLarge { path, .. }
            | Self::NoMemory { path, .. }
            | Self::Closed { path } => ("", path.as_str(), None),
            other => other.parts().map_or(("", "", None), |(step, path, _, errno, ..)| (step, path, errno)),
        };
        [self.code().to_owned(), path.to_owned(), errno.unwrap_or("").to_owned(), step.to_owned(), self.to_string()]
    }
}

/// Without the number in brackets, which `errno` tells.
fn words_of(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// The result of a system call, with what was done and where.
pub(crate) trait At<T> {
    fn at(self, step: &'static str, path: &Path) -> Result<T, Error>;
}

impl<T, E: Into<io::Error>> At<T> for Result<T, E> {
    fn at(self, step: &'static str, path: &Path) -> Result<T, Error> {
        self.map_err(|error| Error::io(step, path, &error.into()))
    }
}

impl From<Stop> for Error {
    fn from(Stop: Stop) -> Self {
        Self::Stopped
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((step, path, destination, errno, words, way_out)) = self.parts() {
            write!(f, "cannot {step} \"{path}\"")?;
            if let Some(destination) = destination {
                write!(f, " to \"{destination}\"")?;
            }
            write!(f, ": {words}")?;
            if let Some(errno) = errno {
                write!(f, " ({errno})")?;
            }
            return f.write_str(way_out);
        }
        match self {
            Self::InvalidPath { path, reason } => write!(f, "the path \"{}\" {reason}", path.escape_debug()),
            Self::InvalidUtf8 { path, offset } => {
                write!(f, "\"{path}\" is not UTF-8 at byte {offset}; read() gives its bytes as they are")
            }
            Self::TooLarge { path, limit } => {
                write!(f, "\"{path}\" has more than {limit} bytes; raise maxBytes, or read it as a stream")
            }
            Self::Pattern { pattern, words } => write!(f, "the pattern \"{pattern}\" cannot be read: {words}"),
            Self::Closed { path } => write!(f, "the stream of \"{path}\" has ended"),
            Self::NoMemory { path, size } => write!(f, "no memory for {size} bytes of \"{path}\""),
            _ => f.write_str("stopped in the middle"),
        }
    }
}

impl std::error::Error for Error {}
