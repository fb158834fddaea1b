//! Encryption by rustls, and how far a server's certificate is trusted.

use std::sync::Arc;

use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, RootCertStore, SignatureScheme,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{encryption::Encryption, error::Error};

/// What is demanded of the server's certificate. Certificates are PEM; none are the built-in ones.
#[derive(Debug, Clone)]
pub(crate) enum Verification {
    /// Nothing: the line is encrypted, whoever is at its end.
    None,
    /// That somebody trusted issued it, for whatever name.
    Issuer(Option<Vec<u8>>),
    /// That it was issued for the name that was asked for.
    Full(Option<Vec<u8>>),
}

/// What the client shows of itself, in PEM: its certificate with the chain to a root, and its private key.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) chain: Vec<u8>,
    pub(crate) key: Vec<u8>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Identity")
    }
}

/// What makes encrypted connections.
pub(crate) fn connector(encryption: &Encryption) -> Result<MakeRustlsConnect, Error> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::config("sslmode", "TLS 1.2 or 1.3", error.to_string()))?;
    let lenient = |chain| Arc::new(Lenient { chain, provider: Arc::clone(&provider) });
    let builder = match &encryption.verification {
        Verification::Full(pem) => builder.with_root_certificates(roots(pem.as_deref())?),
        Verification::Issuer(pem) => {
            let chain =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots(pem.as_deref())?), Arc::clone(&provider))
                    .build()
                    .map_err(|error| Error::config("ca", "certificates that can be trusted", error.to_string()))?;
            builder.dangerous().with_custom_certificate_verifier(lenient(Some(chain)))
        }
        Verification::None => builder.dangerous().with_custom_certificate_verifier(lenient(None)),
    };
    let config = match &encryption.identity {
        None => builder.with_no_client_auth(),
        Some(Identity { chain, key }) => {
            let key = PrivateKeyDer::from_pem_slice(key)
                .map_err(|error| Error::config("key", "a private key in PEM", error.to_string()))?;
            builder
                .with_client_auth_cert(certificates("cert", chain)?, key)
                .map_err(|error| Error::config("key", "the private key of cert", error.to_string()))?
        }
    };
    Ok(MakeRustlsConnect::new(config))
}

fn roots(pem: Option<&[u8]>) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    let Some(pem) = pem else {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(roots);
    };
    for certificate in certificates("ca", pem)? {
        roots.add(certificate).map_err(|error| Error::config("ca", "certificates in PEM", error.to_string()))?;
    }
    Ok(roots)
}

fn certificates(option: &'static str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let refused = |said: String| Error::config(option, "certificates in PEM", said);
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let certificates = read.map_err(|error| refused(error.to_string()))?;
    if certificates.is_empty() {
        return Err(refused("none".to_owned()));
    }
    Ok(certificates)
}

/// Takes any name, and without a chain any certificate. The handshake's signature is checked regardless.
#[derive(Debug)]
struct Lenient {
    chain: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // The name is checked last, on a chain that has passed.
            Err(TlsError::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
