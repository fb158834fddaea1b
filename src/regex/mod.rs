//! The regex system: text and byte patterns over the `ferrule-regex` engine.

pub(crate) mod glue;
