//! The cookies of a client that asked for them (RFC 6265).
//!
//! `Domain` is obeyed below registered names. The list of those is not here (publicsuffix.org: 770 KB of code); single labels and
//! the usual second levels of countries (`co.uk`) are known to be none. What else others register names under (`github.io`) is
//! taken for a name like any other.

use std::sync::{Mutex, PoisonError};

use cookie_store::{CookieStore, RawCookie};
use url::{Host, Url};

use super::request::Headers;

#[derive(Default)]
pub(crate) struct Jar(Mutex<CookieStore>);

impl Jar {
    /// For the header `cookie`; `None` when there is none for the address.
    pub(crate) fn of(&self, url: &Url) -> Option<Vec<u8>> {
        let store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut line = String::new();
        for (name, value) in store.get_request_values(url) {
            if !line.is_empty() {
                line.push_str("; ");
            }
            line.push_str(name);
            line.push('=');
            line.push_str(value);
        }
        (!line.is_empty()).then(|| line.into_bytes())
    }

    pub(crate) fn keep(&self, url: &Url, headers: &Headers) {
        for (name, value) in headers {
            if name != "set-cookie" {
                continue;
            }
            let Ok(text) = std::str::from_utf8(value) else { continue };
            let Ok(mut cookie) = RawCookie::parse(text.to_owned()) else { continue };
            match cookie.domain().map(|domain| scope(domain, url)) {
                None | Some(Scope::Domain) => {}
                Some(Scope::Host) => cookie.unset_domain(),
                Some(Scope::None) => continue,
            }
            let mut store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = store.insert_raw(&cookie, url);
        }
    }
}

/// Where a cookie with a domain goes.
#[derive(Debug, PartialEq, Eq)]
enum Scope {
    /// To every host of the domain, if the host that set it is one.
    Domain,
    /// To the host that set it.
    Host,
    None,
}

/// RFC 6265, section 5.3, steps 4 to 6.
fn scope(domain: &str, url: &Url) -> Scope {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    if domain.is_empty() {
        return Scope::Host;
    }
    match url.host() {
        Some(Host::Domain(_)) if !is_public_suffix(domain) => Scope::Domain,
        Some(host) if domain.eq_ignore_ascii_case(&host.to_string()) => Scope::Host,
        _ => Scope::None,
    }
}

/// Second levels that countries register names under.
const SECOND_LEVELS: [&str; 9] = ["ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org"];

fn is_public_suffix(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    match domain.split_once('.') {
        None => true,
        Some((second, top)) => top.len() == 2 && SECOND_LEVELS.contains(&second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_obeyed_by_hosts_below_a_registered_name_only() {
        for (domain, host, expected) in [
            ("example.com", "a.example.com", Scope::Domain),
            (".example.com", "a.example.com", Scope::Domain),
            ("example.co.uk", "a.example.co.uk", Scope::Domain),
            ("com", "example.com", Scope::None),
            ("CO.UK", "example.co.uk", Scope::None),
            ("co.uk.", "example.co.uk", Scope::None),
            ("co.uk", "co.uk", Scope::Host),
            ("localhost", "localhost", Scope::Host),
            ("127.0.0.1", "127.0.0.1", Scope::Host),
            ("0.0.1", "127.0.0.1", Scope::None),
            ("[::1]", "[::1]", Scope::Host),
            ("", "example.com", Scope::Host),
        ] {
            let url = Url::parse(&format!("http://{host}/")).unwrap();
            assert_eq!(scope(domain, &url), expected, "{domain} by {host}");
        }
    }
}
