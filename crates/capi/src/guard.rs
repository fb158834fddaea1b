//! Pointers, and what must not leave.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    slice,
};

/// Success.
pub(crate) const DONE: i32 = 0;
/// Failure.
pub(crate) const FAILED: i32 = -1;

/// The values at `data`: none when there are to be none, wherever it points. `None` when it points nowhere, or when there are said to be
/// more than memory can hold.
///
/// # Safety
/// As the crate says of input.
pub(crate) unsafe fn input<'data, Pointee, T>(data: *const Pointee, length: usize) -> Option<&'data [T]> {
    const { assert!(size_of::<Pointee>() == size_of::<T>() && align_of::<Pointee>() == align_of::<T>()) };
    if length == 0 {
        return Some(&[]);
    }
    let bytes = length.checked_mul(size_of::<T>())?;
    if data.is_null() || !data.is_aligned() || isize::try_from(bytes).is_err() {
        return None;
    }
    // SAFETY: not null, aligned and no longer than an allocation can be; that so many values are there and stay as they are is the
    // caller's word. `T` is `u8` or `i32` (each use below), of which every pattern of bits is a value.
    Some(unsafe { slice::from_raw_parts(data.cast(), length) })
}

/// Writes a result, unless it has no place to go. Says whether it did.
///
/// # Safety
/// As the crate says of results.
pub(crate) unsafe fn output<T>(place: *mut T, value: T) -> Option<()> {
    if place.is_null() {
        return None;
    }
    // SAFETY: not null; that there is memory for a `T` is the caller's word. Unaligned: C's structures may be packed.
    unsafe { place.write_unaligned(value) };
    Some(())
}

/// What is at `place`; `None` when it points nowhere.
///
/// # Safety
/// As the crate says of input.
pub(crate) unsafe fn value<T: Copy>(place: *const T) -> Option<T> {
    // SAFETY: not null; that there is a `T` is the caller's word. Unaligned as in `output`.
    if place.is_null() { None } else { Some(unsafe { place.read_unaligned() }) }
}

/// What `work` gives, or `failed` if it panics.
pub(crate) fn or<T>(failed: T, work: impl FnOnce() -> T) -> T {
    // Whatever the work left half done is its own: it writes results last, and no engine keeps state that a panic could spoil.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(failed)
}

/// 0 when `work` has got to its end, -1 when it has not, or panics.
pub(crate) fn code(work: impl FnOnce() -> Option<()>) -> i32 {
    or(FAILED, || if work().is_some() { DONE } else { FAILED })
}

#[cfg(test)]
mod tests {
    use std::ptr::{dangling, null, null_mut};

    use super::*;

    #[test]
    fn a_panic_is_a_failure() {
        assert_eq!(code(|| panic!("expected by the test")), FAILED);
        assert_eq!(or(7, || panic!("expected by the test")), 7);
        assert_eq!((code(|| Some(())), code(|| None)), (DONE, FAILED));
    }

    #[test]
    fn nothing_needs_no_address_and_something_does() {
        // SAFETY: what points nowhere, or to more than memory holds, is refused before it is looked at.
        unsafe {
            assert_eq!(input::<u8, u8>(null(), 0), Some(&[][..]));
            assert_eq!(input::<u8, u8>(dangling(), 0), Some(&[][..]));
            assert_eq!(input::<u8, u8>(null(), 1), None);
            assert_eq!(input::<u8, u8>(dangling(), usize::MAX), None);
            assert_eq!(input::<i32, i32>(dangling(), usize::MAX / 4), None);
            assert_eq!(input::<i32, i32>(dangling::<i32>().byte_add(1), 1), None);
            assert_eq!(input::<i8, u8>(b"ab".as_ptr().cast(), 2), Some(&b"ab"[..]));
            assert_eq!(output(null_mut(), 1), None);
            assert_eq!(value::<i32>(null()), None);
        }
    }

    #[test]
    fn structures_need_no_alignment() {
        let mut bytes = [0_u8; 9];
        let place: *mut u64 = bytes[1..].as_mut_ptr().cast();
        // SAFETY: eight bytes are there.
        unsafe {
            assert_eq!(output(place, 0x0102), Some(()));
            assert_eq!(value(place), Some(0x0102));
        }
    }
}
