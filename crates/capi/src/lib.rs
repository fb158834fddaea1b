//! The engines for C: 46 functions, of which each checks what it is given, calls an engine, and writes what came of it where it was told.
//! The header is `include/ferrule.h`; `docs/systems/capi.md` says how to link, and where this differs from what it is modelled on.
//!
//! # What every function asks of its caller
//! - A pointer to input is of as many bytes as its length says, for as long as the call lasts, and nobody writes to them meanwhile. With
//!   a length of 0 it is not looked at and may be NULL.
//! - A pointer to a result is of memory for the whole of it. It may be NULL, which is a failure. It needs no alignment, and the memory may
//!   be that of the input, which is read before.
//!
//! Nothing is kept of either, and nothing is handed out that would have to be freed. Any thread may call anything at any time.
//!
//! # Panics
//! None reaches C. A function that can report a failure reports one ([`guard::code`]). One that cannot (a checksum, a time) is `extern
//! "C"`, at whose edge Rust ends the process: a wrong checksum would be worse. No input is known to do either.
#![allow(
    clippy::doc_markdown,
    reason = "what stands above an export is a comment of the header, where C has no marks for names"
)]
#![allow(clippy::missing_safety_doc, reason = "all ask the same of their caller: it stands above, once")]

mod boundary;
mod clocks;
mod config;
mod guard;
mod hash;
mod identity;
mod layout;
mod network;
mod observe;
mod structs;
mod tl;

pub use boundary::*;
pub use clocks::*;
pub use config::*;
pub use hash::*;
pub use identity::*;
pub use layout::{LAYOUTS, Layout};
pub use network::*;
pub use observe::*;
pub use structs::*;
pub use tl::*;
