//! Web sockets (RFC 6455), as client and as server.
//!
//! [`WebSocket::connect`] opens one; a server judges a request by [`accept::judge`], answers it, and hands what it has upgraded to
//! [`WebSocket::open`]. A task of its own drives each socket (`driver`), and what it shares with the socket's users is in
//! `state`. Both directions are bounded: who does not receive holds the peer back, and sending is done only when the frame is
//! with the system.

pub mod accept;
pub mod close;
mod connect;
pub mod connection;
mod driver;
mod error;
pub mod message;
mod options;
mod serve;
mod state;
mod transport;

pub use close::Close;
pub use connection::{End, WebSocket};
pub use error::Error;
pub use message::{Batch, Incoming};
pub use options::Limits;
pub use transport::Transport;
