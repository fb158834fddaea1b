//! The socket under a connection: opened here, and not by the library, so that a cancel request can go the same way and be
//! waited for.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use socket2::{SockRef, TcpKeepalive};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpStream, lookup_host},
};
use tokio_postgres::config::Host;

use super::config::Config;

/// How long sent bytes may stay unacknowledged before the connection counts as dead.
const UNACKNOWLEDGED: Duration = Duration::from_secs(30);
/// When a silent connection is first probed, how often then, and how many probes may stay unanswered.
const KEEPALIVE: (Duration, Duration, u32) = (Duration::from_secs(30), Duration::from_secs(10), 3);

/// A socket of either kind.
pub(crate) enum Socket {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(tokio::net::UnixStream),
}

/// Passes a call on to the socket there is.
macro_rules! on_socket {
    ($self:ident, $socket:ident => $call:expr) => {
        match $self.get_mut() {
            Socket::Tcp(socket) => {
                let $socket = Pin::new(socket);
                $call
            }
            #[cfg(unix)]
            Socket::Unix(socket) => {
                let $socket = Pin::new(socket);
                $call
            }
        }
    };
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, socket => socket.poll_read(context, into))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        on_socket!(self, socket => socket.poll_write(context, bytes))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, socket => socket.poll_flush(context))
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        on_socket!(self, socket => socket.poll_shutdown(context))
    }
}

/// Where a server is.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) host: Host,
    /// What is dialled in place of the host's name, if anything.
    pub(crate) dial: Option<std::net::IpAddr>,
    pub(crate) port: u16,
}

impl Address {
    /// All that the configuration names, in its order.
    pub(crate) fn all_of(config: &Config) -> Vec<Self> {
        let (hosts, dialled, ports) =
            (config.server.get_hosts(), config.server.get_hostaddrs(), config.server.get_ports());
        (0..hosts.len().max(dialled.len()))
            .map(|index| {
                let dial = dialled.get(index).copied();
                let host = match (hosts.get(index), dial) {
                    (Some(host), _) => host.clone(),
                    (None, Some(address)) => Host::Tcp(address.to_string()),
                    (None, None) => Host::Tcp("127.0.0.1".to_owned()),
                };
                let port = ports.get(index).or(ports.first()).copied().unwrap_or(5432);
                Self { host, dial, port }
            })
            .collect()
    }

    /// The name a certificate has to be for.
    pub(crate) fn server_name(&self) -> &str {
        match &self.host {
            Host::Tcp(name) => name,
            #[cfg(unix)]
            Host::Unix(_) => "localhost",
        }
    }

    /// As a person writes it.
    pub(crate) fn told(&self) -> String {
        match &self.host {
            Host::Tcp(name) => format!("{name}:{}", self.port),
            #[cfg(unix)]
            Host::Unix(folder) => format!("{}/.s.PGSQL.{}", folder.display(), self.port),
        }
    }

    pub(crate) async fn open(&self) -> io::Result<Socket> {
        match (&self.host, self.dial) {
            (_, Some(address)) => tcp((address, self.port)).await,
            (Host::Tcp(name), None) => tcp((name.as_str(), self.port)).await,
            #[cfg(unix)]
            (Host::Unix(folder), None) => {
                let path = folder.join(format!(".s.PGSQL.{}", self.port));
                Ok(Socket::Unix(tokio::net::UnixStream::connect(path).await?))
            }
        }
    }
}

async fn tcp(place: impl tokio::net::ToSocketAddrs) -> io::Result<Socket> {
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
    for address in lookup_host(place).await? {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                stream.set_nodelay(true)?;
                let socket = SockRef::from(&stream);
                let (idle, interval, probes) = KEEPALIVE;
                let keepalive = TcpKeepalive::new().with_time(idle).with_interval(interval);
                let keepalive = keepalive.with_retries(probes);
                socket.set_tcp_keepalive(&keepalive)?;
                #[cfg(target_os = "linux")]
                socket.set_tcp_user_timeout(Some(UNACKNOWLEDGED))?;
                return Ok(Socket::Tcp(stream));
            }
            Err(error) => failure = error,
        }
    }
    Err(failure)
}
