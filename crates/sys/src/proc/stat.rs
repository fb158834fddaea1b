//! `/proc/<pid>/stat`.

use super::{ParseError, Words};

/// The fields that are kept.
pub(crate) const FIELDS: usize = 42;
/// The places of those that are no counts but 64 bits as they are: a limit, which may be all ones, addresses and sets of signals.
pub(crate) const PATTERNS: std::ops::RangeInclusive<usize> = 24..=34;

macro_rules! stat {
    ($($(#[$about:meta])* $field:ident: $type:ty,)*) => {
        /// The state of a process or thread: the first 42 fields, by their names in proc(5).
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Stat {
            /// Its number.
            pub pid: i32,
            /// Its name, without the parentheses around it: bytes, as the process has chosen them.
            pub comm: Vec<u8>,
            /// One letter: `R` running, `S` sleeping, `Z` ended but not waited for…
            pub state: u8,
            $($(#[$about])* pub $field: $type,)*
        }

        impl Stat {
            /// Place, name and value of every field behind the state.
            #[inline]
            pub(crate) fn each<E>(&self, mut take: impl FnMut(usize, &'static str, i128) -> Result<(), E>) -> Result<(), E> {
                let mut place = 3;
                $(
                    take(place, stringify!($field), i128::from(self.$field))?;
                    place += 1;
                )*
                debug_assert_eq!(place, FIELDS);
                Ok(())
            }
        }

        /// Reads a line. The name ends at the last closing parenthesis: it may hold blanks and parentheses itself.
        ///
        /// # Errors
        /// Whatever is missing or no number.
        pub fn parse_stat(line: &[u8]) -> Result<Stat, ParseError> {
            let missing = |field| move || ParseError::Missing { field };
            let open = line.iter().position(|byte| *byte == b'(').ok_or_else(missing("comm"))?;
            let close = line.iter().rposition(|byte| *byte == b')').filter(|close| *close > open).ok_or_else(missing("comm"))?;
            let text = |bytes| std::str::from_utf8(bytes).map_err(|_| ParseError::NotText);
            let pid = Words { rest: text(&line[..open])? }.number("pid")?;
            let mut words = Words { rest: text(&line[close + 1..])? };
            let state = words.next().and_then(|letter| letter.bytes().next()).ok_or_else(missing("state"))?;
            let comm = line[open + 1..close].to_vec();
            Ok(Stat { pid, comm, state, $($field: words.number(stringify!($field))?,)* })
        }
    };
}

stat! {
    /// The process that started it.
    ppid: i32,
    /// Its process group.
    pgrp: i32,
    /// Its session.
    session: i32,
    /// Its terminal.
    tty_nr: i32,
    /// The foreground process group of that.
    tpgid: i32,
    /// The kernel's flags.
    flags: u64,
    /// Faults that needed no page from disk.
    minflt: u64,
    /// The same of children waited for.
    cminflt: u64,
    /// Faults that needed a page from disk.
    majflt: u64,
    /// The same of children waited for.
    cmajflt: u64,
    /// Clock ticks outside the kernel.
    utime: u64,
    /// Clock ticks in the kernel.
    stime: u64,
    /// Ticks outside the kernel of children waited for.
    cutime: i64,
    /// Ticks in the kernel of children waited for.
    cstime: i64,
    /// Its priority.
    priority: i64,
    /// Its nice value, 19 to -20.
    nice: i64,
    /// Its threads.
    num_threads: i64,
    /// 0 since Linux 2.6.17.
    itrealvalue: i64,
    /// When it began: ticks since the system did.
    starttime: u64,
    /// Bytes of its address space.
    vsize: u64,
    /// Pages in memory.
    rss: i64,
    /// The limit of that in bytes.
    rlim: u64,
    /// Where its code begins.
    startcode: u64,
    /// Where its code ends.
    endcode: u64,
    /// Where its stack begins.
    startstack: u64,
    /// The stack's end.
    kstkesp: u64,
    /// The instruction it is at.
    kstkeip: u64,
    /// Signals pending: obsolete.
    signal: u64,
    /// Signals blocked: obsolete.
    blocked: u64,
    /// Signals ignored: obsolete.
    sigignore: u64,
    /// Signals caught: obsolete.
    sigcatch: u64,
    /// What it waits for, if anything.
    wchan: u64,
    /// Not kept.
    nswap: u64,
    /// Not kept.
    cnswap: u64,
    /// The signal its parent gets at its end.
    exit_signal: i32,
    /// The processor it ran on last.
    processor: i32,
    /// Its real-time priority, 0 for none.
    rt_priority: u64,
    /// Its scheduling policy.
    policy: u64,
    /// Ticks it waited for disks.
    delayacct_blkio_ticks: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const REST: &str = "S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41";

    fn line(name: &[u8]) -> Vec<u8> {
        [b"4711 (", name, b") ", REST.as_bytes(), b"\n"].concat()
    }

    #[test]
    fn a_name_may_hold_blanks_parentheses_and_any_byte() {
        for name in [&b"node"[..], b"tmux: server", b"a) S 1 (b", b"(sd-pam)", b"", b")", b"(", b"\xff\n x"] {
            let stat = parse_stat(&line(name)).unwrap();
            assert_eq!((stat.pid, &stat.comm[..], stat.state, stat.ppid), (4711, name, b'S', 1));
            assert_eq!((stat.utime, stat.rss, stat.delayacct_blkio_ticks), (11, 21, 39));
        }
    }

    #[test]
    fn what_is_missing_or_no_number_is_named() {
        let told = |line: &str| parse_stat(line.as_bytes()).unwrap_err().to_string();
        assert_eq!(told(""), "comm is missing");
        assert_eq!(told(")("), "comm is missing");
        assert_eq!(told("x (y) S"), "pid must be a number that fits, found \"x\"");
        assert_eq!(told("1 (y)"), "state is missing");
        assert_eq!(told("1 (y) S 1 2"), "session is missing");
        assert_eq!(told("1 (y) S 1 2 3 4 5 -1"), "flags must be a number that fits, found \"-1\"");
        assert_eq!(told("1 (y) S 99999999999"), "ppid must be a number that fits, found \"99999999999\"");
        assert_eq!(told("1 (y) S 0x1"), "ppid must be a number that fits, found \"0x1\"");
    }

    proptest! {
        #[test]
        fn any_name_is_kept(name in prop::collection::vec(any::<u8>(), 0..16)) {
            prop_assert_eq!(parse_stat(&line(&name)).unwrap().comm, name);
        }

        #[test]
        fn whatever_comes_is_read_or_refused(line: Vec<u8>) {
            let _ = parse_stat(&line);
        }
    }
}
