//! Cyclic redundancy checks.

use std::sync::LazyLock;

use crc_fast::{CrcAlgorithm, Digest, get_calculator_target};
use ferrule_contract::{Report, checked, inputs};

use crate::reference;

/// A cyclic redundancy check, by its name in G. Cook's "Catalogue of parametrised CRC algorithms".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Checksum {
    /// CRC-32/ISO-HDLC: zip, gzip, Ethernet. Reflected polynomial EDB88320.
    Crc32,
    /// CRC-32/ISCSI, Castagnoli's: iSCSI, ext4, SCTP. Reflected polynomial 82F63B78.
    Crc32c,
    /// CRC-64/XZ: xz. Reflected polynomial C96C5795D7870F42.
    Crc64,
}

/// Moves a register over bytes.
type Partial = fn(&[u8], u64) -> u64;

/// What is used for a checksum, and why.
type Chosen = LazyLock<(Partial, Report)>;

static CRC32: Chosen = LazyLock::new(|| {
    choose(
        Checksum::Crc32,
        |bytes, register| reference::partial(&CRC32_TABLE, bytes, register),
        |bytes, register| by_hardware(Checksum::Crc32, bytes, register),
    )
});
static CRC32C: Chosen = LazyLock::new(|| {
    choose(
        Checksum::Crc32c,
        |bytes, register| reference::partial(&CRC32C_TABLE, bytes, register),
        |bytes, register| by_hardware(Checksum::Crc32c, bytes, register),
    )
});
static CRC64: Chosen = LazyLock::new(|| {
    choose(
        Checksum::Crc64,
        |bytes, register| reference::partial(&CRC64_TABLE, bytes, register),
        |bytes, register| by_hardware(Checksum::Crc64, bytes, register),
    )
});
static CRC32_TABLE: [u64; 256] = reference::table(Checksum::Crc32.polynomial());
static CRC32C_TABLE: [u64; 256] = reference::table(Checksum::Crc32c.polynomial());
static CRC64_TABLE: [u64; 256] = reference::table(Checksum::Crc64.polynomial());

/// Lengths at which every path of the hardware's code is entered and left.
const EVERY_LENGTH: usize = 320;
const RANDOM: usize = 24;
const LONGEST: usize = 4096;
const SEED: u64 = 0x0FE2_21E5;

fn by_hardware(checksum: Checksum, bytes: &[u8], register: u64) -> u64 {
    let mut digest = Digest::new_with_init_state(checksum.algorithm(), register);
    digest.update(bytes);
    digest.get_state()
}

fn choose(checksum: Checksum, reference: Partial, hardware: Partial) -> (Partial, Report) {
    let candidate = get_calculator_target(checksum.algorithm());
    let ones = checksum.ones();
    let registers = [ones, 0, 0x0123_4567_89AB_CDEF & ones];
    let inputs = inputs::bytes(EVERY_LENGTH, RANDOM, LONGEST, SEED).enumerate();
    checked(checksum.name(), reference, (candidate, hardware), inputs, |partial, (number, bytes)| {
        // In two pieces: so that the register is handed on, and no piece begins where memory does.
        let (first, second) = bytes.0.split_at(number % 3 % (bytes.0.len() + 1));
        partial(second, partial(first, registers[number % registers.len()]))
    })
}

