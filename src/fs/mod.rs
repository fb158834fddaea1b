//! The fs system: files over the `ferrule-fs` engine.

pub(crate) mod glue;
