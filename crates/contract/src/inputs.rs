//! What implementations over bytes are compared with: fixed inputs, all of some kind, and random ones from a seed.

use std::fmt;

/// Bytes to compare with. Printed in short.
#[derive(Clone, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(bytes) = self;
        write!(formatter, "{} bytes, ", bytes.len())?;
        bytes.iter().take(32).try_for_each(|byte| write!(formatter, "{byte:02x}"))?;
        if bytes.len() > 32 { write!(formatter, "…") } else { Ok(()) }
    }
}

/// Random numbers from a seed: `SplitMix64` (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone)]
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// So many bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let words = std::iter::repeat_with(|| self.next()).take(length.div_ceil(8));
        let mut bytes: Vec<u8> = words.flat_map(u64::to_le_bytes).collect();
        bytes.truncate(length);
        bytes
    }
}

/// Words that were wrong before, every single byte, every length up to `lengths`, and `random` inputs of up to `longest` bytes.
pub fn bytes(lengths: usize, random: usize, longest: usize, seed: u64) -> impl Iterator<Item = Bytes> {
    let fixed = [&b""[..], b"a", b"123456789", b"The quick brown fox jumps over the lazy dog", &[0; 64], &[0xff; 64]];
    let single = (0..=u8::MAX).map(|byte| vec![byte]);
    let mut counted = Random(seed);
    let every_length = (0..=lengths).map(move |length| counted.bytes(length));
    let mut chance = Random(!seed);
    let random = (0..random).map(move |_| {
        let length = chance.next() as usize % (longest + 1);
        chance.bytes(length)
    });
    fixed.into_iter().map(<[u8]>::to_vec).chain(single).chain(every_length).chain(random).map(Bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_inputs_and_another_others() {
        let all = |seed| bytes(40, 10, 100, seed).collect::<Vec<_>>();
        assert_eq!(all(1), all(1));
        assert_ne!(all(1), all(2));
        assert_eq!(all(1).len(), 6 + 256 + 41 + 10);
    }

    #[test]
    fn random_numbers_are_those_of_the_published_generator() {
        // The first three of seed 1234567, as the reference implementation in C prints them (prng.di.unimi.it/splitmix64.c).
        let mut random = Random(1_234_567);
        assert_eq!(
            [random.next(), random.next(), random.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }
}
