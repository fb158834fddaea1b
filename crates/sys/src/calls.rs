//! The same as plain functions of plain values: what crosses to other languages. What is read comes as cells: see `packed`.

use std::time::{SystemTime, UNIX_EPOCH};

use ferrule_processor::{LeafOne, leaf_one};

use crate::{
    Error, Identity, Match, Moment, SizesFault, epoll, packed,
    proc::{parse_meminfo, parse_stat, parse_statm, read_meminfo, read_stat, read_statm},
};

/// An identity as words: address, port, number and time, the last two's bits as they are.
type Words = [u32; 4];

const fn identity(ip: u32, port: u16, pid: u16, utime: i32) -> Identity {
    Identity { ip, port: port as i16, pid, utime }
}

const fn words(Identity { ip, port, pid, utime }: Identity) -> Words {
    [ip, port as u16 as u32, pid as u32, utime as u32]
}

/// Whole seconds since 1970.
fn now() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_secs()).map_or(i64::MIN, |seconds| -seconds),
    }
}

/// This process's identity from what is known of it. See [`Identity::fill`].
///
/// # Errors
/// [`Error::Time`].
pub fn identity_common(ip: u32, port: u16, pid: u16, utime: i32) -> Result<Words, Error> {
    let mut mine = identity(ip, port, pid, utime);
    mine.fill(std::process::id(), now())?;
    Ok(words(mine))
}

/// As [`identity_common`], of a client at `address`. See [`Identity::fill_client`].
///
/// # Errors
/// [`Error::Time`].
pub fn identity_client(address: u32, ip: u32, port: u16, pid: u16, utime: i32) -> Result<Words, Error> {
    let mut mine = identity(ip, port, pid, utime);
    mine.fill_client(address, std::process::id(), now())?;
    Ok(words(mine))
}

/// As [`identity_common`], of a server at `address` and `listening`. See [`Identity::fill_server`].
///
/// # Errors
/// [`Error::Time`].
pub fn identity_server(address: u32, listening: u16, ip: u32, port: u16, pid: u16, utime: i32) -> Result<Words, Error> {
    let mut mine = identity(ip, port, pid, utime);
    mine.fill_server(address, i32::from(listening), std::process::id(), now())?;
    Ok(words(mine))
}

/// How the first fits the second. See [`Identity::matches`].
#[allow(clippy::too_many_arguments, reason = "two identities, as they cross")]
pub fn identity_matches(
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
    other_ip: u32,
    other_port: u16,
    other_pid: u16,
    other_utime: i32,
) -> Match {
    identity(ip, port, pid, utime).matches(&identity(other_ip, other_port, other_pid, other_utime))
}

/// Whether the first is newer than the second. See [`Identity::is_newer`].
#[allow(clippy::too_many_arguments, reason = "two identities, as they cross")]
pub fn identity_is_newer(
    ip: u32,
    port: u16,
    pid: u16,
    utime: i32,
    other_ip: u32,
    other_port: u16,
    other_pid: u16,
    other_utime: i32,
) -> bool {
    identity(ip, port, pid, utime).is_newer(&identity(other_ip, other_port, other_pid, other_utime))
}

/// EBX, ECX and EDX of CPUID's leaf 1.
///
/// # Errors
/// [`Error::Unavailable`] on a processor without that instruction.
pub fn cpuid() -> Result<[u32; 3], Error> {
    let LeafOne { ebx, ecx, edx } =
        leaf_one().ok_or(Error::Unavailable { what: "CPUID is an instruction of x86 processors" })?;
    Ok([ebx, ecx, edx])
}

/// [`epoll::to_epoll`], its pattern without a sign.
pub fn to_epoll(events: i32) -> u32 {
    epoll::to_epoll(events) as u32
}

/// [`epoll::from_epoll`] of a pattern without a sign.
pub fn from_epoll(told: u32) -> i32 {
    epoll::from_epoll(told as i32)
}

/// [`crate::pick_size`] of sizes that are looked at first.
///
/// # Errors
/// [`Error::Sizes`].
pub fn pick_size_of(sizes: &[i32], hint: i32) -> Result<u32, Error> {
    if let Some((index, size)) = sizes.iter().enumerate().find(|(_, size)| **size < 0) {
        return Err(Error::Sizes { index: Some(index), reason: SizesFault::Negative(*size) });
    }
    Ok(crate::pick_size(sizes, hint)? as u32)
}

