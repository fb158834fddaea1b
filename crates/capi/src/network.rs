//! Events, timers and buffers of a network service.

use ferrule_sys::{epoll, pick_size_unchecked, wait_milliseconds};

use crate::guard::{FAILED, input, or};

/// What to ask epoll for. Events: 1 special, 2 write, 4 read, 8 level-triggered; others are passed over. The pattern of the 32 bits of
/// epoll: EPOLLERR always, EPOLLIN to read, EPOLLOUT to write, EPOLLRDHUP and EPOLLPRI for special, EPOLLET unless level-triggered; 0 for
/// no events.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_net_epoll_conv_flags(flags: i32) -> i32 {
    epoll::to_epoll(flags)
}

/// What epoll told, as events: 0x400 always, 4 (read) for EPOLLIN and EPOLLERR, 2 (write) for EPOLLOUT, 1 (special) for EPOLLRDHUP and
/// EPOLLPRI.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_net_epoll_unconv_flags(epoll_flags: i32) -> i32 {
    epoll::from_epoll(epoll_flags)
}

/// Milliseconds to wait from now until wakeup_time, both in seconds: 0 when that is past, at least 1 otherwise, INT32_MAX when it is no
/// number or too far.
#[unsafe(no_mangle)]
pub extern "C" fn ferrule_net_timers_wait_msec(wakeup_time: f64, now: f64) -> i32 {
    wait_milliseconds(wakeup_time, now)
}

/// The index of the smallest of n ascending sizes that is at least size_hint; of the largest if none is, or if the hint is negative. -1 if
/// there are no sizes. Their order is not checked: it goes from the last one down while the one before is large enough.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_msg_buffers_pick_size_index(sizes: *const i32, n: i32, size_hint: i32) -> i32 {
    or(FAILED, || {
        let Ok(count) = usize::try_from(n) else { return FAILED };
        // SAFETY: the caller's word for `sizes`, as the crate says.
        let index = unsafe { input(sizes, count) }.and_then(|sizes| pick_size_unchecked(sizes, size_hint));
        // An index is below `n`.
        index.map_or(FAILED, |index| index as i32)
    })
}
