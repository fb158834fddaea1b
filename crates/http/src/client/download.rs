//! A body into a file: all of it or nothing.
//!
//! It is written beside its place under a name of its own, and moved there when it is complete. The name never comes from the
//! server.

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use tokio::{
    fs::{self, File},
    io::AsyncWriteExt as _,
};

use super::{
    fault::{ClientError, Fault},
    raw_body::RawBody,
    response::{ResponseBody, Source, drain_ready},
};

/// How much is collected before it is written.
const WRITE: usize = 512 * 1024;

/// How often whoever listens is told how far it is.
const TOLD: Duration = Duration::from_millis(50);

/// Hears how many bytes there are, and how many there will be; -1 when nobody knows.
pub type Progress = Box<dyn Fn(f64, f64) + Send + Sync>;

/// The file under its name of its own; gone again unless it is kept.
struct Part {
    path: PathBuf,
    kept: bool,
}

impl Drop for Part {
    fn drop(&mut self) {
        // At once and on this thread: the process may be about to end.
        if !self.kept {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl ResponseBody {
    /// Writes all that is left of the body to `path`, and says how many bytes that were. `mode`: the file's permissions, as the
    /// system has them by default. `sync`: it is on the disk before it has its name. `listens`: whether `progress` is called.
    pub async fn save(
        &mut self,
        path: String,
        overwrite: bool,
        mode: Option<u32>,
        sync: bool,
        listens: bool,
        progress: Progress,
    ) -> Result<f64, ClientError> {
        let (source, ready) = self.take()?;
        let told = listens.then_some(progress);
        save(source, ready, Path::new(&path), overwrite, mode, sync, told)
            .await
            .map_err(|fault| self.whose().error(fault))
    }
}

/// As [`ResponseBody::save`], of a body that has come already.
pub async fn save_bytes(
    bytes: Vec<u8>,
    path: String,
    overwrite: bool,
    mode: Option<u32>,
    sync: bool,
) -> Result<f64, ClientError> {
    let source = Source::Raw(RawBody::ended());
    save(source, bytes, Path::new(&path), overwrite, mode, sync, None).await.map_err(|fault| fault.of("", ""))
}

async fn save(
    mut source: Source,
    mut ready: Vec<u8>,
    path: &Path,
    overwrite: bool,
    mode: Option<u32>,
    sync: bool,
    progress: Option<Progress>,
) -> Result<f64, Fault> {
    let shown = path.to_string_lossy();
    let failed = |error: io::Error| Fault::file(&shown, "the file cannot be written", &error);
    match fs::symlink_metadata(path).await {
        Ok(facts) if facts.is_dir() => return Err(failed(io::ErrorKind::IsADirectory.into())),
        Ok(_) if !overwrite => return Err(failed(io::ErrorKind::AlreadyExists.into())),
        _ => {}
    }
    let (mut file, mut part) = create(path, mode).map_err(failed)?;
    let total = source.known().map_or(-1.0, |left| (left + ready.len() as u64) as f64);
    let mut written = 0_u64;
    let mut told = Instant::now();
    let mut ended = false;
    while !ended || !ready.is_empty() {
        if !ended && ready.len() < WRITE {
            ended = source.read(WRITE - ready.len(), &mut ready).await? || drain_ready(&mut source, WRITE, &mut ready)?;
        }
        file.write_all(&ready).await.map_err(failed)?;
        written += ready.len() as u64;
        ready.clear();
        if let Some(progress) = &progress
            && told.elapsed() >= TOLD
        {
            told = Instant::now();
            progress(written as f64, total);
        }
    }
    file.flush().await.map_err(failed)?;
    if sync {
        file.sync_all().await.map_err(failed)?;
    }
    drop(file);
    place(&part.path, path, overwrite).map_err(failed)?;
    part.kept = true;
    if sync && let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // Not every system lets a folder be opened; its entry is as durable there as it can be.
        if let Ok(folder) = File::open(folder).await {
            let _ = folder.sync_all().await;
        }
    }
    if let Some(progress) = &progress {
        progress(written as f64, written as f64);
    }
    Ok(written as f64)
}

fn create(path: &Path, mode: Option<u32>) -> io::Result<(File, Part)> {
    let Some(name) = path.file_name() else { return Err(io::ErrorKind::InvalidInput.into()) };
    for _ in 0..16 {
        let mut own = OsString::from(".");
        own.push(name);
        let random = getrandom::u32().map_err(|_| io::Error::other("no randomness"))?;
        own.push(format!(".{random:08x}.part"));
        let beside = path.with_file_name(own);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode.unwrap_or(0o666));
        #[cfg(not(unix))]
        let _ = mode;
        // Opened at once: were it left to another thread, dropping this future could leave a file that nobody removes.
        match options.open(&beside) {
            Ok(file) => return Ok((File::from_std(file), Part { path: beside, kept: false })),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Moves the file to its place in one step.
fn place(part: &Path, path: &Path, overwrite: bool) -> io::Result<()> {
    if overwrite {
        return std::fs::rename(part, path);
    }
    // A link to a name that is taken fails, and does so in one step.
    match std::fs::hard_link(part, path) {
        Ok(()) => {
            let _ = std::fs::remove_file(part);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // Where there are no links, the name is taken first.
        Err(_) => {
            std::fs::OpenOptions::new().write(true).create_new(true).open(path)?;
            std::fs::rename(part, path)
        }
    }
}
