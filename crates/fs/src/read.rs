//! Whole files.

use std::path::Path;

use crate::{Checkpoint, Error, checkpoint::CHUNK, path, source::Source};

/// All bytes of a file. Pipes and devices are read to their end, files of /proc, too, which say that they are empty.
///
/// # Errors
/// [`Error::TooLarge`] for more than `max_bytes`, [`Error::IsFolder`], and what the system refuses. The checkpoint is looked
/// at every mebibyte.
pub fn read(path: &str, max_bytes: u64, checkpoint: Checkpoint<'_>) -> Result<Vec<u8>, Error> {
    read_file(&path::parse(path)?, max_bytes, checkpoint)
}

/// A file as text. `keep_bom` leaves a byte order mark where it is.
///
/// # Errors
/// [`Error::InvalidUtf8`] with the offset of the first fault, and those of [`read`].
pub fn read_text(path: &str, max_bytes: u64, keep_bom: bool, checkpoint: Checkpoint<'_>) -> Result<String, Error> {
    text_from(read(path, max_bytes, checkpoint)?, path, keep_bom)
}

pub(crate) fn text_from(mut bytes: Vec<u8>, path: &str, keep_bom: bool) -> Result<String, Error> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let marked = !keep_bom && bytes.starts_with(MARK);
    if marked {
        bytes.drain(..MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| Error::InvalidUtf8 {
        path: path.to_owned(),
        offset: (error.utf8_error().valid_up_to() + if marked { MARK.len() } else { 0 }) as u64,
    })
}

pub(crate) fn read_file(path: &Path, max_bytes: u64, checkpoint: Checkpoint<'_>) -> Result<Vec<u8>, Error> {
    let mut source = Source::open(path)?;
    let said = if source.metadata.is_file() { source.metadata.len() } else { 0 };
    let too_large = || Error::TooLarge { path: path::shown(path), limit: max_bytes };
    if said > max_bytes {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // One more than there is: the read that finds the end needs room, too.
    reserve(&mut bytes, said as usize + 1, path)?;
    loop {
        if bytes.len() == bytes.capacity() {
            let more = bytes.len().clamp(8 * 1024, 64 * CHUNK);
            reserve(&mut bytes, more, path)?;
        }
        let most = CHUNK.min(bytes.capacity() - bytes.len());
        if source.read(&mut bytes, most, checkpoint)? == 0 {
            break;
        }
        if bytes.len() as u64 > max_bytes {
            return Err(too_large());
        }
        if said > 0 && bytes.len() as u64 == said {
            // As much as there was when it was opened.
            break;
        }
    }
    Ok(bytes)
}

fn reserve(bytes: &mut Vec<u8>, more: usize, path: &Path) -> Result<(), Error> {
    bytes
        .try_reserve_exact(more)
        .map_err(|_| Error::NoMemory { path: path::shown(path), size: (bytes.len() + more) as u64 })
}
