//! Comparison of secrets.

use subtle::ConstantTimeEq;

/// Whether both are the same, in a time that depends on their lengths alone.
pub fn equal(first: &[u8], second: &[u8]) -> bool {
    first.ct_eq(second).into()
}
