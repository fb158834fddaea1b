//! Reading in pieces.

use std::io::{Seek as _, SeekFrom};

use crate::{Checkpoint, Error, checkpoint::CHUNK, error::At as _, path, source::Source};

/// A part of a file, piece by piece, read as it is asked for.
pub struct Reader {
    path: String,
    start: u64,
    left: u64,
    source: Option<Source>,
}

impl Reader {
    /// Touches nothing: the file is opened by the first read. From byte `start` to before byte `end`.
    pub fn new(path: &str, start: u64, end: Option<u64>) -> Self {
        let left = end.unwrap_or(u64::MAX).saturating_sub(start);
        Self { path: path.to_owned(), start, left, source: None }
    }

    /// The next piece, `most` bytes if there are as many; empty at the end.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn next(&mut self, most: u32, checkpoint: Checkpoint<'_>) -> Result<Vec<u8>, Error> {
        let source = match &mut self.source {
            Some(source) => source,
            none => none.insert(Self::open(&self.path, self.start, checkpoint)?),
        };
        let most = (most as u64).min(self.left) as usize;
        let mut piece = Vec::with_capacity(most);
        while piece.len() < most {
            let room = (most - piece.len()).min(CHUNK);
            let read = source.read(&mut piece, room, checkpoint)?;
            // A pipe gives what it has; a file fills the piece.
            if read == 0 || !source.metadata.is_file() {
                break;
            }
        }
        self.left -= piece.len() as u64;
        Ok(piece)
    }

    fn open(path: &str, start: u64, checkpoint: Checkpoint<'_>) -> Result<Source, Error> {
        let path = path::parse(path)?;
        let mut source = Source::open(&path)?;
        if start == 0 {
            return Ok(source);
        }
        if source.metadata.is_file() {
            source.file.seek(SeekFrom::Start(start)).at("seek in", &path)?;
            return Ok(source);
        }
        let mut skipped = 0;
        while skipped < start {
            let mut piece = Vec::with_capacity(64 * 1024);
            let most = (start - skipped).min(64 * 1024) as usize;
            let read = source.read(&mut piece, most, checkpoint)?;
            if read == 0 {
                break;
            }
            skipped += read as u64;
        }
        Ok(source)
    }
}
