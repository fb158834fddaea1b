//! Checksums and digests.

use std::ffi::c_char;

use ferrule_hash::{Algorithm, crc32_partial, crc32c_partial, digest_hex};

use crate::guard::{code, input, output};

/// The longest key: what an int of C holds.
const LONGEST_KEY: usize = i32::MAX as usize;

/// Moves a register over bytes. Of none, wherever they are said to be, it stays as it is.
///
/// # Safety
/// As the crate says of input.
unsafe fn moved(partial: fn(&[u8], u32) -> u32, data: *const u8, length: usize, register: u32) -> u32 {
    // SAFETY: the caller's word for `data`.
    unsafe { input(data, length) }.map_or(register, |data| partial(data, register))
}

/// Moves the raw register of CRC-32 (reflected polynomial 0xedb88320) over data, without inversion before or after: the checksum of the
/// whole is the register moved from 0xffffffff, inverted. Unchanged if data is NULL or len is 0, or beyond PTRDIFF_MAX.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_crc32_partial(data: *const u8, len: usize, crc: u32) -> u32 {
    // SAFETY: the caller's word for `data`, as the crate says.
    unsafe { moved(crc32_partial, data, len, crc) }
}

/// The same of CRC-32C, Castagnoli's (reflected polynomial 0x82f63b78).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_crc32c_partial(data: *const u8, len: usize, crc: u32) -> u32 {
    // SAFETY: the caller's word for `data`, as the crate says.
    unsafe { moved(crc32c_partial, data, len, crc) }
}

/// Bytes said to be at an address.
type Said = (*const u8, usize);

/// Writes the digest of all parts, one behind the other.
///
/// # Safety
/// As the crate says of input and results.
unsafe fn digest<const SIZE: usize>(algorithm: Algorithm, parts: &[Said], out: *mut u8) -> i32 {
    code(|| {
        let mut hasher = algorithm.hasher();
        let mut total = 0_usize;
        for (data, length) in parts {
            total = total.checked_add(*length)?;
            // SAFETY: the caller's word for `data`.
            hasher.update(unsafe { input(*data, *length) }?);
        }
        // SAFETY: the caller's word for `out`.
        unsafe { put::<SIZE>(hasher.finish(), out) }
    })
}

/// Writes the authentication code of bytes.
///
/// # Safety
/// As the crate says of input and results.
unsafe fn authenticate<const SIZE: usize>(algorithm: Algorithm, key: Said, data: Said, out: *mut u8) -> i32 {
    code(|| {
        if key.1 > LONGEST_KEY {
            return None;
        }
        // SAFETY: the caller's word for both.
        let (key, data): (&[u8], &[u8]) = unsafe { (input(key.0, key.1)?, input(data.0, data.1)?) };
        // SAFETY: the caller's word for `out`.
        unsafe { put::<SIZE>(algorithm.authenticate(key, data).ok()?, out) }
    })
}

/// Writes a digest of so many bytes.
///
/// # Safety
/// As the crate says of results.
unsafe fn put<const SIZE: usize>(digest: Vec<u8>, out: *mut u8) -> Option<()> {
    let digest: [u8; SIZE] = digest.try_into().ok()?;
    // SAFETY: the caller's word for `out`.
    unsafe { output(out.cast(), digest) }
}

/// MD5: 16 bytes. 0, or -1 if a pointer is NULL where it must not be; as all below.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_md5(input: *const u8, len: usize, out: *mut u8) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { digest::<16>(Algorithm::Md5, &[(input, len)], out) }
}

/// MD5 in 32 lower-case hexadecimal digits, with no zero behind them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_md5_hex(input: *const u8, len: usize, out: *mut c_char) -> i32 {
    code(|| {
        // SAFETY: the caller's word for `input`, as the crate says.
        let data = unsafe { crate::guard::input(input, len) }?;
        let digits = digest_hex(Algorithm::Md5, data).into_bytes();
        // SAFETY: the same for `out`.
        unsafe { put::<32>(digits, out.cast()) }
    })
}

/// HMAC-MD5 (RFC 2104): 16 bytes. A key may have any length up to INT_MAX, above it is -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_md5_hmac(
    key: *const u8,
    key_len: usize,
    input: *const u8,
    len: usize,
    out: *mut u8,
) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { authenticate::<16>(Algorithm::Md5, (key, key_len), (input, len), out) }
}

/// SHA-1: 20 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_sha1(input: *const u8, len: usize, out: *mut u8) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { digest::<20>(Algorithm::Sha1, &[(input, len)], out) }
}

/// SHA-1 of two pieces, one behind the other: 20 bytes. -1 also if both lengths together are more than a size_t holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_sha1_two_chunks(
    input1: *const u8,
    len1: usize,
    input2: *const u8,
    len2: usize,
    out: *mut u8,
) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { digest::<20>(Algorithm::Sha1, &[(input1, len1), (input2, len2)], out) }
}

/// SHA-256: 32 bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_sha256(input: *const u8, len: usize, out: *mut u8) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { digest::<32>(Algorithm::Sha256, &[(input, len)], out) }
}

/// SHA-256 of two pieces, one behind the other: 32 bytes. -1 also if both lengths together are more than a size_t holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_sha256_two_chunks(
    input1: *const u8,
    len1: usize,
    input2: *const u8,
    len2: usize,
    out: *mut u8,
) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { digest::<32>(Algorithm::Sha256, &[(input1, len1), (input2, len2)], out) }
}

/// HMAC-SHA-256 (RFC 2104): 32 bytes. A key may have any length up to INT_MAX, above it is -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn ferrule_sha256_hmac(
    key: *const u8,
    key_len: usize,
    input: *const u8,
    len: usize,
    out: *mut u8,
) -> i32 {
    // SAFETY: the caller's word for all, as the crate says.
    unsafe { authenticate::<32>(Algorithm::Sha256, (key, key_len), (input, len), out) }
}
