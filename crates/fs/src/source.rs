//! Files to read from: what may never answer (a pipe without a writer, a terminal) is waited for in slices.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{Checkpoint, Error, error::At as _};

/// A file that is open for reading.
pub(crate) struct Source {
    pub(crate) file: File,
    pub(crate) path: PathBuf,
    pub(crate) metadata: Metadata,
    /// It may have nothing to say now, and a read must not wait for it blindly.
    waits: bool,
}

impl Source {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let mut options = OpenOptions::new();
        options.read(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            // Opening a pipe would wait for its other end.
            let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
            options.custom_flags(flags.bits() as i32);
        }
        let file = options.open(path).at("open", path)?;
        let metadata = file.metadata().at("stat", path)?;
        if metadata.is_dir() {
            return Err(Error::as_if("read", path, "EISDIR", "is a directory"));
        }
        let waits = !metadata.is_file();
        Ok(Self { file, path: path.to_owned(), metadata, waits })
    }

    /// Appends up to `most` bytes to `into`; 0 is the end of the file.
    pub(crate) fn read(&mut self, into: &mut Vec<u8>, most: usize, checkpoint: Checkpoint<'_>) -> Result<usize, Error> {
        loop {
            checkpoint()?;
            if self.waits {
                wait_readable(&self.file, checkpoint).map_err(|failed| failed.at("read", &self.path))?;
            }
            match self.read_once(into, most) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read.at("read", &self.path),
            }
        }
    }

    fn read_once(&self, into: &mut Vec<u8>, most: usize) -> io::Result<usize> {
        #[cfg(unix)]
        if into.capacity() - into.len() <= most {
            return Ok(rustix::io::read(&self.file, rustix::buffer::spare_capacity(into))?);
        }
        let before = into.len();
        match (&self.file).take(most as u64).read_to_end(into) {
            // A pipe that is empty for now: what came is there.
            Err(_) if into.len() > before => Ok(into.len() - before),
            read => read,
        }
    }
}

/// Why a wait ended without what was waited for.
pub(crate) enum WaitFailed {
    Stopped,
    Io(io::Error),
}

impl WaitFailed {
    pub(crate) fn at(self, step: &'static str, path: &Path) -> Error {
        match self {
            Self::Stopped => Error::Stopped,
            Self::Io(error) => Error::io(step, path, &error),
        }
    }
}

#[cfg(unix)]
fn wait_readable(file: &File, checkpoint: Checkpoint<'_>) -> Result<(), WaitFailed> {
    wait_for(file, rustix::event::PollFlags::IN, checkpoint)
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps)]
fn wait_readable(_: &File, _: Checkpoint<'_>) -> Result<(), WaitFailed> {
    Ok(())
}

/// Waits until a file can be read or written, and looks at the checkpoint every [`SLICE`].
#[cfg(unix)]
pub(crate) fn wait_for(
    file: &File,
    what: rustix::event::PollFlags,
    checkpoint: Checkpoint<'_>,
) -> Result<(), WaitFailed> {
    use rustix::event::{PollFd, Timespec, poll};
    /// How late a stop may be noticed by who waits.
    const SLICE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
    loop {
        checkpoint().map_err(|_| WaitFailed::Stopped)?;
        match poll(&mut [PollFd::new(file, what)], Some(&SLICE)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) => return Ok(()),
            Err(error) => return Err(WaitFailed::Io(error.into())),
        }
    }
}
