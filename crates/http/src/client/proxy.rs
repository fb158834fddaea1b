//! Through whom a host is reached: directly, through a proxy's tunnel, or by asking the proxy itself.

use std::net::IpAddr;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;

use super::{
    config::Config,
    fault::{Fault, Kind},
    h1::{
        head::{self, HeadLimits, HeadScan},
        inbox::Inbox,
    },
    io::Io,
};

/// What a tunnel's answer may take.
const ANSWER: HeadLimits = HeadLimits { bytes: 64 * 1024, count: 128 };

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProxyKind {
    Http,
    Https,
    /// SOCKS version 5; the proxy looks names up.
    Socks5,
}

#[derive(Debug, Clone)]
pub(crate) struct Proxy {
    pub(crate) kind: ProxyKind,
    pub(crate) host: String,
    pub(crate) port: u16,
    credentials: Option<(String, String)>,
}

impl Proxy {
    fn parse(text: &str) -> Result<Self, Fault> {
        // Said without the address: it may hold a password.
        let refused = |why: &str| Fault::new(Kind::Request, format!("the proxy {why}"));
        let url = Url::parse(text).map_err(|error| refused(&format!("is no address: {error}")))?;
        let (kind, port) = match url.scheme() {
            "http" => (ProxyKind::Http, 80),
            "https" => (ProxyKind::Https, 443),
            "socks5" | "socks5h" | "socks" => (ProxyKind::Socks5, 1080),
            other => return Err(refused(&format!("must begin with http:, https: or socks5:, got \"{other}:\""))),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| refused("names no host"))?;
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let credentials = (!url.username().is_empty())
            .then(|| (decoded(url.username()), decoded(url.password().unwrap_or_default())));
        Ok(Self { kind, host: host.to_owned(), port: url.port_or_known_default().unwrap_or(port), credentials })
    }

    /// For the header `proxy-authorization`.
    pub(crate) fn authorization(&self) -> Option<String> {
        let (user, password) = self.credentials.as_ref()?;
        Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
    }

    /// Asks an HTTP proxy for a tunnel.
    pub(crate) async fn tunnel(&self, io: &mut Io, host: &str, port: u16) -> Result<(), Fault> {
        let broken =
            |error: &std::io::Error| Fault::new(Kind::Proxy, format!("the proxy broke off: {error}")).retryable();
        let mut ask = format!("CONNECT {host}:{port} HTTP/1.1\r\nhost: {host}:{port}\r\n");
        if let Some(authorization) = self.authorization() {
            ask.extend(["proxy-authorization: ", &authorization, "\r\n"]);
        }
        ask += "\r\n";
        io.write_all(ask.as_bytes()).await.map_err(|error| broken(&error))?;
        io.flush().await.map_err(|error| broken(&error))?;
        let mut inbox = Inbox::default();
        let mut scan = HeadScan::default();
        let end = loop {
            if let Some(end) = scan.end(inbox.bytes(), ANSWER).map_err(as_proxy)? {
                break end;
            }
            if inbox.fill(io).await.map_err(|error| broken(&error))? == 0 {
                return Err(Fault::new(Kind::Proxy, "the proxy closed the connection without an answer").retryable());
            }
        };
        let head = head::parse(&inbox.bytes()[..end], ANSWER).map_err(as_proxy)?;
        if !(200..300).contains(&head.status) {
            let told = format!("the proxy refused to connect to {host}:{port}: {}", head.status);
            return Err(Fault::new(Kind::Proxy, told).with_status(head.status));
        }
        inbox.consume(end);
        if inbox.is_empty() {
            Ok(())
        } else {
            Err(Fault::new(Kind::Proxy, "the proxy spoke before the tunnel was used"))
        }
    }

    /// Asks a SOCKS proxy for a connection (RFC 1928, RFC 1929).
    pub(crate) async fn socks(&self, tcp: &mut TcpStream, host: &str, port: u16) -> Result<(), Fault> {
        self.socks_io(tcp, host, port).await.map_err(|fault| match fault {
            Ok(fault) => fault,
            Err(error) => Fault::new(Kind::Proxy, format!("the proxy broke off: {error}")).retryable(),
        })
    }

