//! Where the server is and how the pool behaves: one URL, and options that count more than what the URL says.

use std::time::Duration;

use serde::Deserialize;

use super::{encryption::Encryption, error::Error};

/// How connections are kept, as the caller gives it. Times are milliseconds.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Options {
    /// Connections at most, 1 to 10,000.
    pub max: u32,
    /// Connections that stay open however long they are idle.
    pub min: u32,
    /// How long a connection beyond `min` may be idle. 0: for ever.
    pub idle_timeout_ms: f64,
    /// How long a call waits for a connection. 0: for ever.
    pub acquire_timeout_ms: f64,
    /// How old a connection may get before it is replaced, once idle. 0: any age.
    pub max_lifetime_ms: f64,
    /// A connection that was idle for longer is asked whether the server still answers before it is used.
    pub health_check_ms: Option<f64>,
    /// How long opening a connection may take: name, socket, TLS and greeting together.
    pub connect_timeout_ms: f64,
    /// Prepared statements that each connection keeps, 0 to 65,536.
    pub statement_cache: u32,
    /// What the server's statistics call this client.
    pub application_name: Option<String>,
    /// Certificates to trust for `verify-ca` and `verify-full`, as PEM, in place of the built-in ones.
    pub ca: Option<String>,
    /// The certificate that the client shows, with its chain, as PEM; with `key`.
    pub cert: Option<String>,
    /// Its private key, as PEM.
    pub key: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max: 10,
            min: 0,
            idle_timeout_ms: 30_000.0,
            acquire_timeout_ms: 30_000.0,
            max_lifetime_ms: 1_800_000.0,
            health_check_ms: Some(30_000.0),
            connect_timeout_ms: 10_000.0,
            statement_cache: 256,
            application_name: None,
            ca: None,
            cert: None,
            key: None,
        }
    }
}

/// What a pool is opened with.
#[derive(Clone)]
pub(crate) struct Config {
    pub(crate) server: tokio_postgres::Config,
    pub(crate) encryption: Encryption,
    pub(crate) max: usize,
    pub(crate) min: usize,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) acquire_timeout: Option<Duration>,
    pub(crate) max_lifetime: Option<Duration>,
    pub(crate) health_check: Option<Duration>,
    pub(crate) connect_timeout: Duration,
    pub(crate) statement_cache: usize,
}

impl Config {
    pub(crate) fn new(url: &str, options: &Options) -> Result<Self, Error> {
        let (rest, asked) = Encryption::split_from(url)?;
        let mut server: tokio_postgres::Config = rest.parse().map_err(|error: tokio_postgres::Error| {
            let said = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
            Error::config("url", "postgres://user:password@host:port/database?name=value", said)
        })?;
        if server.get_hosts().is_empty() && server.get_hostaddrs().is_empty() {
            server.host("127.0.0.1");
        }
        let encryption = asked.with(options)?;
        server.ssl_mode(encryption.mode);
        if let Some(name) = &options.application_name {
            server.application_name(name);
        } else if server.get_application_name().is_none() {
            server.application_name("ferrule");
        }
        let max = bounded("max", options.max, 1, 10_000)?;
        let min = bounded("min", options.min, 0, 10_000)?;
        if min > max {
            return Err(Error::config("min", "at most max", format!("{min} of {max}")));
        }
        let connect_timeout = match server.get_connect_timeout() {
            Some(timeout) if !timeout.is_zero() => *timeout,
            _ => duration("connectTimeoutMs", options.connect_timeout_ms)?
                .ok_or_else(|| Error::config("connectTimeoutMs", "more than 0", "0".to_owned()))?,
        };
        Ok(Self {
            server,
            encryption,
            max,
            min,
            idle_timeout: duration("idleTimeoutMs", options.idle_timeout_ms)?,
            acquire_timeout: duration("acquireTimeoutMs", options.acquire_timeout_ms)?,
            max_lifetime: duration("maxLifetimeMs", options.max_lifetime_ms)?,
            health_check: match options.health_check_ms {
                Some(milliseconds) => Some(duration("healthCheckMs", milliseconds)?.unwrap_or_default()),
                None => None,
            },
            connect_timeout,
            statement_cache: bounded("statementCache", options.statement_cache, 0, 65_536)?,
        })
    }
}

fn bounded(name: &'static str, value: u32, least: u32, most: u32) -> Result<usize, Error> {
    if (least..=most).contains(&value) {
        return Ok(value as usize);
    }
    Err(Error::config(name, format!("a whole number from {least} to {most}"), value.to_string()))
}

/// Milliseconds as a duration; 0 and infinity are no limit.
fn duration(name: &'static str, milliseconds: f64) -> Result<Option<Duration>, Error> {
    if milliseconds == 0.0 || milliseconds == f64::INFINITY {
        return Ok(None);
    }
    Duration::try_from_secs_f64(milliseconds / 1000.0)
        .map(Some)
        .map_err(|_| Error::config(name, "milliseconds from 0", milliseconds.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(url: &str) -> Result<Config, Error> {
        Config::new(url, &Options::default())
    }

    #[test]
    fn other_parameters_of_the_url_are_the_librarys() {
        let server = config("postgres://u@h:1/d?sslmode=disable&application_name=a&connect_timeout=3").unwrap();
        assert_eq!(server.server.get_application_name(), Some("a"));
        assert_eq!(server.connect_timeout, Duration::from_secs(3));
        assert!(matches!(config("postgres://h/d?colour=blue"), Err(Error::Config { .. })));
    }

    #[test]
    fn a_password_is_never_repeated() {
        let error = config("postgres://u:secret@h:port/d").err().unwrap();
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn limits_are_checked() {
        let refused = |options: Options| Config::new("postgres://h/d", &options).is_err();
        assert!(refused(Options { max: 0, ..Options::default() }));
        assert!(refused(Options { min: 11, ..Options::default() }));
        assert!(refused(Options { idle_timeout_ms: -1.0, ..Options::default() }));
        assert!(refused(Options { connect_timeout_ms: 0.0, ..Options::default() }));
    }
}
