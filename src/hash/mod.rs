//! The hash system: checksums, digests and authentication over the `ferrule-hash` engine.

pub(crate) mod glue;

/// The exports, and what came of comparing the checksums' hardware paths with a table: a third of a millisecond each, once per process.
pub(crate) fn register(system: &mut ferrule_node::System) {
    glue::register(system);
    for checksum in ferrule_hash::Checksum::ALL {
        system.report(checksum.report());
    }
}
