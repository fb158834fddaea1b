//! What a binary promises, and how a loader checks it before the first call.

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

/// A group of operations with what the contract names and what this build implements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationGroup {
    /// Its name.
    pub name: &'static str,
    /// The operations' names; operation `n` is bit `n`.
    pub operations: &'static [&'static str],
    /// What the contract promises.
    pub contract: u32,
    /// What this build has.
    pub implemented: u32,
}

impl OperationGroup {
    /// Names of implemented operations that the contract does not know: must be none.
    pub fn undeclared(&self) -> Vec<&'static str> {
        self.names(self.implemented & !self.contract)
    }

    /// Names of promised operations that this build lacks.
    pub fn missing(&self) -> Vec<&'static str> {
        self.names(self.contract & !self.implemented)
    }

    fn names(&self, mask: u32) -> Vec<&'static str> {
        (0..32)
            .filter(|bit| mask >> bit & 1 == 1)
            .map(|bit| self.operations.get(bit).copied().unwrap_or("(unnamed)"))
            .collect()
    }
}

/// A faster implementation that differs from its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The check's name.
    pub name: &'static str,
    /// The input, printed.
    pub input: String,
    /// The reference's answer, printed.
    pub expected: String,
    /// The candidate's answer, printed.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, input, expected, found } = self;
        write!(formatter, "{name}: for {input} expected {expected}, the faster implementation gave {found}")
    }
}

/// Compares `candidate` with `reference` over all inputs and returns the one to use: the candidate only when it never
/// differed and never panicked.
pub fn checked<F, I: fmt::Debug, O: PartialEq + fmt::Debug>(
    name: &'static str,
    reference: F,
    candidate: F,
    inputs: impl IntoIterator<Item = I>,
    apply: impl Fn(&F, &I) -> O,
) -> (F, Option<Difference>) {
    for input in inputs {
        let expected = apply(&reference, &input);
        let found =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| apply(&candidate, &input))).map_err(|_| "a panic");
        if found.as_ref() != Ok(&expected) {
            let found = found.map_or_else(str::to_owned, |found| format!("{found:?}"));
            let difference = Difference { name, input: format!("{input:?}"), expected: format!("{expected:?}"), found };
            return (reference, Some(difference));
        }
    }
    (candidate, None)
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

    #[test]
    fn masks_name_what_is_missing_and_what_nobody_promised() {
        let group =
            OperationGroup { name: "queue", operations: &["push", "pop", "wait"], contract: 0b011, implemented: 0b110 };
        assert_eq!(group.missing(), ["push"]);
        assert_eq!(group.undeclared(), ["wait"]);
    }

    #[test]
    fn a_faster_implementation_is_taken_only_when_it_never_differs() {
        type Double = fn(&u32) -> u32;
        let apply = |double: &Double, input: &u32| double(input);
        let reference: Double = |n| n + n;
        let (chosen, difference) = checked("double", reference, |n| n << 1, 0..1000, apply);
        assert_eq!((chosen(&4), difference), (8, None));
        let (chosen, difference) = checked("double", reference, |n| if *n == 77 { 0 } else { n << 1 }, 0..1000, apply);
        assert_eq!(chosen(&77), 154);
        let said = difference.unwrap().to_string();
        assert_eq!(said, "double: for 77 expected 154, the faster implementation gave 0");
    }

    #[test]
    fn a_faster_implementation_that_panics_is_not_taken() {
        type Double = fn(&u32) -> u32;
        let broken: Double = |_| panic!("expected by the test");
        let reference: Double = |n| n + n;
        let (_, difference) = checked("double", reference, broken, 0..1, |double, input| double(input));
        assert_eq!(difference.unwrap().found, "a panic");
    }
}
