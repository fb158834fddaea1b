//! What a binary promises, and how a loader checks it before the first call: signatures and their digest, groups of operations,
//! and faster implementations that are used only once they agreed with their reference.
#![forbid(unsafe_code)]

mod differential;
mod groups;
pub mod inputs;
mod signatures;

pub use differential::{Difference, Report, checked};
pub use groups::OperationGroup;
pub use signatures::{BOUNDARY_ABI, Contract, EMPTY_DIGEST, VersionMismatch, fnv1a, handshake};