/// [`crate::log_prefix`].
#[allow(clippy::too_many_arguments, reason = "a moment, as it crosses")]
pub fn log_prefix_of(
    pid: i32,
    year: i32,
    month: i32,
    day: i32,
    hour: i32,
    minute: i32,
    second: i32,
    microsecond: i32,
) -> String {
    crate::log_prefix(&Moment { pid, year, month, day, hour, minute, second, microsecond })
}

/// [`parse_stat`], as cells.
///
/// # Errors
/// [`Error::Malformed`], [`Error::Inexact`].
pub fn stat_cells(text: &[u8]) -> Result<Vec<u32>, Error> {
    packed::stat(&parse_stat(text)?)
}

/// [`read_stat`], as cells.
///
/// # Errors
/// As [`stat_cells`], and what the system says.
pub fn read_stat_cells(pid: u32, tid: Option<u32>) -> Result<Vec<u32>, Error> {
    packed::stat(&read_stat(pid, tid)?)
}

/// [`parse_statm`], as cells.
///
/// # Errors
/// [`Error::Asked`], [`Error::Malformed`], [`Error::Inexact`].
pub fn statm_cells(text: &[u8], fields: u32, page_size: i64) -> Result<Vec<u32>, Error> {
    packed::statm(&parse_statm(text, fields as usize, page_size)?)
}

/// [`read_statm`], as cells. Pages are as large as this system's.
///
/// # Errors
/// As [`statm_cells`], and what the system says.
pub fn read_statm_cells(pid: u32, fields: u32) -> Result<Vec<u32>, Error> {
    packed::statm(&read_statm(pid, fields as usize, page_size())?)
}

/// [`parse_meminfo`], as cells.
///
/// # Errors
/// [`Error::Malformed`], [`Error::Inexact`].
pub fn meminfo_cells(text: &[u8]) -> Result<Vec<u32>, Error> {
    packed::meminfo(&parse_meminfo(text)?)
}

/// [`read_meminfo`], as cells.
///
/// # Errors
/// As [`meminfo_cells`], and what the system says.
pub fn read_meminfo_cells() -> Result<Vec<u32>, Error> {
    packed::meminfo(&read_meminfo()?)
}

/// Bytes of a page of this system's memory; 4096 where it does not say.
pub fn page_size() -> i64 {
    #[cfg(unix)]
    return rustix::param::page_size() as i64;
    #[cfg(not(unix))]
    4096
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_crosses_as_words() {
        let [ip, port, pid, utime] = identity_server(0x0a00_0001, 40000, 0, 0, 0, 0).unwrap();
        assert_eq!((ip, port, pid), (0x0a00_0001, 40000, std::process::id() & 0xffff));
        assert!((i64::from(utime) - now()).abs() < 5);
        assert_eq!(identity_common(1, 65535, 3, -4).unwrap(), [1, 65535, 3, 0xffff_fffc]);
        assert_eq!(identity_client(0x7f00_0001, 9, 2, 3, 4).unwrap(), [9, 2, 3, 4]);
    }

    #[test]
    fn sizes_are_looked_at_first() {
        assert_eq!(pick_size_of(&[48, 512], 49).unwrap(), 1);
        let told = |sizes: &[i32]| pick_size_of(sizes, 1).unwrap_err().to_string();
        assert_eq!(told(&[]), "there must be a size");
        assert_eq!(told(&[1, -2]), "sizes must be 0 or more; the one at 1 is -2");
        assert_eq!(told(&[2, 2]), "sizes must ascend; the one at 1 does not");
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn this_process_is_read_as_cells() {
        let words = read_stat_cells(std::process::id(), None).unwrap();
        let pid = f64::from_bits(u64::from(words[0]) | u64::from(words[1]) << 32);
        assert_eq!(pid as u32, std::process::id());
        assert_eq!(read_statm_cells(std::process::id(), 7).unwrap().len(), 14);
        assert_eq!(read_meminfo_cells().unwrap().len(), 8);
        assert_eq!(page_size() & (page_size() - 1), 0);
    }
}
