//! The sys system: what a service asks its system, over the `ferrule-sys` engine.

pub(crate) mod glue;
