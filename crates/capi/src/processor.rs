//! What the processor says: of itself, and of the time. This file stands by itself; nothing in it is of C.

/// What ferrule_cpuid.magic is once it is filled in.
pub const FERRULE_CPUID_MAGIC: i32 = 0x2801_47b8;

/// Leaf 1 of CPUID: ebx, ecx, edx. `None` where there is no such instruction.
pub fn cpuid() -> Option<[u32; 3]> {
    #[cfg(target_arch = "x86")]
    use std::arch::x86::__cpuid;
    #[cfg(target_arch = "x86_64")]
    use std::arch::x86_64::__cpuid;
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    {
        // SAFETY: every x86 that Rust's standard library runs on has the instruction and its leaf 1.
        #[allow(unused_unsafe, reason = "safe to call in newer compilers than the oldest we build with")]
        let leaf = unsafe { __cpuid(1) };
        Some([leaf.ebx, leaf.ecx, leaf.edx])
    }
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    None
}

/// A counter that only grows: the processor's time-stamp counter on x86, else nanoseconds of the system's steady clock.
pub fn ticks() -> u64 {
    #[cfg(target_arch = "x86")]
    use std::arch::x86::_rdtsc;
    #[cfg(target_arch = "x86_64")]
    use std::arch::x86_64::_rdtsc;
    // SAFETY: every x86 that Rust's standard library runs on has the instruction; Linux forbids it only to a process that asks for that
    // (PR_SET_TSC).
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    return unsafe { _rdtsc() };
    #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
    steady_nanoseconds()
}

/// Nanoseconds since this was asked first.
#[cfg_attr(any(target_arch = "x86", target_arch = "x86_64"), allow(dead_code, reason = "tested here, used elsewhere"))]
fn steady_nanoseconds() -> u64 {
    use std::{sync::LazyLock, time::Instant};
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(START.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_counters_grow() {
        for counter in [ticks, steady_nanoseconds] {
            let before = counter();
            std::thread::sleep(std::time::Duration::from_millis(2));
            assert!(counter() > before);
        }
    }

    #[test]
    #[cfg(target_arch = "x86_64")]
    fn the_processor_says_what_the_standard_library_found() {
        let [_, ecx, edx] = cpuid().unwrap();
        assert_eq!(ecx >> 1 & 1 == 1, is_x86_feature_detected!("pclmulqdq"));
        assert_eq!(ecx >> 20 & 1 == 1, is_x86_feature_detected!("sse4.2"));
        // Every 64-bit x86 has SSE2.
        assert_eq!(edx >> 26 & 1, 1);
    }
}
