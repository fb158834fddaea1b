//! From a host's name to a connection that is ready for a request.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures_util::{StreamExt as _, stream::FuturesUnordered};
use rustls::{ClientConfig, pki_types::ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::Url;

use super::{
    config::{Http2, TlsConfig},
    fault::{Fault, Kind, reason_of},
    io::Io,
    proxy::{Proxies, ProxyKind},
    tls,
};

/// How long an address may take before the next is tried beside it (RFC 8305, section 8).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

pub(crate) struct Connector {
    pub(crate) proxies: Proxies,
    tls: TlsConfig,
    http2: Http2,
    settings: OnceLock<Arc<ClientConfig>>,
}

/// A connection, and whether HTTP/2 is spoken on it.
pub(crate) struct Connected {
    pub(crate) io: Io,
    pub(crate) http2: bool,
}

impl Connector {
    pub(crate) fn new(proxies: Proxies, tls: TlsConfig, http2: Http2) -> Result<Self, Fault> {
        let settings = OnceLock::new();
        // What the caller gave is checked at once; the bundled and the system's roots wait until somebody needs them.
        if tls.ca.is_some() || tls.cert.is_some() || tls.key.is_some() || tls.min_version.is_some() {
            let _ = settings.set(Arc::new(tls::settings(&TlsConfig { system_roots: false, ..tls.clone() }, http2)?));
            if tls.system_roots {
                return Ok(Self { proxies, tls, http2, settings: OnceLock::new() });
            }
        }
        Ok(Self { proxies, tls, http2, settings })
    }

    fn settings(&self) -> Result<Arc<ClientConfig>, Fault> {
        if let Some(settings) = self.settings.get() {
            return Ok(Arc::clone(settings));
        }
        let made = Arc::new(tls::settings(&self.tls, self.http2)?);
        Ok(Arc::clone(self.settings.get_or_init(|| made)))
    }

    pub(crate) async fn connect(&self, url: &Url) -> Result<Connected, Fault> {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or(80);
        let secure = url.scheme() == "https";
        let Some(proxy) = self.proxies.for_url(url) else {
            let tcp = dial(host, port).await?;
            return self.secured(Io::Tcp(tcp), host, secure).await;
        };
        let mut tcp = dial(&proxy.host, proxy.port).await.map_err(|fault| Fault {
            kind: Kind::Proxy,
            message: format!("the proxy cannot be reached: {}", fault.message),
            ..fault
        })?;
        if proxy.kind == ProxyKind::Socks5 {
            proxy.socks(&mut tcp, host, port).await?;
            return self.secured(Io::Tcp(tcp), host, secure).await;
        }
        let mut io = Io::Tcp(tcp);
        if proxy.kind == ProxyKind::Https {
            let mut settings = ClientConfig::clone(&*self.settings()?);
            settings.alpn_protocols = vec![b"http/1.1".to_vec()];
            io = handshake(io, &proxy.host, Arc::new(settings)).await?;
        }
        if secure {
            proxy.tunnel(&mut io, host, port).await?;
        }
        self.secured(io, host, secure).await
    }

    async fn secured(&self, io: Io, host: &str, secure: bool) -> Result<Connected, Fault> {
        if !secure {
            return Ok(Connected { io, http2: self.http2 == Http2::Only });
        }
        let io = handshake(io, host, self.settings()?).await?;
        let agreed = match &io {
            Io::Tcp(_) | Io::Answering(_) => None,
            Io::Tls(stream) => stream.get_ref().1.alpn_protocol(),
            Io::Nested(stream) => stream.get_ref().1.alpn_protocol(),
        };
        let http2 = agreed == Some(b"h2");
        if self.http2 == Http2::Only && !http2 {
            return Err(Fault::new(
                Kind::Tls { reason: "no HTTP/2".to_owned() },
                "the server did not agree on HTTP/2, and the option \"http2\" is \"only\"",
            ));
        }
        Ok(Connected { io, http2 })
    }
}

async fn handshake(io: Io, host: &str, settings: Arc<ClientConfig>) -> Result<Io, Fault> {
    let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned())
        .map_err(|_| Fault::new(Kind::Url, format!("{host:?} is no name that a certificate could have")))?;
    let connector = TlsConnector::from(settings);
    let shaken = match io {
        Io::Tcp(tcp) => connector.connect(name, tcp).await.map(|stream| Io::Tls(Box::new(stream))),
        Io::Tls(tls) => connector.connect(name, *tls).await.map(|stream| Io::Nested(Box::new(stream))),
        Io::Nested(_) | Io::Answering(_) => Err(io::Error::other("TLS three times over")),
    };
    shaken.map_err(|error| {
        if error.kind() == io::ErrorKind::InvalidData {
            Fault::tls(&error)
        } else {
            let reason = reason_of(&error);
            Fault::new(Kind::Tls { reason }, format!("the server broke off while TLS was set up: {error}")).retryable()
        }
    })
}

async fn dial(host: &str, port: u16) -> Result<TcpStream, Fault> {
    let literal = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let addresses = match literal {
        Ok(address) => vec![SocketAddr::new(address, port)],
        Err(_) => interleaved(
            tokio::net::lookup_host((host, port))
                .await
                .map_err(|error| {
                    let kind = Kind::Dns { host: host.to_owned() };
                    Fault::new(kind, format!("the host \"{host}\" was not found: {error}")).retryable()
                })?
                .collect(),
        ),
    };
    let mut waiting = addresses.into_iter();
    let mut trying = FuturesUnordered::new();
    let mut last = None;
    loop {
        match waiting.next() {
            Some(address) => trying.push(async move { (address, TcpStream::connect(address).await) }),
            None if trying.is_empty() => break,
            None => {}
        }
        let more = waiting.len() > 0;
        tokio::select! {
            Some((address, tried)) = trying.next() => match tried {
                Ok(tcp) => {
                    // A request must not wait for the acknowledgement of the one before it.
                    let _ = tcp.set_nodelay(true);
                    return Ok(tcp);
                }
                Err(error) => last = Some((address, error)),
            },
            () = tokio::time::sleep(NEXT_ADDRESS), if more => {}
        }
    }
    Err(match last {
        Some((address, error)) => {
            let reason = reason_of(&error);
            let told = format!("no connection to {host}:{port} ({address}): {reason} ({error})");
            Fault::new(Kind::Connect { reason }, told).retryable()
        }
        None => Fault::new(Kind::Dns { host: host.to_owned() }, format!("the host \"{host}\" has no address")),
    })
}

/// The two families in turn, each in its order.
fn interleaved(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (first, second): (Vec<_>, Vec<_>) = addresses.into_iter().partition(|address| address.is_ipv6() == first_is_v6);
    let mut all = Vec::with_capacity(first.len() + second.len());
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    loop {
        let (one, other) = (first.next(), second.next());
        if one.is_none() && other.is_none() {
            return all;
        }
        all.extend(one.into_iter().chain(other));
    }
}
