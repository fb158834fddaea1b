//! Signatures, their digest, and the handshake.

use std::fmt;

/// The integer of the boundary itself: raised only when `ferrule-node` and the TypeScript half change incompatibly, so a
/// package made by the generator outlives patch releases.
pub const BOUNDARY_ABI: u32 = 1;

/// 64-bit FNV-1a. Source: RFC 9923, section 5 (offset basis and prime of the 64-bit variant). A digest names a text in a
/// log and in a test; it does not resist an attacker, who could as well replace the binary.
pub const fn fnv1a(bytes: &[u8], start: u64) -> u64 {
    let mut hash = start;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01B3);
        at += 1;
    }
    hash
}

/// The digest of nothing: FNV's offset basis.
pub const EMPTY_DIGEST: u64 = 0xCBF2_9CE4_8422_2325;

/// The signatures of one system, in the order they are exported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contract {
    /// `isMatch(re: handle Regex, text: string) -> boolean`, one per export.
    pub items: Vec<String>,
}

impl Contract {
    /// The digest of one item, for messages and logs.
    pub fn item_digest(item: &str) -> u64 {
        fnv1a(item.as_bytes(), EMPTY_DIGEST)
    }

    /// The digest of the whole: of the items in order, each followed by a line feed.
    pub fn digest(&self) -> u64 {
        self.items.iter().fold(EMPTY_DIGEST, |hash, item| fnv1a(b"\n", fnv1a(item.as_bytes(), hash)))
    }
}

/// The caller's expected API version is not this one. There is no range and no negotiation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionMismatch {
    /// What the caller was built for.
    pub expected: u32,
    /// What this binary is.
    pub found: u32,
}

impl fmt::Display for VersionMismatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected API version {}, the binary has {}", self.expected, self.found)
    }
}

impl std::error::Error for VersionMismatch {}

/// The handshake: exact equality.
pub fn handshake(found: u32, expected: u32) -> Result<(), VersionMismatch> {
    if expected == found { Ok(()) } else { Err(VersionMismatch { expected, found }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv1a_matches_its_published_vectors() {
        // RFC 9923, appendix: FNV-1a 64 of "", "a" and "foobar".
        assert_eq!(fnv1a(b"", EMPTY_DIGEST), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv1a(b"a", EMPTY_DIGEST), 0xAF63_DC4C_8601_EC8C);
        assert_eq!(fnv1a(b"foobar", EMPTY_DIGEST), 0x8594_4171_F739_67E8);
    }

    #[test]
    fn a_digest_changes_with_any_item_their_order_and_their_borders() {
        let digest = |items: &[&str]| Contract { items: items.iter().map(|&item| item.to_owned()).collect() }.digest();
        let base = digest(&["a() -> void", "b() -> void"]);
        assert_ne!(base, digest(&["a() -> void", "b() -> number"]));
        assert_ne!(base, digest(&["b() -> void", "a() -> void"]));
        assert_ne!(base, digest(&["a() -> void"]));
        assert_ne!(digest(&["ab", "c"]), digest(&["a", "bc"]));
    }

    #[test]
    fn the_handshake_wants_exact_equality() {
        assert_eq!(handshake(1, 1), Ok(()));
        for expected in [0, 2, u32::MAX] {
            assert_eq!(handshake(1, expected), Err(VersionMismatch { expected, found: 1 }));
        }
    }
}
