//! Digests of files.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{Checkpoint, Error, checkpoint::CHUNK, path, source::Source};

/// What a digest is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are known")]
pub enum HashAlgorithm {
    Blake3,
    Sha256,
    Sha384,
    Sha512,
    /// Broken for signatures; for what others have published.
    Sha1,
    /// Broken, as SHA-1 is.
    Md5,
}

/// The digest of a file's bytes.
///
/// # Errors
/// What the system refuses. The checkpoint is looked at every mebibyte.
pub fn hash_file(path: &str, algorithm: HashAlgorithm, checkpoint: Checkpoint<'_>) -> Result<Vec<u8>, Error> {
    let source = Source::open(&path::parse(path)?)?;
    match algorithm {
        HashAlgorithm::Blake3 => {
            let mut hasher = blake3::Hasher::new();
            each(source, checkpoint, |piece| {
                hasher.update(piece);
            })?;
            Ok(hasher.finalize().as_bytes().to_vec())
        }
        HashAlgorithm::Sha256 => digest::<Sha256>(source, checkpoint),
        HashAlgorithm::Sha384 => digest::<Sha384>(source, checkpoint),
        HashAlgorithm::Sha512 => digest::<Sha512>(source, checkpoint),
        HashAlgorithm::Sha1 => digest::<Sha1>(source, checkpoint),
        HashAlgorithm::Md5 => digest::<Md5>(source, checkpoint),
    }
}

fn digest<D: Digest>(source: Source, checkpoint: Checkpoint<'_>) -> Result<Vec<u8>, Error> {
    let mut hasher = D::new();
    each(source, checkpoint, |piece| hasher.update(piece))?;
    Ok(hasher.finalize().to_vec())
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
