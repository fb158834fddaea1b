//! A server's side of TLS.

use std::sync::Arc;

use rustls::{
    RootCertStore, ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::WebPkiClientVerifier,
};
use tokio_rustls::TlsAcceptor;

use super::{config::TlsConfig, error::ServerError};

/// What answers handshakes.
pub(super) fn acceptor(config: &TlsConfig, http2: bool) -> Result<TlsAcceptor, ServerError> {
    let refused = |what: &str, why: &dyn std::fmt::Display| ServerError::Tls { message: format!("{what}: {why}") };
    let chain = certificates(&config.cert).map_err(|why| refused("tls.cert", &why))?;
    let key = PrivateKeyDer::from_pem_slice(config.key.as_bytes())
        .map_err(|error| refused("tls.key", &format!("no private key in PEM: {error}")))?;
    let provider = Arc::new(ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| refused("tls", &error))?;
    let builder = match &config.ca {
        None => builder.with_no_client_auth(),
        Some(ca) => {
            let mut roots = RootCertStore::empty();
            for certificate in certificates(ca).map_err(|why| refused("tls.ca", &why))? {
                roots.add(certificate).map_err(|error| refused("tls.ca", &error))?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            let verifier = if config.require_client_cert { verifier } else { verifier.allow_unauthenticated() };
            builder.with_client_cert_verifier(verifier.build().map_err(|error| refused("tls.ca", &error))?)
        }
    };
    let mut server = builder.with_single_cert(chain, key).map_err(|error| refused("tls.cert and tls.key", &error))?;
    server.alpn_protocols = if http2 { vec![b"h2".to_vec(), b"http/1.1".to_vec()] } else { vec![b"http/1.1".to_vec()] };
    Ok(TlsAcceptor::from(Arc::new(server)))
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match found {
        Ok(found) if found.is_empty() => Err("no certificate in PEM".to_owned()),
        Ok(found) => Ok(found),
        Err(error) => Err(format!("no certificates in PEM: {error}")),
    }
}
