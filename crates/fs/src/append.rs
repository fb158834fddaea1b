//! Adding to the end of a file.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    Checkpoint, Error, Fsync,
    checkpoint::CHUNK,
    error::At as _,
    folder, path,
    target::Target,
    writer::{open_special, sync, sync_folders, write_special},
};

/// Adds to the end of a file, which is made if it is not there.
///
/// # Errors
/// What the system refuses. What was added before the fault, or before the checkpoint said stop, is taken back, unless
/// somebody else has added something since.
pub fn append(
    path: &str,
    bytes: &[u8],
    mode: Option<u32>,
    fsync: Fsync,
    create_folders: bool,
    checkpoint: Checkpoint<'_>,
) -> Result<(), Error> {
    checkpoint()?;
    let target = Target::of(&path::parse(path)?)?;
    target.refuse_folder()?;
    let path: &PathBuf = &target.path;
    let named_in = if create_folders { folder::make_above(path)? } else { Vec::new() };
    if target.is_special() {
        return write_special(&mut open_special(path, checkpoint)?, path, bytes, checkpoint);
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode.unwrap_or(0o666));
    let file = options.open(path).at("open", path)?;
    if mode.is_some() && target.metadata.is_none() {
        target.dress(&file, mode)?;
    }
    let added = add(&file, path, bytes, checkpoint);
    if added.is_err() && target.metadata.is_none() && file.metadata().is_ok_and(|metadata| metadata.len() == 0) {
        let _ = fs::remove_file(path);
    }
    added?;
    sync(&file, path, fsync)?;
    if target.metadata.is_none() { sync_folders(path, &named_in, fsync) } else { Ok(()) }
}

fn add(mut file: &File, path: &Path, bytes: &[u8], checkpoint: Checkpoint<'_>) -> Result<(), Error> {
    use std::io::Seek as _;
    // Where the last of ours ends, and how much of it stands there in one piece.
    let (mut end, mut whole) = (None, 0);
    for chunk in bytes.chunks(CHUNK) {
        let mut left = chunk;
        let failed = loop {
            if left.is_empty() {
                break None;
            }
            if let Err(stop) = checkpoint() {
                break Some(stop.into());
            }
            match file.write(left) {
                Ok(0) => break Some(Error::io("append to", path, &io::ErrorKind::WriteZero.into())),
                Ok(written) => {
                    left = &left[written..];
                    let now = file.stream_position().at("append to", path)?;
                    whole = if end == Some(now - written as u64) { whole + written as u64 } else { written as u64 };
                    end = Some(now);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Some(Error::io("append to", path, &error)),
            }
        };
        if let Some(error) = failed {
            if let Some(end) = end
                && file.metadata().is_ok_and(|metadata| metadata.len() == end)
            {
                let _ = file.set_len(end - whole);
            }
            return Err(error);
        }
    }
    Ok(())
}
