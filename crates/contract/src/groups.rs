//! Operations by their bits: what is promised and what is there.

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
    /// The mask of the first `count` operations.
    ///
    /// # Panics
    /// With more than 32: they are bits of one word.
    pub fn all(count: usize) -> u32 {
        assert!(count <= 32, "a group has at most 32 operations, got {count}");
        u32::MAX.checked_shr(32 - count as u32).unwrap_or(0)
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_has_up_to_32_operations() {
        assert_eq!([0, 1, 5, 32].map(OperationGroup::all), [0, 1, 0b11111, u32::MAX]);
    }

    #[test]
    fn masks_name_what_is_missing_and_what_nobody_promised() {
        let group =
            OperationGroup { name: "queue", operations: &["push", "pop", "wait"], contract: 0b011, implemented: 0b110 };
        assert_eq!(group.missing(), ["push"]);
        assert_eq!(group.undeclared(), ["wait"]);
    }
}
