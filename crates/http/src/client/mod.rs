//! The client. A request is checked, gets a connection from the pool of its origin, is sent, and its response read, all by the
//! caller's own future: dropping that closes the connection, or ends the stream of HTTP/2.

mod config;
mod connect;
mod cookies;
mod decode;
mod download;
mod fault;
mod h1;
mod h2;
mod http_client;
mod io;
mod pool;
mod proxy;
mod raw_body;
mod redirect;
mod request;
mod request_head;
mod response;
mod sending;
mod tls;
mod upload;

pub(crate) use config::{Http2, TlsConfig};
pub(crate) use connect::Connector;
pub use download::{Progress, save_bytes};
pub use fault::ClientError;
pub(crate) use fault::{Fault, Kind};
pub use http_client::{Crossing, HttpClient};
pub(crate) use proxy::Proxies;
pub use response::ResponseBody;
pub use upload::RequestBody;
