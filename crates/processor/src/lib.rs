//! What only the processor itself tells: its counter of ticks, and what it can.
//!
//! A boundary crate: the engines above it contain no `unsafe`, and ask here.
//!
//! # Use
//! ```
//! let before = ferrule_processor::ticks();
//! assert!(ferrule_processor::ticks() >= before);
//! assert_eq!(ferrule_processor::leaf_one().is_some(), cfg!(any(target_arch = "x86", target_arch = "x86_64")));
//! ```

#[cfg(target_arch = "x86")]
use std::arch::x86 as arch;
#[cfg(target_arch = "x86_64")]
use std::arch::x86_64 as arch;

/// What CPUID answers for leaf 1, whose EAX is left out: Intel's manual, volume 2A, "CPUID", tables 3-10 and 3-11.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafOne {
    /// Brand index, line size of CLFLUSH, most addressable numbers of logical processors, and the number of the one that answered.
    pub ebx: u32,
    /// Features.
    pub ecx: u32,
    /// More features.
    pub edx: u32,
}

/// Ticks of a counter that only grows: the time stamp counter of an x86 processor, which has no unit; elsewhere nanoseconds of the
/// steady clock since this was asked first, so that who waits for it to move does not wait for ever.
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
#[inline]
pub fn ticks() -> u64 {
    // SAFETY: RDTSC is there since the Pentium, which is older than any processor that Rust builds for; it reads no memory. A system
    // may forbid it to programs (CR4.TSD, on Linux prctl PR_SET_TSC): then the process ends by a signal, as it was asked to, without
    // anything undefined.
    unsafe { arch::_rdtsc() }
}

/// Ticks of a counter that only grows: the time stamp counter of an x86 processor, which has no unit; elsewhere nanoseconds of the
/// steady clock since this was asked first, so that who waits for it to move does not wait for ever.
#[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
pub fn ticks() -> u64 {
    steady()
}

/// From 1: zero is what stands where nothing was asked yet.
#[cfg(any(test, not(any(target_arch = "x86", target_arch = "x86_64"))))]
fn steady() -> u64 {
    static FIRST: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    let passed = FIRST.get_or_init(std::time::Instant::now).elapsed().as_nanos();
    u64::try_from(passed).unwrap_or(u64::MAX).saturating_add(1)
}

/// What CPUID answers for leaf 1; none on a processor without that instruction.
pub fn leaf_one() -> Option<LeafOne> {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    {
        // SAFETY: every x86 processor that has Rust's standard library has CPUID with leaf 1; it reads no memory.
        #[allow(unused_unsafe, reason = "unsafe to call until Rust 1.94")]
        let answer = unsafe { arch::__cpuid(1) };
        Some(LeafOne { ebx: answer.ebx, ecx: answer.ecx, edx: answer.edx })
    }
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grows(ticks: fn() -> u64) {
        let before = ticks();
        assert!(before > 0);
        std::thread::sleep(std::time::Duration::from_millis(3));
        assert!(ticks() - before > 1_000_000, "three milliseconds are more than a million ticks of either counter");
    }

    #[test]
    fn the_counter_grows() {
        grows(ticks);
    }

    #[test]
    fn what_stands_in_for_it_grows() {
        grows(steady);
    }

    #[test]
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    fn what_it_can_is_what_the_standard_library_finds() {
        let LeafOne { ecx, edx, .. } = leaf_one().unwrap();
        for (bit, found) in [
            (1, std::arch::is_x86_feature_detected!("pclmulqdq")),
            (9, std::arch::is_x86_feature_detected!("ssse3")),
            (20, std::arch::is_x86_feature_detected!("sse4.2")),
            (23, std::arch::is_x86_feature_detected!("popcnt")),
            (30, std::arch::is_x86_feature_detected!("rdrand")),
        ] {
            assert_eq!(ecx >> bit & 1 == 1, found, "ecx bit {bit}");
        }
        assert_eq!(edx >> 26 & 1 == 1, std::arch::is_x86_feature_detected!("sse2"));
    }
}
