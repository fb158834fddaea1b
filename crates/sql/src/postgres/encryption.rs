//! Whether the line is encrypted, whom the client believes and who it says it is: what the URL asks for, in libpq's words, and what
//! the options give. The library knows fewer levels of trust.

use tokio_postgres::config::SslMode;

use super::{
    config::Options,
    error::Error,
    tls::{Identity, Verification},
};

/// What a pool's connections are encrypted with.
#[derive(Debug, Clone)]
pub(crate) struct Encryption {
    pub(crate) mode: SslMode,
    pub(crate) verification: Verification,
    pub(crate) identity: Option<Identity>,
}

/// What the URL says of it: the mode, and paths of files.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    mode: Option<String>,
    root_certificate: Option<String>,
    certificate: Option<String>,
    key: Option<String>,
}

impl Encryption {
    /// Takes its parameters out of a URL and gives what is left.
    pub(crate) fn split_from(url: &str) -> Result<(String, Asked), Error> {
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(Error::config("url", "postgres:// or postgresql://", "another scheme".to_owned()));
        }
        let (mut rest, query) = match url.split_once('?') {
            Some((rest, query)) => (rest.to_owned(), query),
            None => (url.to_owned(), ""),
        };
        let mut asked = Asked::default();
        let mut separator = '?';
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if let Some(place) = asked.place(name) {
                *place = Some(decoded(value)?);
            } else {
                rest.push(separator);
                rest.push_str(pair);
                separator = '&';
            }
        }
        Ok((rest, asked))
    }
}

impl Asked {
    fn place(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "sslmode" => &mut self.mode,
            "sslrootcert" => &mut self.root_certificate,
            "sslcert" => &mut self.certificate,
            "sslkey" => &mut self.key,
            _ => return None,
        })
    }

    /// Together with the options, which count more.
    pub(crate) fn with(&self, options: &Options) -> Result<Encryption, Error> {
        let (mode, verification) = self.verification(options)?;
        Ok(Encryption { mode, verification, identity: self.identity(options)? })
    }

    fn verification(&self, options: &Options) -> Result<(SslMode, Verification), Error> {
        let roots = || pem(options.ca.as_deref(), self.root_certificate.as_deref(), "sslrootcert");
        Ok(match self.mode.as_deref() {
            Some("disable") => (SslMode::Disable, Verification::None),
            None | Some("prefer") => (SslMode::Prefer, Verification::None),
            // As libpq: with a certificate to hold it to, the server is held to it.
            Some("require") => match roots()? {
                None => (SslMode::Require, Verification::None),
                roots => (SslMode::Require, Verification::Issuer(roots)),
            },
            Some("verify-ca") => (SslMode::Require, Verification::Issuer(roots()?)),
            Some("verify-full") => (SslMode::Require, Verification::Full(roots()?)),
            Some(other) => {
                let expected = "disable, prefer, require, verify-ca or verify-full";
                return Err(Error::config("sslmode", expected, other.to_owned()));
            }
        })
    }

    fn identity(&self, options: &Options) -> Result<Option<Identity>, Error> {
        let chain = pem(options.cert.as_deref(), self.certificate.as_deref(), "sslcert")?;
        let key = pem(options.key.as_deref(), self.key.as_deref(), "sslkey")?;
        match (chain, key) {
            (Some(chain), Some(key)) => Ok(Some(Identity { chain, key })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(Error::config("key", "given together with cert", "cert alone".to_owned())),
            (None, Some(_)) => Err(Error::config("cert", "given together with key", "key alone".to_owned())),
        }
    }
}

/// The text of an option, or else of a file that the URL names.
fn pem(option: Option<&str>, path: Option<&str>, name: &'static str) -> Result<Option<Vec<u8>>, Error> {
    match (option, path) {
        (Some(pem), _) => Ok(Some(pem.as_bytes().to_vec())),
        (None, Some(path)) => std::fs::read(path)
            .map(Some)
            .map_err(|error| Error::config(name, "the path of a readable file in PEM", error.to_string())),
        (None, None) => Ok(None),
    }
}

fn decoded(text: &str) -> Result<String, Error> {
    let refused = || Error::config("url", "percent-encoding in UTF-8", text.to_owned());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let mut digit = || rest.next().and_then(|byte| char::from(byte).to_digit(16));
        let (Some(high), Some(low)) = (digit(), digit()) else { return Err(refused()) };
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encryption(url: &str, options: &Options) -> Result<Encryption, Error> {
        Encryption::split_from(url)?.1.with(options)
    }

    #[test]
    fn the_url_says_how_far_the_server_is_trusted() {
        let mode = |url: &str| encryption(url, &Options::default()).map(|all| (all.mode, all.verification));
        assert!(matches!(mode("postgres://h/d"), Ok((SslMode::Prefer, Verification::None))));
        assert!(matches!(mode("postgres://h/d?sslmode=disable"), Ok((SslMode::Disable, _))));
        assert!(matches!(mode("postgres://h/d?sslmode=require"), Ok((SslMode::Require, Verification::None))));
        assert!(matches!(mode("postgres://h/d?sslmode=verify-full"), Ok((SslMode::Require, Verification::Full(None)))));
        assert!(matches!(mode("postgres://h/d?sslmode=allow"), Err(Error::Config { .. })));
    }

    #[test]
    fn a_certificate_and_its_key_come_together() {
        let options = |cert: Option<&str>, key: Option<&str>| Options {
            cert: cert.map(str::to_owned),
            key: key.map(str::to_owned),
            ..Options::default()
        };
        let refused = |cert, key| match encryption("postgres://h/d", &options(cert, key)) {
            Err(Error::Config { option, .. }) => Some(option),
            _ => None,
        };
        assert_eq!(refused(Some("c"), None), Some("key"));
        assert_eq!(refused(None, Some("k")), Some("cert"));
        assert_eq!(refused(Some("c"), Some("k")), None);
        let missing = encryption("postgres://h/d?sslcert=%2Fnowhere%2Fa.pem", &Options::default());
        assert!(matches!(missing, Err(Error::Config { option: "sslcert", .. })));
    }
}
