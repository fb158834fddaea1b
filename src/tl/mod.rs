//! The tl system: headers and values of the TL wire format, over the `ferrule-tl` engine.

pub(crate) mod glue;
