//! Events as an event loop has them, and as `epoll` has them.

/// Urgent data, or the peer's end.
pub const SPECIAL: i32 = 1;
/// Can be written to.
pub const WRITE: i32 = 2;
/// Can be read from.
pub const READ: i32 = 4;
/// Told as long as it is so; otherwise once.
pub const LEVEL: i32 = 8;
/// Told by `epoll`.
pub const FROM_EPOLL: i32 = 0x400;

const IN: u32 = 0x1;
const PRI: u32 = 0x2;
const OUT: u32 = 0x4;
const ERR: u32 = 0x8;
const RDHUP: u32 = 0x2000;
const ET: u32 = 0x8000_0000;

/// What to ask `epoll` for: the pattern of its 32 bits. Nothing for nothing; what is not known is passed over.
pub const fn to_epoll(events: i32) -> i32 {
    if events == 0 {
        return 0;
    }
    let mut asked = ERR;
    if events & READ != 0 {
        asked |= IN;
    }
    if events & WRITE != 0 {
        asked |= OUT;
    }
    if events & SPECIAL != 0 {
        asked |= RDHUP | PRI;
    }
    if events & LEVEL == 0 {
        asked |= ET;
    }
    asked as i32
}

/// What `epoll` told. An error can be read, so that who reads hears of it.
pub const fn from_epoll(told: i32) -> i32 {
    let told = told as u32;
    let mut events = FROM_EPOLL;
    if told & (IN | ERR) != 0 {
        events |= READ;
    }
    if told & OUT != 0 {
        events |= WRITE;
    }
    if told & (RDHUP | PRI) != 0 {
        events |= SPECIAL;
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_events_as_they_are_asked_for() {
        let table: [u32; 16] = [
            0,
            0x8000_200a,
            0x8000_000c,
            0x8000_200e,
            0x8000_0009,
            0x8000_200b,
            0x8000_000d,
            0x8000_200f,
            0x8,
            0x200a,
            0xc,
            0x200e,
            0x9,
            0x200b,
            0xd,
            0x200f,
        ];
        for (events, asked) in (0..).zip(table) {
            assert_eq!(to_epoll(events) as u32, asked, "{events}");
        }
        assert_eq!(to_epoll(0x10) as u32, 0x8000_0008);
    }

    #[test]
    fn what_is_told() {
        for (told, events) in
            [(0, 0x400), (0x10, 0x400), (0x1, 0x404), (0x8, 0x404), (0x4, 0x402), (0x2, 0x401), (0x2000, 0x401)]
        {
            assert_eq!(from_epoll(told), events, "{told:#x}");
        }
        assert_eq!(from_epoll(-1), FROM_EPOLL | READ | WRITE | SPECIAL);
    }
}
