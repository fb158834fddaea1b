//! Stopping work in the middle: between chunks of a file, files of a folder. It ends with [`Error::Stopped`](crate::Error::Stopped), and
//! what was begun is taken back.

pub use ferrule_hash::{Checkpoint, Stop, never_stop};

/// The most that is read, written or hashed between two looks at the checkpoint.
pub(crate) const CHUNK: usize = 1024 * 1024;
