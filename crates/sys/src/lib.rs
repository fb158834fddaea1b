//! What a network service asks its system: who a process is, what time it is, what `/proc` says, how long to wait, which size to take.
//!
//! Everything is a plain function of its arguments but the readers of `/proc` ([`proc`]) and the clocks ([`Clock`]).
//!
//! # Use
//! ```
//! use ferrule_sys::{Identity, Match, pick_size, wait_milliseconds};
//!
//! let old = Identity { ip: 1, port: 80, pid: 10, utime: 5 };
//! let new = Identity { pid: 11, ..old };
//! assert!(new.is_newer(&old));
//! assert_eq!(old.matches(&Identity { ip: 1, ..Identity::default() }), Match::Special);
//! assert_eq!(wait_milliseconds(1.0005, 1.0), 1);
//! assert_eq!(pick_size(&[48, 512, 2048], 100), Ok(1));
//! ```
#![forbid(unsafe_code)]

mod clock;
pub mod epoll;
mod identity;
mod log_prefix;
pub mod proc;
mod rounding;

pub use clock::{Clock, Now, Steady, Ticks};
pub use identity::{Identity, Match, TimeOutOfRange};
pub use log_prefix::{Moment, log_prefix};
pub use rounding::{Sizes, pick_size, pick_size_unchecked, wait_milliseconds};
