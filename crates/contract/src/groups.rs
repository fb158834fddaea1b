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

/// What a queue between threads can do.
pub const QUEUE: OperationGroup = OperationGroup::whole(
    "queue",
    &["push", "pop", "is empty", "push and wait", "pop and wait", "pop without waiting"],
);
/// What can be done with jobs.
pub const JOBS: OperationGroup = OperationGroup::whole(
    "jobs",
    &["create", "schedule", "signal", "retain", "release", "run pending of the main thread", "notify of creation"],
);
/// Events of descriptors, in two notations.
pub const EVENTS: OperationGroup = OperationGroup::whole("events", &["to epoll", "from epoll"]);
/// Waiting for timers.
pub const TIMERS: OperationGroup = OperationGroup::whole("timers", &["milliseconds to wait"]);
/// Buffers for messages.
pub const BUFFERS: OperationGroup = OperationGroup::whole("buffers", &["pick a size"]);

impl OperationGroup {
    /// A group of which everything is promised and everything is there.
    const fn whole(name: &'static str, operations: &'static [&'static str]) -> Self {
        let all = (1 << operations.len()) - 1;
        Self { name, operations, contract: all, implemented: all }
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
    fn the_groups_there_are_have_their_bits_and_lack_nothing() {
        let masks = [QUEUE, JOBS, EVENTS, TIMERS, BUFFERS].map(|group| {
            assert!(group.missing().is_empty() && group.undeclared().is_empty(), "{}", group.name);
            group.contract
        });
        assert_eq!(masks, [0x3f, 0x7f, 0x3, 0x1, 0x1]);
    }

    #[test]
    fn masks_name_what_is_missing_and_what_nobody_promised() {
        let group =
            OperationGroup { name: "queue", operations: &["push", "pop", "wait"], contract: 0b011, implemented: 0b110 };
        assert_eq!(group.missing(), ["push"]);
        assert_eq!(group.undeclared(), ["wait"]);
    }
}
