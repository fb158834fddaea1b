//! The one clock of this process, and the system's own clocks by name.

use std::sync::LazyLock;

use crate::{Clock, Error, Now};

static CLOCK: LazyLock<Clock> = LazyLock::new(process_clock);

fn process_clock() -> Clock {
    #[cfg(unix)]
    return Clock::with_steady(ferrule_processor::ticks, || clock_seconds(rustix::time::ClockId::Monotonic));
    #[cfg(not(unix))]
    Clock::new(ferrule_processor::ticks)
}

/// A clock of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemClock {
    /// Seconds since 1970.
    Realtime,
    /// Seconds of a clock that only grows.
    Monotonic,
    /// The same, without corrections: on Linux.
    MonotonicRaw,
    /// The same, with the time the system slept: on Linux.
    Boottime,
    /// Seconds of processor time that this process has had: not on Windows.
    ProcessCpu,
    /// Seconds of processor time that this thread has had: not on Windows.
    ThreadCpu,
}

#[cfg(unix)]
fn clock_seconds(clock: rustix::time::ClockId) -> f64 {
    let time = rustix::time::clock_gettime(clock);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Seconds of the steady clock. See [`Clock::monotonic`].
pub fn monotonic_seconds() -> f64 {
    CLOCK.monotonic()
}

/// Seconds since 1970, asked again after a million ticks. See [`Clock::cached_wall`].
pub fn cached_seconds() -> f64 {
    CLOCK.cached_wall()
}

/// Seconds of a clock, asked now; of [`SystemClock::Realtime`] also remembered: see [`Clock::wall`].
///
/// # Errors
/// [`Error::Unavailable`].
pub fn seconds_of(clock: SystemClock) -> Result<f64, Error> {
    if clock == SystemClock::Realtime {
        return Ok(CLOCK.wall());
    }
    #[cfg(unix)]
    {
        use rustix::time::ClockId;
        Ok(clock_seconds(match clock {
            SystemClock::Realtime => ClockId::Realtime,
            SystemClock::Monotonic => ClockId::Monotonic,
            SystemClock::ProcessCpu => ClockId::ProcessCPUTime,
            SystemClock::ThreadCpu => ClockId::ThreadCPUTime,
            #[cfg(target_os = "linux")]
            SystemClock::MonotonicRaw => ClockId::MonotonicRaw,
            #[cfg(target_os = "linux")]
            SystemClock::Boottime => ClockId::Boottime,
            #[cfg(not(target_os = "linux"))]
            SystemClock::MonotonicRaw | SystemClock::Boottime => {
                return Err(Error::Unavailable { what: "this clock is one of Linux" });
            }
        }))
    }
    #[cfg(not(unix))]
    {
        static FIRST: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
        if clock == SystemClock::Monotonic {
            return Ok(FIRST.elapsed().as_secs_f64());
        }
        Err(Error::Unavailable { what: "this system has the clocks realtime and monotonic" })
    }
}

/// Seconds since 1970, times 2³², no older than `precision` ticks. See [`Clock::precise`].
pub fn precise_time(precision: u32) -> i64 {
    CLOCK.precise(precision)
}

/// What this thread was told last by [`monotonic_seconds`], seconds and ticks. See [`Clock::last`].
pub fn last_monotonic() -> (f64, i64) {
    let Now { seconds, ticks } = CLOCK.last();
    (seconds, ticks)
}

/// What [`precise_time`] gave last, and the ticks just before. See [`Clock::last_precise`].
pub fn last_precise() -> (i64, i64) {
    CLOCK.last_precise()
}

/// Ticks of the counter by which the clocks go. See [`ferrule_processor::ticks`].
pub fn ticks() -> u64 {
    ferrule_processor::ticks()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clocks_of_the_system_go_together() {
        let (steady, named) = (monotonic_seconds(), seconds_of(SystemClock::Monotonic).unwrap());
        assert!(cfg!(not(unix)) || (named - steady).abs() < 1.0);
        assert!((seconds_of(SystemClock::Realtime).unwrap() - cached_seconds()).abs() < 1.0);
        let fixed = precise_time(0) as f64 / 4_294_967_296.0;
        assert!((fixed - cached_seconds()).abs() < 1.0);
        assert!(last_monotonic().0 > 0.0 && last_precise().1 > 0);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn time_that_was_worked_is_less_than_time_that_passed() {
        let [boot, raw, process, thread] =
            [SystemClock::Boottime, SystemClock::MonotonicRaw, SystemClock::ProcessCpu, SystemClock::ThreadCpu]
                .map(|clock| seconds_of(clock).unwrap());
        assert!(raw > 0.0 && boot >= seconds_of(SystemClock::Monotonic).unwrap() - 1.0);
        assert!(thread > 0.0 && thread <= process + 1e-3);
    }
}
