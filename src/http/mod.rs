//! The http system: HTTP client, server and WebSocket over the `ferrule-http` engine.

pub(crate) mod glue;
