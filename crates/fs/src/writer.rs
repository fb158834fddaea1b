//! Writing in pieces: an atomic file appears when it is finished.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    iter,
    path::{Path, PathBuf},
};

use crate::{
    Checkpoint, Error, attributes,
    checkpoint::CHUNK,
    error::At as _,
    folder,
    path::{self, folder_of, shown},
    target::Target,
    temporary::{Existing, Temporary},
};

/// What is on the disk when a write is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fsync {
    /// What the system sees fit.
    #[default]
    None,
    /// The file's content.
    File,
    /// The file's content, its name in the folder, and the names of folders that were made for it.
    Folder,
}

/// How a file is written.
#[derive(Clone, Debug)]
pub struct WriteOptions {
    /// Into a temporary file that replaces the old one when all is written.
    pub atomic: bool,
    /// The file's permissions, exactly; the old file's, or the system's default.
    pub mode: Option<u32>,
    /// What is on the disk when the write is done.
    pub fsync: Fsync,
    /// Makes the folders above the file.
    pub create_folders: bool,
    /// Whether what is there may be replaced.
    pub overwrite: bool,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self { atomic: true, mode: None, fsync: Fsync::None, create_folders: false, overwrite: true }
    }
}

/// A file that is being written.
pub struct Writer {
    path: String,
    options: WriteOptions,
    state: State,
}

enum State {
    /// Nothing was done yet.
    New,
    Open(Box<Open>),
    Ended,
}

struct Open {
    target: Target,
    sink: Sink,
    /// Folders above that of the file, which were given new names.
    named_in: Vec<PathBuf>,
}

enum Sink {
    Temporary(Temporary),
    Direct(File),
    /// A pipe or device.
    Special(File),
}

impl Writer {
    /// Touches nothing: the file is opened by the first piece, or at the end.
    pub fn new(
        path: &str,
        atomic: bool,
        mode: Option<u32>,
        fsync: Fsync,
        create_folders: bool,
        overwrite: bool,
    ) -> Self {
        Self::with(path, WriteOptions { atomic, mode, fsync, create_folders, overwrite })
    }

    /// The same with named options.
    pub fn with(path: &str, options: WriteOptions) -> Self {
        Self { path: path.to_owned(), options, state: State::New }
    }

    /// Writes a piece. The checkpoint is looked at every mebibyte.
    ///
    /// # Errors
    /// What the system refuses; then the writer has ended, and nothing of an atomic file is left.
    pub fn write(&mut self, bytes: &[u8], checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        let result = self.open(checkpoint).and_then(|open| open.write(bytes, checkpoint));
        if result.is_err() {
            self.state = State::Ended;
        }
        result
    }

    /// Ends the file: an atomic one gets its name.
    ///
    /// # Errors
    /// What the system refuses; then nothing of an atomic file is left.
    pub fn finish(&mut self, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        let opened = self.open(checkpoint).map(|_| ());
        let State::Open(open) = std::mem::replace(&mut self.state, State::Ended) else { return opened };
        open.finish(&self.options, checkpoint)
    }

    /// Leaves it: nothing of an atomic file is left.
    pub fn abort(&mut self) {
        self.state = State::Ended;
    }

    fn open(&mut self, checkpoint: Checkpoint<'_>) -> Result<&mut Open, Error> {
        if matches!(self.state, State::New) {
            self.state = State::Ended;
            self.state = State::Open(Box::new(Open::new(&self.path, &self.options, checkpoint)?));
        }
        match &mut self.state {
            State::Open(open) => Ok(open),
            _ => Err(Error::Closed { path: self.path.clone() }),
        }
    }
}

/// Writes a file at once.
///
/// # Errors
/// Those of [`Writer`].
pub fn write(path: &str, bytes: &[u8], options: &WriteOptions, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    let mut open = Open::new(path, options, checkpoint)?;
    open.write(bytes, checkpoint)?;
    open.finish(options, checkpoint)
}

impl Open {
    fn new(path: &str, options: &WriteOptions, checkpoint: Checkpoint<'_>) -> Result<Self, Error> {
        checkpoint()?;
        let target = Target::of(&path::parse(path)?)?;
        target.refuse_folder()?;
        if target.metadata.is_some() && !options.overwrite {
            return Err(Error::as_if("create", &target.path, "EEXIST", "file exists"));
        }
        let named_in = if options.create_folders { folder::make_above(&target.path)? } else { Vec::new() };
        let mode = options.mode.unwrap_or(0o666);
        let sink = if target.is_special() {
            Sink::Special(open_special(&target.path, checkpoint)?)
        } else if options.atomic {
            Sink::Temporary(Temporary::new(&target.path, mode, checkpoint)?)
        } else {
            Sink::Direct(open_in_place(&target.path, mode, options.overwrite)?)
        };
        Ok(Self { target, sink, named_in })
    }

