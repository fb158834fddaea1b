//! A single flipped bit: found by the checksum it leaves, and flipped back.

use crate::Checksum;

/// What came of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repair {
    /// The bytes were as their checksum says.
    Sound,
    /// This bit of the bytes was flipped and is right again: bit 0 is the lowest of the first byte.
    Bit(u64),
    /// The bytes were right, and one bit of the checksum was flipped.
    Checksum,
    /// More than one bit differs.
    Impossible,
}

/// The bit of `length` bytes that, flipped, changes their checksum by `difference`; none where no single bit does.
///
/// What a flipped bit does to a checksum depends only on how many bits follow it. So the register that has just the polynomial's own
/// effect in it is moved on bit by bit from the last bit to the first: time in O(length), without looking at the bytes.
pub fn find_flipped_bit(checksum: Checksum, length: u64, difference: u64) -> Option<u64> {
    let polynomial = checksum.polynomial();
    // What the last bit does: its register is shifted once.
    let mut effect = polynomial;
    for bit in (0..length.checked_mul(8)?).rev() {
        if effect == difference {
            return Some(bit);
        }
        effect = if effect & 1 == 1 { (effect >> 1) ^ polynomial } else { effect >> 1 };
    }
    None
}

/// What a repair would come to; changes nothing.
pub(crate) fn diagnose(checksum: Checksum, bytes: &[u8], expected: u64) -> Repair {
    let difference = checksum.of(bytes) ^ expected;
    if difference == 0 {
        return Repair::Sound;
    }
    if difference.is_power_of_two() {
        return Repair::Checksum;
    }
    find_flipped_bit(checksum, bytes.len() as u64, difference).map_or(Repair::Impossible, Repair::Bit)
}

/// Makes bytes right that one flipped bit, in them or in the checksum, sets apart from their checksum.
pub fn repair(checksum: Checksum, bytes: &mut [u8], expected: u64) -> Repair {
    let outcome = diagnose(checksum, bytes, expected);
    if let Repair::Bit(bit) = outcome {
        bytes[(bit / 8) as usize] ^= 1 << (bit % 8);
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flipped_bit_is_found_and_flipped_back() {
        let whole: Vec<u8> = (0..97_u32).map(|n| (n * 7) as u8).collect();
        for checksum in Checksum::ALL {
            let expected = checksum.of(&whole);
            for bit in 0..whole.len() as u64 * 8 {
                let mut bytes = whole.clone();
                bytes[bit as usize / 8] ^= 1 << (bit % 8);
                assert_eq!(
                    (repair(checksum, &mut bytes, expected), &bytes),
                    (Repair::Bit(bit), &whole),
                    "{checksum:?}"
                );
            }
        }
    }

    #[test]
    fn a_flipped_bit_of_the_checksum_leaves_the_bytes() {
        let mut bytes = b"123456789".to_vec();
        for checksum in Checksum::ALL {
            let expected = checksum.of(&bytes);
            assert_eq!(repair(checksum, &mut bytes, expected), Repair::Sound);
            for bit in 0..checksum.width() {
                assert_eq!(repair(checksum, &mut bytes, expected ^ 1 << bit), Repair::Checksum);
            }
        }
        assert_eq!(bytes, b"123456789");
    }

    #[test]
    fn two_flipped_bits_are_not_repaired() {
        let whole = b"123456789".to_vec();
        let expected = Checksum::Crc32.of(&whole);
        for (first, second) in [(0, 1), (3, 70), (8, 9)] {
            let mut bytes = whole.clone();
            bytes[first / 8] ^= 1 << (first % 8);
            bytes[second / 8] ^= 1 << (second % 8);
            let broken = bytes.clone();
            assert_eq!((repair(Checksum::Crc32, &mut bytes, expected), bytes), (Repair::Impossible, broken));
        }
        assert_eq!(repair(Checksum::Crc32, &mut [], 0x3), Repair::Impossible);
    }
}
