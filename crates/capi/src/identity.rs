//! Who a process is.

use std::process;

use ferrule_sys::{Identity, Match, TimeOutOfRange};

use crate::{
    clocks::whole_seconds,
    guard::{code, or, output, value},
    structs::ProcessId,
};

impl From<ProcessId> for Identity {
    fn from(ProcessId { ip, port, pid, utime }: ProcessId) -> Self {
        Self { ip, port, pid, utime }
    }
}

impl From<Identity> for ProcessId {
    fn from(Identity { ip, port, pid, utime }: Identity) -> Self {
        Self { ip, port, pid, utime }
    }
}

/// Changes what is at `pid` by a process's number and the time.
///
/// # Safety
/// As the crate says of results.
unsafe fn fill(pid: *mut ProcessId, change: impl FnOnce(&mut Identity, u32, i64) -> Result<(), TimeOutOfRange>) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `pid`.
        let mut identity = Identity::from(unsafe { value(pid) }?);
        let changed = change(&mut identity, process::id(), whole_seconds());
        // SAFETY: as above. Whatever was known before the time turned out not to fit is written all the same.
        unsafe { output(pid, identity.into()) }?;
        changed.ok()
    })
}

/// Fills in pid (the low 16 bits of this process's number) and utime (now, in seconds since 1970) where they are 0. -1 if pid is NULL, or
/// if the time does not fit into 32 bits; then the number may have been filled in.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_pid_init_common(pid: *mut ProcessId) -> i32 {
    // SAFETY: the caller's word for `pid`, as the crate says.
    unsafe { fill(pid, Identity::fill) }
}

/// As ferrule_pid_init_common, and takes the address unless it is 0 or 127.0.0.1, which tells others nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_pid_init_client(pid: *mut ProcessId, ip: u32) -> i32 {
    // SAFETY: the caller's word for `pid`, as the crate says.
    unsafe { fill(pid, |identity, number, seconds| identity.fill_client(ip, number, seconds)) }
}

/// As ferrule_pid_init_client, and takes the low 16 bits of the port where that is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_pid_init_server(pid: *mut ProcessId, ip: u32, port: i32) -> i32 {
    // SAFETY: the caller's word for `pid`, as the crate says.
    unsafe { fill(pid, |identity, number, seconds| identity.fill_server(ip, port, number, seconds)) }
}

/// How x fits y, of which each 0 fits everything: 2 if both are the same, 1 if it fits, 0 if not, or if either is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_matches_pid(x: *const ProcessId, y: *const ProcessId) -> i32 {
    or(0, || {
        // SAFETY: the caller's word for both, as the crate says.
        let (Some(x), Some(y)) = (unsafe { value(x) }, unsafe { value(y) }) else { return 0 };
        match Identity::from(x).matches(&y.into()) {
            Match::No => 0,
            Match::Special => 1,
            Match::Same => 2,
        }
    })
}

/// 1 if a is a later process at the same address and port than b: it began later, or in the same second with a number 1 to 16,383 behind
/// it, in rounds of 32,768. Else 0, and if either is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_process_id_is_newer(a: *const ProcessId, b: *const ProcessId) -> i32 {
    or(0, || {
        // SAFETY: the caller's word for both, as the crate says.
        let (Some(a), Some(b)) = (unsafe { value(a) }, unsafe { value(b) }) else { return 0 };
        Identity::from(a).is_newer(&b.into()).into()
    })
}
