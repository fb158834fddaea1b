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

mod calls;
mod clock;
pub mod epoll;
mod error;
mod identity;
mod log_prefix;
mod packed;
pub mod proc;
mod process_clock;
mod rounding;

pub use calls::{
    cpuid, from_epoll, identity_client, identity_common, identity_is_newer, identity_matches, identity_server,
    log_prefix_of, meminfo_cells, page_size, pick_size_of, read_meminfo_cells, read_stat_cells, read_statm_cells,
    stat_cells, statm_cells, to_epoll,
};
pub use clock::{Clock, Now, Steady, Ticks};
pub use error::{Error, SizesFault};
pub use identity::{Identity, Match, TimeOutOfRange};
pub use log_prefix::{Moment, log_prefix};
pub use process_clock::{
    SystemClock, cached_seconds, last_monotonic, last_precise, monotonic_seconds, precise_time, seconds_of, ticks,
};
pub use rounding::{Sizes, pick_size, pick_size_unchecked, wait_milliseconds};
