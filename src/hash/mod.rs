//! The hash system: checksums, digests and authentication over the `ferrule-hash` engine.

pub(crate) mod glue;