    fn write(&mut self, bytes: &[u8], checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        let path = &self.target.path;
        match &mut self.sink {
            Sink::Temporary(Temporary { file, .. }) | Sink::Direct(file) => {
                for chunk in bytes.chunks(CHUNK) {
                    checkpoint()?;
                    file.write_all(chunk).at("write", path)?;
                }
                Ok(())
            }
            Sink::Special(file) => write_special(file, path, bytes, checkpoint),
        }
    }

    fn finish(self, options: &WriteOptions, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        let Self { target, sink, named_in } = self;
        match sink {
            Sink::Special(_) => return Ok(()),
            Sink::Temporary(temporary) => {
                target.dress(&temporary.file, options.mode)?;
                if target.metadata.is_some() {
                    attributes::keep(&target.path, &temporary.file, &target.path)?;
                }
                sync(&temporary.file, &target.path, options.fsync)?;
                let existing = if options.overwrite { Existing::Replace } else { Existing::Refuse };
                temporary.persist(existing, checkpoint)?;
            }
            Sink::Direct(file) => {
                if options.mode.is_some() {
                    target.dress(&file, options.mode)?;
                }
                sync(&file, &target.path, options.fsync)?;
            }
        }
        sync_folders(&target.path, &named_in, options.fsync)
    }
}

pub(crate) fn sync(file: &File, path: &Path, fsync: Fsync) -> Result<(), Error> {
    if fsync == Fsync::None { Ok(()) } else { file.sync_all().at("sync", path) }
}

/// The names on the way to a file that are new: its own, and those of folders. Where folders can be synced: Windows cannot, and
/// writes names with the files.
pub(crate) fn sync_folders(path: &Path, named_in: &[PathBuf], fsync: Fsync) -> Result<(), Error> {
    if fsync != Fsync::Folder || cfg!(not(unix)) {
        return Ok(());
    }
    for folder in iter::once(folder_of(path)).chain(named_in.iter().map(PathBuf::as_path)) {
        File::open(folder).and_then(|folder| folder.sync_all()).at("sync", folder)?;
    }
    Ok(())
}

fn open_in_place(path: &Path, mode: u32, overwrite: bool) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(!overwrite).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path).at("open", path)
}

#[cfg(unix)]
pub(crate) fn open_special(path: &Path, checkpoint: Checkpoint<'_>) -> Result<File, Error> {
    use std::{os::unix::fs::OpenOptionsExt as _, thread, time::Duration};
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    loop {
        checkpoint()?;
        match OpenOptions::new().write(true).custom_flags(flags.bits() as i32).open(path) {
            // A pipe that nobody reads yet.
            Err(error) if is_pipe_without_reader(&error, path) => thread::sleep(Duration::from_millis(5)),
            opened => return opened.at("open", path),
        }
    }
}

#[cfg(unix)]
fn is_pipe_without_reader(error: &io::Error, path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error())
        && fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo())
}

#[cfg(not(unix))]
pub(crate) fn open_special(path: &Path, _: Checkpoint<'_>) -> Result<File, Error> {
    OpenOptions::new().write(true).open(path).at("open", path)
}

pub(crate) fn write_special(
    file: &mut File,
    path: &Path,
    mut bytes: &[u8],
    checkpoint: Checkpoint<'_>,
) -> Result<(), Error> {
    while !bytes.is_empty() {
        checkpoint()?;
        #[cfg(unix)]
        crate::source::wait_for(file, rustix::event::PollFlags::OUT, checkpoint)
            .map_err(|failed| failed.at("write", path))?;
        match file.write(&bytes[..bytes.len().min(CHUNK)]) {
            Ok(0) => return Err(Error::io("write", path, &io::ErrorKind::WriteZero.into())),
            Ok(written) => bytes = &bytes[written..],
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {}
            Err(error) => return Err(Error::io("write", path, &error)),
        }
    }
    Ok(())
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Writer({})", shown(Path::new(&self.path)))
    }
}
