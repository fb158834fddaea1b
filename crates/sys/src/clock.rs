//! Clocks that are cheap to ask often.
//!
//! A [`Clock`] asks the system only when a counter of the processor has moved far enough since it last did. The counter comes from
//! outside ([`Ticks`]): where a processor has none, the system's steady clock counts in its place, so that time does not stand still.

use std::{
    sync::atomic::{
        AtomicI64, AtomicU64,
        Ordering::{Acquire, Relaxed, Release},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Ticks for which the cached wall clock stands.
const STANDS: u64 = 1_000_000;
/// 2³²: the fixed point of [`Clock::precise`].
const FIXED: f64 = 4_294_967_296.0;

/// A counter that only grows.
pub type Ticks = fn() -> u64;

/// What a thread was told last by [`Clock::monotonic`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Now {
    /// Seconds of the steady clock.
    pub seconds: f64,
    /// Ticks just before.
    pub ticks: i64,
}

thread_local! {
    static NOW: std::cell::Cell<Now> = const { std::cell::Cell::new(Now { seconds: 0.0, ticks: 0 }) };
}

/// A steady clock: seconds from a moment of its own choice, which only grow.
pub type Steady = fn() -> f64;

/// What [`Clock::monotonic`] goes by.
#[derive(Debug)]
enum Going {
    Since(Instant),
    By(Steady),
}

/// A process's clocks. There is no lock in it: a child that was forked amid the calls of other threads may ask it.
#[derive(Debug)]
pub struct Clock {
    ticks: Ticks,
    going: Going,
    /// The bits of the cached wall clock; of a negative number before it is asked first.
    wall: AtomicU64,
    /// The tick up to which `wall` stands.
    wall_until: AtomicU64,
    precise: AtomicI64,
    precise_ticks: AtomicI64,
}

impl Clock {
    /// Counting by `ticks`.
    pub fn new(ticks: Ticks) -> Self {
        Self::going(ticks, Going::Since(Instant::now()))
    }

    /// Counting by `ticks`, with the steady clock that others on this system go by instead of one that begins now.
    pub const fn with_steady(ticks: Ticks, steady: Steady) -> Self {
        Self::going(ticks, Going::By(steady))
    }

    const fn going(ticks: Ticks, going: Going) -> Self {
        Self {
            ticks,
            going,
            wall: AtomicU64::new((-1.0_f64).to_bits()),
            wall_until: AtomicU64::new(0),
            precise: AtomicI64::new(0),
            precise_ticks: AtomicI64::new(0),
        }
    }

    fn ticks(&self) -> u64 {
        (self.ticks)()
    }

    /// Seconds of the steady clock: from when this one was made, unless it goes by another; remembered for this thread.
    pub fn monotonic(&self) -> f64 {
        let ticks = clamped(self.ticks());
        let seconds = match self.going {
            Going::Since(start) => start.elapsed().as_secs_f64(),
            Going::By(steady) => steady(),
        };
        NOW.set(Now { seconds, ticks });
        seconds
    }

    /// What this thread was told last by [`Clock::monotonic`]; zeros if nothing.
    pub fn last(&self) -> Now {
        NOW.get()
    }

    /// Seconds since 1970, asked again after a million ticks, and when the counter went back.
    pub fn cached_wall(&self) -> f64 {
        let ticks = self.ticks();
        // Who sees a new end sees the time that stands until then.
        let left = self.wall_until.load(Acquire).wrapping_sub(ticks);
        let wall = f64::from_bits(self.wall.load(Relaxed));
        if left <= STANDS && wall >= 0.0 {
            return wall;
        }
        let wall = wall_seconds();
        self.wall.store(wall.to_bits(), Relaxed);
        self.wall_until.store(ticks.saturating_add(STANDS), Release);
        wall
    }

    /// Seconds since 1970, asked now; remembered as [`Clock::precise`].
    pub fn wall(&self) -> f64 {
        let ticks = clamped(self.ticks());
        let seconds = wall_seconds();
        self.precise.store((seconds * FIXED) as i64, Relaxed);
        self.precise_ticks.store(ticks, Relaxed);
        seconds
    }

    /// Seconds since 1970 with 32 bits behind the point, no older than `precision` ticks.
    pub fn precise(&self, precision: u32) -> i64 {
        let age = clamped(self.ticks()).wrapping_sub(self.precise_ticks.load(Relaxed));
        let never = self.precise.load(Relaxed) == 0;
        if never || age < 0 || age > i64::from(precision) {
            self.wall();
        }
        self.precise.load(Relaxed)
    }

    /// What [`Clock::precise`] gave last, and the ticks just before; zeros if nothing.
    pub fn last_precise(&self) -> (i64, i64) {
        (self.precise.load(Relaxed), self.precise_ticks.load(Relaxed))
    }
}

fn clamped(ticks: u64) -> i64 {
    i64::try_from(ticks).unwrap_or(i64::MAX)
}

fn wall_seconds() -> f64 {
    // Before 1970 it is before 1970.
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_secs_f64(),
        Err(before) => -before.duration().as_secs_f64(),
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, thread};

    use super::*;

    thread_local! {
        static TICKS: Cell<u64> = const { Cell::new(0) };
    }

    fn clock() -> Clock {
        Clock::new(|| TICKS.get())
    }

    #[test]
    fn the_wall_clock_stands_for_a_million_ticks() {
        let clock = clock();
        TICKS.set(5);
        let first = clock.cached_wall();
        thread::sleep(std::time::Duration::from_millis(2));
        TICKS.set(5 + STANDS);
        assert_eq!(clock.cached_wall().to_bits(), first.to_bits());
        TICKS.set(6 + STANDS);
        let second = clock.cached_wall();
        assert!(second > first);
        thread::sleep(std::time::Duration::from_millis(2));
        TICKS.set(4);
        assert!(clock.cached_wall() > second, "a counter that went back");
    }

    #[test]
    fn the_first_time_is_asked_for_even_when_the_counter_has_not_moved() {
        TICKS.set(0);
        let clock = clock();
        assert!(clock.cached_wall() > 0.0);
        assert!(clock.precise(u32::MAX) > 0);
    }

    #[test]
    fn another_steady_clock_can_be_gone_by() {
        let clock = Clock::with_steady(|| 3, || 1234.5);
        assert_eq!(clock.monotonic().to_bits(), 1234.5_f64.to_bits());
        assert_eq!(clock.last(), Now { seconds: 1234.5, ticks: 3 });
    }

    #[test]
    fn the_precise_time_is_as_fresh_as_it_is_asked_to_be() {
        let clock = clock();
        assert_eq!(clock.last_precise(), (0, 0));
        TICKS.set(1000);
        let first = clock.precise(0);
        let seconds = first as f64 / FIXED;
        assert!((seconds - wall_seconds()).abs() < 60.0);
        thread::sleep(std::time::Duration::from_millis(2));
        TICKS.set(1100);
        assert_eq!(clock.precise(100), first);
        TICKS.set(1101);
        assert!(clock.precise(100) > first);
        assert_eq!(clock.last_precise().1, 1101);
        TICKS.set(5);
        clock.precise(100);
        assert_eq!(clock.last_precise().1, 5, "a counter that went back is asked again");
        TICKS.set(u64::MAX);
        clock.precise(0);
        assert_eq!(clock.last_precise().1, i64::MAX);
    }

    #[test]
    fn each_thread_remembers_its_own() {
        let clock = clock();
        TICKS.set(7);
        let seconds = clock.monotonic();
        assert_eq!(clock.last(), Now { seconds, ticks: 7 });
        thread::scope(|scope| {
            scope.spawn(|| assert_eq!(clock.last(), Now::default()));
        });
        assert!(clock.monotonic() >= seconds);
    }
}
