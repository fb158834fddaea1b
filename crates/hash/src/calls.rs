//! The same as plain functions: checksums with numbers as wide as they are, digests in one call.

use crate::{
    Algorithm, Checkpoint, Checksum, Error, Hasher, hex,
    repair::{Repair, diagnose},
};

macro_rules! checksum {
    ($kind:ident, $number:ty, $of:ident, $partial:ident, $combine:ident, $flipped:ident) => {
        #[doc = concat!("[`Checksum::", stringify!($kind), "`] of what `previous` is of and of bytes behind it; 0 is that of nothing.")]
        pub fn $of(bytes: &[u8], previous: $number) -> $number {
            Checksum::$kind.update(previous.into(), bytes) as $number
        }

        #[doc = concat!("Moves the raw register of [`Checksum::", stringify!($kind), "`]. See [`Checksum::partial`].")]
        pub fn $partial(bytes: &[u8], register: $number) -> $number {
            Checksum::$kind.partial(bytes, register.into()) as $number
        }

        #[doc = concat!("[`Checksum::", stringify!($kind), "`] of two pieces. See [`Checksum::combine`].")]
        pub fn $combine(first: $number, second: $number, second_length: u64) -> $number {
            Checksum::$kind.combine(first.into(), second.into(), second_length) as $number
        }

        #[doc = concat!("The bit that, flipped, sets bytes apart from their [`Checksum::", stringify!($kind), "`]: ")]
        #[doc = "none where they agree, and where the checksum's own bit or more than one is flipped."]
        pub fn $flipped(bytes: &[u8], expected: $number) -> Option<u64> {
            match diagnose(Checksum::$kind, bytes, expected.into()) {
                Repair::Bit(bit) => Some(bit),
                _ => None,
            }
        }
    };
}

checksum!(Crc32, u32, crc32, crc32_partial, crc32_combine, crc32_flipped_bit);
checksum!(Crc32c, u32, crc32c, crc32c_partial, crc32c_combine, crc32c_flipped_bit);
checksum!(Crc64, u64, crc64, crc64_partial, crc64_combine, crc64_flipped_bit);

/// Bytes of a digest as words in the machine's byte order: how a few bytes cross to JavaScript without an object of their own.
pub(crate) fn words(digest: &[u8]) -> Vec<u32> {
    digest.as_chunks().0.iter().map(|word| u32::from_ne_bytes(*word)).collect()
}

/// The digest of bytes, as words in the machine's byte order.
pub fn digest(algorithm: Algorithm, bytes: &[u8]) -> Vec<u32> {
    words(&algorithm.digest(bytes))
}

/// The digest of bytes, two lower-case hexadecimal digits a byte.
pub fn digest_hex(algorithm: Algorithm, bytes: &[u8]) -> String {
    hex(&algorithm.digest(bytes))
}

/// The digest of two pieces, one behind the other, as words in the machine's byte order.
pub fn digest_two(algorithm: Algorithm, first: &[u8], second: &[u8]) -> Vec<u32> {
    words(&algorithm.digest_parts(&[first, second]))
}

/// The digest of bytes with a key, as words in the machine's byte order. See [`Algorithm::keyed`].
///
/// # Errors
/// As [`Algorithm::keyed`].
pub fn authenticate(algorithm: Algorithm, key: &[u8], bytes: &[u8]) -> Result<Vec<u32>, Error> {
    algorithm.authenticate(key, bytes).map(|digest| words(&digest))
}

/// Whether this is the digest of bytes with a key. See [`Algorithm::verify`].
///
/// # Errors
/// As [`Algorithm::keyed`].
pub fn verify(algorithm: Algorithm, key: &[u8], bytes: &[u8], expected: &[u8]) -> Result<bool, Error> {
    algorithm.verify(key, bytes, expected)
}

/// The digest of many bytes, with a key or without.
///
/// # Errors
/// As [`Algorithm::keyed`], and [`Error::Stopped`]. The checkpoint is looked at every mebibyte.
pub fn digest_stoppable(
    algorithm: Algorithm,
    key: Option<&[u8]>,
    bytes: &[u8],
    checkpoint: Checkpoint<'_>,
) -> Result<Vec<u8>, Error> {
    let mut hasher = match key {
        None => Hasher::new(algorithm),
        Some(key) => Hasher::keyed(algorithm, key)?,
    };
    hasher.update_stoppable(bytes, checkpoint)?;
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stop, never_stop};

    #[test]
    fn many_bytes_can_be_stopped() {
        let bytes = vec![7; 3 << 20];
        for algorithm in Algorithm::ALL {
            let whole = digest_stoppable(algorithm, None, &bytes, &never_stop);
            assert_eq!(whole, Ok(algorithm.digest(&bytes)));
            let looks = std::cell::Cell::new(0);
            let second = || {
                looks.set(looks.get() + 1);
                if looks.get() == 2 { Err(Stop) } else { Ok(()) }
            };
            assert_eq!(digest_stoppable(algorithm, Some(&[0; 32]), &bytes, &second), Err(Error::Stopped));
            assert_eq!(looks.get(), 2);
        }
    }

    #[test]
    fn they_are_the_checksums() {
        assert_eq!(crc32(b"6789", crc32(b"12345", 0)), 0xCBF4_3926);
        assert_eq!(crc32_partial(b"123456789", u32::MAX) ^ u32::MAX, 0xCBF4_3926);
        assert_eq!(crc32c_combine(crc32c(b"1234", 0), crc32c(b"56789", 0), 5), 0xE306_9283);
        assert_eq!(crc64(b"123456789", 0), 0x995D_C9BB_DF19_39FA);
        assert_eq!(crc32_flipped_bit(b"123456788", 0xCBF4_3926), Some(64));
        assert_eq!(crc32_flipped_bit(b"123456789", 0xCBF4_3926), None);
        assert_eq!(crc32_flipped_bit(b"123456789", 0xCBF4_3927), None);
    }
}
