//! HTTP/1.1 on one connection, driven by the caller's own future: no task stands between a call and its socket, and dropping
//! the call closes the connection.
//!
//! What cannot be read in one way only is refused (RFC 9112, sections 6 and 11.2): both framings at once, differing lengths,
//! bare line feeds, folded lines, NUL. The parsing of lines is httparse's.

pub(crate) mod body;
pub(crate) mod exchange;
pub(crate) mod head;
pub(crate) mod inbox;
