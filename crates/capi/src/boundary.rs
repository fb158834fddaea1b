//! What this library promises.

use ferrule_contract::handshake;

use crate::{
    guard::{DONE, FAILED, code, output},
    structs::{ConcurrencyBoundary, NetworkBoundary},
};

/// The version of this interface: raised when a host that was compiled with an older header would misunderstand.
pub const FERRULE_API_VERSION: u32 = 1;

/// The version of both boundary structures.
const BOUNDARY_VERSION: u32 = 1;

/// Operations by their bits. All that are promised are there: those of queues and jobs in the concurrency engine, the others here.
struct Group(&'static [&'static str]);

impl Group {
    const fn mask(&self) -> u32 {
        (1 << self.0.len()) - 1
    }
}

const QUEUE: Group = Group(&["push", "pop", "is empty", "push and wait", "pop and wait", "pop now"]);
const JOBS: Group = Group(&["create", "schedule", "signal", "retain", "release", "run pending", "notify"]);
const EVENTS: Group = Group(&["ferrule_net_epoll_conv_flags", "ferrule_net_epoll_unconv_flags"]);
const TIMERS: Group = Group(&["ferrule_net_timers_wait_msec"]);
const BUFFERS: Group = Group(&["ferrule_msg_buffers_pick_size_index"]);

/// The version of the library that is linked: compare it with FERRULE_API_VERSION, that of the header.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_api_version() -> u32 {
    FERRULE_API_VERSION
}

/// Whether a host that expects this version may go on: 0 if it is exactly that of the library, else -1. Nothing is remembered.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_startup_handshake(expected_api_version: u32) -> i32 {
    if handshake(FERRULE_API_VERSION, expected_api_version).is_ok() { DONE } else { FAILED }
}

/// The operations of queues and jobs. 0, or -1 if out is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_get_concurrency_boundary(out: *mut ConcurrencyBoundary) -> i32 {
    let boundary = ConcurrencyBoundary {
        boundary_version: BOUNDARY_VERSION,
        mpq_contract_ops: QUEUE.mask(),
        mpq_implemented_ops: QUEUE.mask(),
        jobs_contract_ops: JOBS.mask(),
        jobs_implemented_ops: JOBS.mask(),
    };
    // SAFETY: the caller's word for `out`, as the crate says.
    code(|| unsafe { output(out, boundary) })
}

/// The operations of events, timers and buffers. 0, or -1 if out is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_get_network_boundary(out: *mut NetworkBoundary) -> i32 {
    let boundary = NetworkBoundary {
        boundary_version: BOUNDARY_VERSION,
        net_events_contract_ops: EVENTS.mask(),
        net_events_implemented_ops: EVENTS.mask(),
        net_timers_contract_ops: TIMERS.mask(),
        net_timers_implemented_ops: TIMERS.mask(),
        net_msg_buffers_contract_ops: BUFFERS.mask(),
        net_msg_buffers_implemented_ops: BUFFERS.mask(),
    };
    // SAFETY: the caller's word for `out`, as the crate says.
    code(|| unsafe { output(out, boundary) })
}
