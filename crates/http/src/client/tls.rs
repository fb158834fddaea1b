//! Whom the client believes, and who it says it is.

use std::sync::Arc;

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime, pem::PemObject},
};

use super::{
    config::{Http2, TlsConfig},
    fault::{Fault, Kind},
};

fn refused(message: String) -> Fault {
    Fault::new(Kind::Request, message)
}

/// The settings of every connection of a client. The system's roots are read here: from files, once.
pub(crate) fn settings(config: &TlsConfig, http2: Http2) -> Result<ClientConfig, Fault> {
    let provider = Arc::new(ring::default_provider());
    let versions: &[_] = match config.min_version.as_deref() {
        None | Some("1.2") => &[&rustls::version::TLS13, &rustls::version::TLS12],
        Some("1.3") => &[&rustls::version::TLS13],
        Some(other) => {
            return Err(refused(format!("the option \"tls.minVersion\" must be \"1.2\" or \"1.3\", got {other:?}")));
        }
    };
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(versions)
        .map_err(|error| refused(format!("TLS cannot be set up: {error}")))?;
    let builder = if config.insecure {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider)))
    } else {
        builder.with_root_certificates(roots(config)?)
    };
    let mut settings = match (&config.cert, &config.key) {
        (Some(chain), Some(key)) => {
            let chain = certificates(chain, "tls.cert")?;
            let key = PrivateKeyDer::from_pem_slice(key.as_bytes())
                .map_err(|error| refused(format!("the option \"tls.key\" is no private key in PEM: {error}")))?;
            builder
                .with_client_auth_cert(chain, key)
                .map_err(|error| refused(format!("the options \"tls.cert\" and \"tls.key\" do not fit: {error}")))?
        }
        (None, None) => builder.with_no_client_auth(),
        _ => return Err(refused("the options \"tls.cert\" and \"tls.key\" come together".to_owned())),
    };
    settings.alpn_protocols = match http2 {
        Http2::Auto => vec![b"h2".to_vec(), b"http/1.1".to_vec()],
        Http2::Only => vec![b"h2".to_vec()],
        Http2::Never => vec![b"http/1.1".to_vec()],
    };
    Ok(settings)
}

fn roots(config: &TlsConfig) -> Result<RootCertStore, Fault> {
    let mut roots = RootCertStore::empty();
    if let Some(pem) = &config.ca {
        for certificate in certificates(pem, "tls.ca")? {
            roots
                .add(certificate)
                .map_err(|error| refused(format!("the option \"tls.ca\" has a root that is none: {error}")))?;
        }
    }
    if config.system_roots {
        let found = rustls_native_certs::load_native_certs();
        let (added, _) = roots.add_parsable_certificates(found.certs);
        if added == 0 {
            return Err(refused(
                "the system has no roots that could be read; leave out \"tls.systemRoots\"".to_owned(),
            ));
        }
    }
    if config.ca.is_none() && !config.system_roots {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    Ok(roots)
}

fn certificates(pem: &str, option: &str) -> Result<Vec<CertificateDer<'static>>, Fault> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    match read {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        Ok(_) => Err(refused(format!("the option \"{option}\" has no certificate in PEM"))),
        Err(error) => Err(refused(format!("the option \"{option}\" is no certificate in PEM: {error}"))),
    }
}

/// Believes any certificate, when the caller has asked for that by its name.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
