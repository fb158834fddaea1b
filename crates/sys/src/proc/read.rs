//! Readers of what is there now.

use std::io;

use super::{Memory, ParseError, Stat, parse_meminfo, parse_stat, parse_statm};

/// Why something could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// This system has no `/proc`.
    NotHere,
    /// The system refuses it, or there is no such process.
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// What it holds is not what proc(5) says.
    Parse {
        /// The file.
        path: String,
        /// What is wrong.
        source: ParseError,
    },
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotHere => formatter.write_str("this system has no /proc: it is read on Linux"),
            Self::Io { path, source } => write!(formatter, "cannot read {path}: {source}"),
            Self::Parse { path, source } => write!(formatter, "{path}: {source}"),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotHere => None,
            Self::Io { source, .. } => Some(source),
            Self::Parse { source, .. } => Some(source),
        }
    }
}

/// A file below `/proc`: elsewhere than on Linux none is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "nothing is read there"))]
pub(super) enum Place {
    /// Of a process.
    Stat(u32),
    /// Of a process and one of its threads.
    Thread(u32, u32),
    /// Of a process.
    Statm(u32),
    /// Of the system.
    Meminfo,
}

#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "nothing is read there"))]
impl Place {
    pub(super) fn path(self) -> String {
        match self {
            Self::Stat(pid) => format!("/proc/{pid}/stat"),
            Self::Thread(pid, tid) => format!("/proc/{pid}/task/{tid}/stat"),
            Self::Statm(pid) => format!("/proc/{pid}/statm"),
            Self::Meminfo => "/proc/meminfo".to_owned(),
        }
    }
}

fn read<T>(place: Place, parse: impl FnOnce(&[u8]) -> Result<T, ParseError>) -> Result<T, ReadError> {
    #[cfg(target_os = "linux")]
    return match super::kept::read(place, parse) {
        Ok(parsed) => parsed.map_err(|source| ReadError::Parse { path: place.path(), source }),
        Err(source) => Err(ReadError::Io { path: place.path(), source }),
    };
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (place, parse);
        Err(ReadError::NotHere)
    }
}

/// The state of a process, or of one of its threads.
///
/// # Errors
/// [`ReadError`].
pub fn read_stat(pid: u32, tid: Option<u32>) -> Result<Stat, ReadError> {
    read(tid.map_or(Place::Stat(pid), |tid| Place::Thread(pid, tid)), parse_stat)
}

/// The memory of a process in bytes: the first fields of `/proc/<pid>/statm`. See [`parse_statm`].
///
/// # Errors
/// [`ReadError`].
pub fn read_statm(pid: u32, fields: usize, page_size: i64) -> Result<Vec<i64>, ReadError> {
    read(Place::Statm(pid), |text| parse_statm(text, fields, page_size))
}

/// The system's memory.
///
/// # Errors
/// [`ReadError`].
pub fn read_meminfo() -> Result<Memory, ReadError> {
    read(Place::Meminfo, parse_meminfo)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn this_process_and_its_threads_are_read() {
        let pid = std::process::id();
        let stat = read_stat(pid, None).unwrap();
        assert_eq!(stat.pid as u32, pid);
        assert!(stat.num_threads >= 1 && stat.rss > 0);
        let thread = read_stat(pid, Some(pid)).unwrap();
        assert_eq!((thread.pid, thread.starttime), (stat.pid, stat.starttime));
        let memory = read_statm(pid, 2, 4096).unwrap();
        assert!(memory[0] >= memory[1] && memory[1] > 0);
        assert!(read_meminfo().unwrap().free > 0);
    }

    #[test]
    fn a_process_that_is_not_there_is_told_so() {
        let error = read_stat(u32::MAX, None).unwrap_err();
        assert!(error.to_string().starts_with("cannot read /proc/4294967295/stat: "), "{error}");
    }
}
