//! Who a process is: where it listens, its number, and when it began.

/// The address of this machine itself, 127.0.0.1, which tells others nothing.
const LOOPBACK: u32 = 0x7f00_0001;

/// A process among others. Zero is "not known".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The IPv4 address, 127.0.0.1 as 0x7f000001.
    pub ip: u32,
    /// The port: its low 16 bits, read as signed.
    pub port: i16,
    /// The low 16 bits of the process's number.
    pub pid: u16,
    /// When it began: seconds since 1970.
    pub utime: i32,
}

/// How an identity fits another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Not.
    No,
    /// Where the other is zero, or the same.
    Special,
    /// In all.
    Same,
}

/// The time does not fit into 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeOutOfRange {
    /// Seconds since 1970.
    pub seconds: i64,
}

impl std::fmt::Display for TimeOutOfRange {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "the time, {} seconds since 1970, does not fit into 32 bits", self.seconds)
    }
}

impl std::error::Error for TimeOutOfRange {}

impl Identity {
    /// Fills in what is not known of number and time.
    ///
    /// # Errors
    /// [`TimeOutOfRange`]; then the number may have been filled in.
    pub fn fill(&mut self, process: u32, seconds: i64) -> Result<(), TimeOutOfRange> {
        if self.pid == 0 {
            self.pid = process as u16;
        }
        if self.utime == 0 {
            self.utime = i32::try_from(seconds).map_err(|_| TimeOutOfRange { seconds })?;
        }
        Ok(())
    }

    /// As [`Identity::fill`], of a client: its address is taken unless it tells nothing.
    ///
    /// # Errors
    /// As [`Identity::fill`].
    pub fn fill_client(&mut self, ip: u32, process: u32, seconds: i64) -> Result<(), TimeOutOfRange> {
        if ip != 0 && ip != LOOPBACK {
            self.ip = ip;
        }
        self.fill(process, seconds)
    }

    /// As [`Identity::fill_client`], of a server: its port is taken where none is known.
    ///
    /// # Errors
    /// As [`Identity::fill`].
    pub fn fill_server(&mut self, ip: u32, port: i32, process: u32, seconds: i64) -> Result<(), TimeOutOfRange> {
        if self.port == 0 {
            self.port = port as i16;
        }
        self.fill_client(ip, process, seconds)
    }

    /// How it fits `other`, whose zeros fit everything.
    pub fn matches(&self, other: &Self) -> Match {
        let fits = |this: i64, other: i64| other == 0 || this == other;
        if self == other {
            Match::Same
        } else if fits(self.ip.into(), other.ip.into())
            && fits(self.port.into(), other.port.into())
            && fits(self.pid.into(), other.pid.into())
            && fits(self.utime.into(), other.utime.into())
        {
            Match::Special
        } else {
            Match::No
        }
    }

    /// Whether it is a later process at the same address than `other`: it began later, or at the same time with a number less than
    /// half a round of 32,768 after it.
    pub const fn is_newer(&self, other: &Self) -> bool {
        if self.ip != other.ip || self.port != other.port || self.utime < other.utime {
            return false;
        }
        let ahead = self.pid.wrapping_sub(other.pid) & 0x7fff;
        self.utime > other.utime || (ahead >= 1 && ahead <= 0x3fff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn identity(ip: u32, port: i16, pid: u16, utime: i32) -> Identity {
        Identity { ip, port, pid, utime }
    }

    #[test]
    fn what_is_known_is_kept() {
        let mut mine = identity(5, 6, 7, 8);
        mine.fill_server(LOOPBACK, 80, 1234, 99).unwrap();
        assert_eq!(mine, identity(5, 6, 7, 8));
        let mut mine = Identity::default();
        mine.fill_server(0x0a00_0001, 40000, 0x0001_0002, 99).unwrap();
        assert_eq!(mine, identity(0x0a00_0001, -25536, 2, 99));
        for (port, kept) in [(65536, 0), (65535, -1), (-1, -1)] {
            let mut mine = Identity::default();
            mine.fill_server(0, port, 1, 1).unwrap();
            assert_eq!(mine.port, kept);
        }
        let late = i64::from(i32::MAX) + 1;
        assert_eq!(Identity::default().fill(1, late), Err(TimeOutOfRange { seconds: late }));
    }

    #[test]
    fn zeros_of_the_other_fit_everything() {
        let known = identity(1, 2, 3, 4);
        let none = Identity::default();
        assert_eq!(known.matches(&none), Match::Special);
        assert_eq!(none.matches(&known), Match::No);
        assert_eq!(none.matches(&none), Match::Same);
        assert_eq!(known.matches(&known), Match::Same);
        assert_eq!(known.matches(&identity(1, 0, 3, 0)), Match::Special);
        assert_eq!(known.matches(&identity(1, 0, 4, 0)), Match::No);
    }

    #[test]
    fn numbers_go_round_at_32768() {
        for (a, b, newer) in [
            (0x8000, 0, false),
            (0x8001, 0, true),
            (0, 0x7fff, true),
            (0x3fff, 0, true),
            (0x4000, 0, false),
            (0, 0xffff, true),
            (0, 0x4001, true),
            (5, 5, false),
        ] {
            assert_eq!(identity(1, 1, a, 9).is_newer(&identity(1, 1, b, 9)), newer, "{a:#x} {b:#x}");
        }
        assert!(identity(1, 1, 0, 10).is_newer(&identity(1, 1, 5, 9)));
        assert!(!identity(1, 1, 9, 8).is_newer(&identity(1, 1, 5, 9)));
        assert!(!identity(2, 1, 0, 10).is_newer(&identity(1, 1, 5, 9)));
    }
}
