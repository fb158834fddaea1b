//! Time, and the processor.

use std::time::{SystemTime, UNIX_EPOCH};

use ferrule_processor::{LeafOne, leaf_one, ticks};
use ferrule_sys::Clock;

use crate::{
    guard::{DONE, FAILED, output},
    structs::Cpuid,
};

/// What ferrule_cpuid.magic is once it is filled in.
pub const FERRULE_CPUID_MAGIC: i32 = 0x2801_47b8;

/// CLOCK_REALTIME, everywhere.
const WALL: i32 = 0;

/// The number of a clock, as the system has it.
#[cfg(unix)]
type ClockId = libc::clockid_t;
#[cfg(not(unix))]
type ClockId = i32;

static CLOCK: Clock = Clock::with_steady(ticks, steady_seconds);

#[cfg(unix)]
fn steady_seconds() -> f64 {
    // Every Unix that Rust's standard library runs on has this clock.
    system_seconds(libc::CLOCK_MONOTONIC).unwrap_or(0.0)
}

#[cfg(not(unix))]
fn steady_seconds() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed().as_secs_f64()
}

/// Seconds of a clock of the system. `None` if it has no such clock.
#[cfg(unix)]
fn system_seconds(clock: ClockId) -> Option<f64> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a timespec of ours. The number of a clock may be any; one that is none is refused.
    let status = unsafe { libc::clock_gettime(clock, &raw mut time) };
    (status == 0).then_some(time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9)
}

#[cfg(not(unix))]
fn system_seconds(_clock: ClockId) -> Option<f64> {
    None
}

/// Whole seconds since 1970, as time(NULL) gives them.
pub(crate) fn whole_seconds() -> i64 {
    let seconds = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => seconds(since.as_secs()),
        Err(before) => {
            let before = before.duration();
            -seconds(before.as_secs() + u64::from(before.subsec_nanos() > 0))
        }
    }
}

/// What the processor says of itself. 0; -1 if out is NULL; -2 if it is no x86, and then nothing is written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_cpuid_fill(out: *mut Cpuid) -> i32 {
    if out.is_null() {
        return FAILED;
    }
    let Some(LeafOne { ebx, ecx, edx }) = leaf_one() else { return -2 };
    let [ebx, ecx, edx] = [ebx, ecx, edx].map(|word| word as i32);
    // SAFETY: the caller's word for `out`, as the crate says.
    unsafe { output(out, Cpuid { magic: FERRULE_CPUID_MAGIC, ebx, ecx, edx }) };
    DONE
}

/// Seconds of the steady clock (CLOCK_MONOTONIC). This thread remembers them, and the ticks just before: see ferrule_precise_now_value and
/// ferrule_precise_now_rdtsc_value.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_get_utime_monotonic() -> f64 {
    CLOCK.monotonic()
}

/// Seconds since 1970, asked again once a million ticks have passed. A tick is one of the processor's time-stamp counter; where there is
/// none, a nanosecond.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_get_double_time() -> f64 {
    CLOCK.cached_wall()
}

/// Seconds of the clock of the system that has this number (clock_gettime); of one it does not have, whole seconds since 1970. Those of
/// clock 0, since 1970, are remembered: see ferrule_precise_time_value.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_get_utime(clock_id: i32) -> f64 {
    if clock_id == WALL {
        return CLOCK.wall();
    }
    system_seconds(clock_id as ClockId).unwrap_or_else(|| whole_seconds() as f64)
}

/// Seconds since 1970 times 2 to the 32nd, asked again if they are older than so many ticks.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_get_precise_time(precision: u32) -> i64 {
    CLOCK.precise(precision)
}

/// What ferrule_get_utime_monotonic gave this thread last; 0 if nothing.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_precise_now_value() -> f64 {
    CLOCK.last().seconds
}

/// The ticks just before that; 0 if nothing.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_precise_now_rdtsc_value() -> i64 {
    CLOCK.last().ticks
}

/// What clock 0 gave last in any thread, times 2 to the 32nd; 0 if nothing.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_precise_time_value() -> i64 {
    CLOCK.last_precise().0
}

/// The ticks just before that; 0 if nothing.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_precise_time_rdtsc_value() -> i64 {
    CLOCK.last_precise().1
}
