//! The sys system: what a service asks its system, over the `ferrule-sys` engine.

pub(crate) mod glue;

/// The exports, and the operations of the contract that they are.
pub(crate) fn register(system: &mut ferrule_node::System) {
    glue::register(system);
    system
        .group("events", &[("toEpoll", "toEpoll"), ("fromEpoll", "fromEpoll")])
        .group("timers", &[("waitMilliseconds", "waitMilliseconds")])
        .group("buffers", &[("pickSize", "pickSize")]);
}
