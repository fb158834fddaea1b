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
    fn masks_name_what_is_missing_and_what_nobody_promised() {
        let group =
            OperationGroup { name: "queue", operations: &["push", "pop", "wait"], contract: 0b011, implemented: 0b110 };
        assert_eq!(group.missing(), ["push"]);
        assert_eq!(group.undeclared(), ["wait"]);
    }
}