    async fn socks_io(&self, tcp: &mut TcpStream, host: &str, port: u16) -> Result<(), Result<Fault, std::io::Error>> {
        let refused = |why: String| Err(Ok(Fault::new(Kind::Proxy, why)));
        let methods: &[u8] = if self.credentials.is_some() { &[5, 2, 0, 2] } else { &[5, 1, 0] };
        tcp.write_all(methods).await.map_err(Err)?;
        let mut answer = [0; 2];
        tcp.read_exact(&mut answer).await.map_err(Err)?;
        match (answer, &self.credentials) {
            ([5, 0], _) => {}
            ([5, 2], Some((user, password))) => {
                let (Ok(user_length), Ok(password_length)) = (u8::try_from(user.len()), u8::try_from(password.len()))
                else {
                    return refused("the proxy's credentials are longer than SOCKS allows".to_owned());
                };
                let mut said = vec![1, user_length];
                said.extend_from_slice(user.as_bytes());
                said.push(password_length);
                said.extend_from_slice(password.as_bytes());
                tcp.write_all(&said).await.map_err(Err)?;
                tcp.read_exact(&mut answer).await.map_err(Err)?;
                if answer[1] != 0 {
                    return refused("the proxy refused the credentials".to_owned());
                }
            }
            ([5, _], _) => return refused("the proxy accepts none of the ways to say who asks".to_owned()),
            _ => return refused("the proxy does not speak SOCKS version 5".to_owned()),
        }
        let mut ask = vec![5, 1, 0];
        match host.trim_matches(['[', ']']).parse() {
            Ok(IpAddr::V4(address)) => {
                ask.push(1);
                ask.extend_from_slice(&address.octets());
            }
            Ok(IpAddr::V6(address)) => {
                ask.push(4);
                ask.extend_from_slice(&address.octets());
            }
            Err(_) => {
                let Ok(length) = u8::try_from(host.len()) else {
                    return refused("the host's name is longer than SOCKS allows".to_owned());
                };
                ask.extend([3, length]);
                ask.extend_from_slice(host.as_bytes());
            }
        }
        ask.extend_from_slice(&port.to_be_bytes());
        tcp.write_all(&ask).await.map_err(Err)?;
        let mut head = [0; 4];
        tcp.read_exact(&mut head).await.map_err(Err)?;
        if head[0] != 5 || head[1] != 0 {
            return refused(format!("the proxy refused to connect to {host}:{port}: {}", socks_reason(head[1])));
        }
        let rest = match head[3] {
            1 => 4,
            4 => 16,
            3 => tcp.read_u8().await.map_err(Err)? as usize,
            _ => return refused("the proxy's answer is no SOCKS".to_owned()),
        } + 2;
        let mut bound = vec![0; rest];
        tcp.read_exact(&mut bound).await.map_err(Err)?;
        Ok(())
    }
}

fn as_proxy(fault: Fault) -> Fault {
    let Fault { message, retryable, status, .. } = fault;
    Fault { retryable, status, ..Fault::new(Kind::Proxy, format!("of the proxy: {message}")) }
}

fn socks_reason(code: u8) -> &'static str {
    match code {
        1 => "general failure",
        2 => "not allowed",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "time to live expired",
        7 => "command not supported",
        8 => "address type not supported",
        _ => "unknown reason",
    }
}

/// Which proxy a target is reached through.
#[derive(Debug, Default)]
pub(crate) struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    direct: Vec<String>,
}

impl Proxies {
    pub(crate) fn of(config: &Config) -> Result<Self, Fault> {
        let parse = |own: &Option<String>| {
            own.as_deref().or(config.proxy.as_deref()).filter(|text| !text.is_empty()).map(Proxy::parse).transpose()
        };
        let direct =
            config.no_proxy.iter().map(|entry| entry.trim().to_ascii_lowercase()).filter(|entry| !entry.is_empty());
        Ok(Self {
            http: parse(&config.proxy_for_http)?,
            https: parse(&config.proxy_for_https)?,
            direct: direct.collect(),
        })
    }

    pub(crate) fn for_url(&self, url: &Url) -> Option<&Proxy> {
        let proxy = if url.scheme() == "https" { &self.https } else { &self.http }.as_ref()?;
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or_default();
        let direct = self.direct.iter().any(|entry| {
            let (name, wanted) = match entry.rsplit_once(':') {
                Some((name, digits)) if digits.parse::<u16>().is_ok() && !name.contains(':') => {
                    (name, digits.parse().ok())
                }
                _ => (entry.as_str(), None),
            };
            let name = name.trim_start_matches("*.").trim_start_matches('.');
            let named = name == "*" || host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
            named && wanted.is_none_or(|wanted: u16| wanted == port)
        });
        (!direct).then_some(proxy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_on_the_list_and_those_below_it_are_asked_directly() {
        let config = Config {
            proxy: Some("http://p:1".into()),
            no_proxy: vec!["inner.example".into(), ".dev".into(), "other:8080".into()],
            ..Config::default()
        };
        let proxies = Proxies::of(&config).unwrap();
        let through = |url: &str| proxies.for_url(&Url::parse(url).unwrap()).is_some();
        assert!(through("http://example/") && through("https://notinner.example/") && through("http://other/"));
        assert!(!through("http://inner.example/") && !through("https://a.inner.example/") && !through("http://x.dev/"));
        assert!(!through("http://other:8080/"));
    }

    #[test]
    fn a_proxy_that_cannot_be_used_is_refused_without_its_password() {
        for bad in ["ftp://user:secret@p", "http://", "user:secret", ""] {
            let refused = Proxy::parse(bad).unwrap_err();
            assert!(!refused.message.contains("secret"), "{}", refused.message);
        }
        let proxy = Proxy::parse("http://user:p%40ss@p:3128").unwrap();
        assert_eq!(proxy.authorization().unwrap(), "Basic dXNlcjpwQHNz");
    }
}
