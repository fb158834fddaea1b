//! Digests of files.

use ferrule_hash::Algorithm;

use crate::{Checkpoint, Error, checkpoint::CHUNK, path, source::Source};

/// The digest of a file's bytes.
///
/// # Errors
/// What the system refuses. The checkpoint is looked at every mebibyte.
pub fn hash_file(path: &str, algorithm: Algorithm, checkpoint: Checkpoint<'_>) -> Result<Vec<u8>, Error> {
    let source = Source::open(&path::parse(path)?)?;
    let mut hasher = algorithm.hasher();
    each(source, checkpoint, |piece| hasher.update(piece))?;
    Ok(hasher.finish())
}

fn each(mut source: Source, checkpoint: Checkpoint<'_>, mut take: impl FnMut(&[u8])) -> Result<(), Error> {
    let size = source.metadata.len().clamp(4 * 1024, CHUNK as u64) as usize;
    let mut piece = Vec::with_capacity(size);
    loop {
        piece.clear();
        if source.read(&mut piece, size, checkpoint)? == 0 {
            return Ok(());
        }
        take(&piece);
    }
}