impl Checksum {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Crc32, Self::Crc32c, Self::Crc64];

    /// Its name in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "crc32",
            Self::Crc32c => "crc32c",
            Self::Crc64 => "crc64",
        }
    }

    /// Bits of the register: 32 or 64.
    pub const fn width(self) -> u32 {
        match self {
            Self::Crc32 | Self::Crc32c => 32,
            Self::Crc64 => 64,
        }
    }

    /// The polynomial, reflected.
    pub const fn polynomial(self) -> u64 {
        match self {
            Self::Crc32 => 0xEDB8_8320,
            Self::Crc32c => 0x82F6_3B78,
            Self::Crc64 => 0xC96C_5795_D787_0F42,
        }
    }

    const fn ones(self) -> u64 {
        u64::MAX >> (64 - self.width())
    }

    const fn algorithm(self) -> CrcAlgorithm {
        match self {
            Self::Crc32 => CrcAlgorithm::Crc32IsoHdlc,
            Self::Crc32c => CrcAlgorithm::Crc32Iscsi,
            Self::Crc64 => CrcAlgorithm::Crc64Xz,
        }
    }

    fn chosen(self) -> &'static (Partial, Report) {
        match self {
            Self::Crc32 => &CRC32,
            Self::Crc32c => &CRC32C,
            Self::Crc64 => &CRC64,
        }
    }

    /// Moves the raw register over bytes, without inversion before or after. Bits beyond the width are not looked at.
    pub fn partial(self, bytes: &[u8], register: u64) -> u64 {
        (self.chosen().0)(bytes, register & self.ones())
    }

    /// The checksum of bytes.
    pub fn of(self, bytes: &[u8]) -> u64 {
        self.update(0, bytes)
    }

    /// The checksum of what `checksum` is of and of bytes behind it. 0 is the checksum of nothing.
    pub fn update(self, checksum: u64, bytes: &[u8]) -> u64 {
        self.partial(bytes, checksum ^ self.ones()) ^ self.ones()
    }

    /// The checksum of two pieces from the checksum of each and the length of the second.
    pub fn combine(self, first: u64, second: u64, second_length: u64) -> u64 {
        crc_fast::checksum_combine(self.algorithm(), first & self.ones(), second & self.ones(), second_length)
    }

    /// What the hardware's path was compared with, and what came of it. The first call compares.
    pub fn report(self) -> &'static Report {
        &self.chosen().1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Bit by bit, as the catalogue defines it: shares nothing with what is tested.
    fn bitwise(checksum: Checksum, bytes: &[u8], mut register: u64) -> u64 {
        for byte in bytes {
            register ^= u64::from(*byte);
            for _ in 0..8 {
                register = if register & 1 == 1 { (register >> 1) ^ checksum.polynomial() } else { register >> 1 };
            }
        }
        register
    }

    #[test]
    fn published_check_values() {
        // "Catalogue of parametrised CRC algorithms" (reveng.sourceforge.io/crc-catalogue): the check values, of "123456789".
        assert_eq!(Checksum::Crc32.of(b"123456789"), 0xCBF4_3926);
        assert_eq!(Checksum::Crc32c.of(b"123456789"), 0xE306_9283);
        assert_eq!(Checksum::Crc64.of(b"123456789"), 0x995D_C9BB_DF19_39FA);
        // RFC 3720, appendix B.4: CRC-32C of 32 bytes of zeros, ones, ascending, descending.
        assert_eq!(Checksum::Crc32c.of(&[0; 32]), 0x8A91_36AA);
        assert_eq!(Checksum::Crc32c.of(&[0xff; 32]), 0x62A8_AB43);
        assert_eq!(Checksum::Crc32c.of(&(0..32).collect::<Vec<u8>>()), 0x46DD_794E);
        assert_eq!(Checksum::Crc32c.of(&(0..32).rev().collect::<Vec<u8>>()), 0x113F_DB5C);
    }

    #[test]
    fn the_hardware_agrees_with_the_reference_here() {
        for checksum in Checksum::ALL {
            let report = checksum.report();
            assert!(report.difference.is_none(), "{report}");
            assert!(report.agreed > 500, "{report}");
        }
    }

    #[test]
    fn hardware_that_is_wrong_at_one_length_is_not_used() {
        let reference: Partial = |bytes, register| bitwise(Checksum::Crc32, bytes, register);
        let wrong: Partial =
            |bytes, register| bitwise(Checksum::Crc32, bytes, register) ^ u64::from(bytes.len() == 257);
        let (chosen, report) = choose(Checksum::Crc32, reference, wrong);
        assert_eq!(chosen(&[0; 257], 0), reference(&[0; 257], 0));
        assert!(report.difference.is_some());
    }

    proptest! {
        #[test]
        fn agrees_with_a_bitwise_register(bytes in prop::collection::vec(any::<u8>(), 0..5000), register: u64) {
            for checksum in Checksum::ALL {
                let register = register & checksum.ones();
                prop_assert_eq!(checksum.partial(&bytes, register), bitwise(checksum, &bytes, register));
            }
        }

        #[test]
        fn pieces_are_as_the_whole(bytes in prop::collection::vec(any::<u8>(), 0..3000), at: prop::sample::Index) {
            let (first, second) = bytes.split_at(at.index(bytes.len() + 1));
            for checksum in Checksum::ALL {
                let whole = checksum.of(&bytes);
                prop_assert_eq!(checksum.update(checksum.of(first), second), whole);
                prop_assert_eq!(checksum.combine(checksum.of(first), checksum.of(second), second.len() as u64), whole);
            }
        }
    }
}
