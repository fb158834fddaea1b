//! Private connections of clients: whom they trust, and how they prove themselves.

use std::sync::{Arc, OnceLock};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
};
use serde::Deserialize;
use tokio::net::TcpStream;
use tokio_rustls::{TlsConnector, client::TlsStream};

use crate::websocket::Error;

/// What a private connection is made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct TlsOptions {
    /// Certificates of issuers to trust in place of the system's, in PEM.
    pub ca: Vec<String>,
    /// This client's certificate and those that lead to its issuer, in PEM.
    pub cert: Option<String>,
    /// The key of the certificate, in PEM.
    pub key: Option<String>,
    /// The name the server must prove, in place of the host's.
    pub server_name: Option<String>,
}

/// Makes connections private.
pub(crate) struct Connector {
    inner: TlsConnector,
    server_name: Option<String>,
}

impl Connector {
    pub(crate) async fn connect(&self, host: &str, stream: TcpStream) -> Result<TlsStream<TcpStream>, Error> {
        let host = self.server_name.as_deref().unwrap_or(host);
        let failed = |detail: String| Error::Tls { host: host.to_owned(), detail };
        let name = ServerName::try_from(host.to_owned()).map_err(|fault| failed(fault.to_string()))?;
        self.inner.connect(name, stream).await.map_err(|fault| failed(fault.to_string()))
    }
}

/// A connector for these options. Only HTTP/1.1 is offered: a web socket needs it.
pub(crate) fn connector(options: &TlsOptions) -> Result<Connector, Error> {
    let is_plain = options.ca.is_empty() && options.cert.is_none() && options.key.is_none();
    let config = if is_plain { usual() } else { Arc::new(config(options)?) };
    Ok(Connector { inner: TlsConnector::from(config), server_name: options.server_name.clone() })
}

/// The configuration of those who ask for nothing, made once: reading the system's issuers takes milliseconds.
fn usual() -> Arc<ClientConfig> {
    static USUAL: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    let make = || config(&TlsOptions::default()).expect("the usual configuration has no options that could be wrong");
    Arc::clone(USUAL.get_or_init(|| Arc::new(make())))
}

fn config(options: &TlsOptions) -> Result<ClientConfig, Error> {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has the suites of the default versions")
        .with_root_certificates(roots(options)?);
    let mut config = match (&options.cert, &options.key) {
        (None, None) => builder.with_no_client_auth(),
        (Some(cert), Some(key)) => {
            let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(|fault| refused("tls.key", &fault))?;
            builder
                .with_client_auth_cert(certificates("tls.cert", cert)?, key)
                .map_err(|fault| refused("tls.cert", &fault))?
        }
        _ => return Err(refused("tls", &"cert and key go together")),
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn roots(options: &TlsOptions) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    for pem in &options.ca {
        for certificate in certificates("tls.ca", pem)? {
            roots.add(certificate).map_err(|fault| refused("tls.ca", &fault))?;
        }
    }
    if options.ca.is_empty() {
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            // A machine without a store of its own, such as a bare container.
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
    }
    Ok(roots)
}

fn certificates(option: &str, pem: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let certificates = read.map_err(|fault| refused(option, &fault))?;
    if certificates.is_empty() { Err(refused(option, &"no certificate in PEM")) } else { Ok(certificates) }
}

fn refused(option: &str, fault: &dyn std::fmt::Display) -> Error {
    Error::Option { option: option.to_owned(), detail: fault.to_string() }
}
