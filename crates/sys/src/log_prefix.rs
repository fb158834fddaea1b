//! The start of a line of a log.

/// A moment by the calendar of the place, and who writes. Nothing is checked: what is wider than its place is written in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are known")]
pub struct Moment {
    pub pid: i32,
    pub year: i32,
    /// From 1.
    pub month: i32,
    pub day: i32,
    pub hour: i32,
    pub minute: i32,
    pub second: i32,
    pub microsecond: i32,
}

/// `[4711][2026-11-26 08:30:00.000123 local] `
pub fn log_prefix(moment: &Moment) -> String {
    let Moment { pid, year, month, day, hour, minute, second, microsecond } = moment;
    format!("[{pid}][{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{microsecond:06} local] ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_its_place() {
        let moment = Moment { pid: 7, year: 2026, month: 1, day: 2, hour: 3, minute: 4, second: 5, microsecond: 6 };
        assert_eq!(log_prefix(&moment), "[7][2026-01-02 03:04:05.000006 local] ");
        let wide = Moment { year: 12345, month: 100, microsecond: 1_234_567, ..moment };
        assert_eq!(log_prefix(&wide), "[7][12345-100-02 03:04:05.1234567 local] ");
        let early = Moment { pid: -1, year: 7, ..moment };
        assert_eq!(log_prefix(&early), "[-1][0007-01-02 03:04:05.000006 local] ");
    }
}
