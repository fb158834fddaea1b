//! HTTP for a host language: a client, a server, web sockets, and the helpers around addresses and statuses.

mod address;
pub mod client;
pub mod server;
pub mod websocket;

pub use address::{DecodeError, url_decode, url_encode};
