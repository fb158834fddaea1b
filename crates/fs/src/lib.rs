//! Files for a host language: every operation takes paths as text, fails with the name of what the system refused, and can be
//! stopped in the middle without leaving half a file.
//!
//! # Paths
//! Paths are text. Names that are no UTF-8 cross as text, too: each byte that fits nowhere is NUL and two hexadecimal digits,
//! which no path can hold otherwise. What a function gives it also takes.
//!
//! # Stopping
//! What may take long asks its [`Checkpoint`] between two steps, a mebibyte or a file. Pipes and devices are waited for in
//! slices of 20 ms, between which it is asked, too.
#![forbid(unsafe_code)]

mod append;
mod attributes;
mod checkpoint;
mod copy;
mod errno;
mod error;
mod folder;
mod hash;
mod host;
mod many;
mod path;
mod read;
mod reader;
mod remove;
mod rename;
mod source;
mod stat;
mod target;
mod temporary;
mod walk;
mod watch;
mod writer;

pub use append::append;
pub use checkpoint::{Checkpoint, Stop, never_stop};
pub use copy::{Existing, copy};
pub use error::{Error, Refused};
pub use ferrule_hash::Algorithm as HashAlgorithm;
pub use folder::{make_folder, make_temporary_folder};
pub use hash::hash_file;
pub use host::{append_text, write_bytes, write_text};
pub use many::{Many, read_many};
pub use read::{read, read_text};
pub use reader::Reader;
pub use remove::remove;
pub use rename::rename;
pub use stat::{Kind, Stat, exists, stat};
pub use walk::{Entries, Walk, WalkFlag};
pub use watch::{Change, Wake, Watch};
pub use writer::{Fsync, WriteOptions, Writer, write};
