//! The config system: the scanner and lexer of configuration text, over the `ferrule-config` engine.

pub(crate) mod glue;
