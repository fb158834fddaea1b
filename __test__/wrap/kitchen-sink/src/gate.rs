//! Keeps threads busy until they are let go: what else is called then waits in the middle.
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

static ROUND: Mutex<u64> = Mutex::new(0);
static OPENED: Condvar = Condvar::new();

fn round() -> MutexGuard<'static, u64> {
    ROUND.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for the next `release`.
pub fn hold() {
    let mut now = round();
    let then = *now;
    while *now == then {
        now = OPENED.wait(now).unwrap_or_else(PoisonError::into_inner);
    }
}

/// Lets everybody go who waits.
pub fn release() {
    *round() += 1;
    OPENED.notify_all();
}
