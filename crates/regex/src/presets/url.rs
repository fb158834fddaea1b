//! The URL validator: a walk over the parts of RFC 3986 §3, as each has rules that no pattern states readably.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Whether the string is an absolute `http` or `https` URL.
///
/// - Scheme in any case (RFC 3986 §3.1), then `//`.
/// - No user name or password: an `http` URL that carries one is to be treated as an error (RFC 9110 §4.2.4).
/// - Host, never empty (RFC 9110 §4.2.1): an IPv6 address in brackets without a zone (RFC 3986 §3.2.2), an IPv4 address when
///   its last label starts with a digit, else labels of letters, digits and hyphens as in a domain name (RFC 1123 §2.1) of at most
///   253 bytes, with or without the root's dot. Names in other scripts are written in their `xn--` form.
/// - Port, if there is a colon: 1 to 65535, at most 5 digits.
/// - Path, query and fragment: the characters of RFC 3986 §3.3 to §3.5, all else percent-encoded.
///
/// ```
/// use ferrule_regex::presets::is_url;
/// assert!(is_url("https://example.com:8443/a%20b?q=1#top"));
/// assert!(!is_url("ftp://example.com") && !is_url("http://256.1.1.1/") && !is_url("http://example.com:99999"));
/// ```
pub fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    is_authority(authority) && is_tail(tail)
}

fn is_authority(authority: &str) -> bool {
    let (host_is_right, rest) = if let Some(bracketed) = authority.strip_prefix('[') {
        let Some((address, rest)) = bracketed.split_once(']') else { return false };
        (address.parse::<Ipv6Addr>().is_ok(), rest)
    } else {
        let (host, rest) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        (is_host(host), rest)
    };
    host_is_right && (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port))
}

fn is_host(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or(name);
    if last.starts_with(|c: char| c.is_ascii_digit()) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    name.len() <= 253 && name.split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_port(port: &str) -> bool {
    // Digits are checked first, as the number parser would let a plus sign pass.
    (1..=5).contains(&port.len())
        && port.bytes().all(|b| b.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|number| number > 0)
}

/// Path, query and fragment. `#` starts the fragment and cannot stand inside it; `?` and `/` can stand in either.
fn is_tail(tail: &str) -> bool {
    let (before, fragment) = tail.split_once('#').unwrap_or((tail, ""));
    is_encoded(before) && is_encoded(fragment)
}

fn is_encoded(part: &str) -> bool {
    let mut bytes = part.bytes();
    while let Some(byte) = bytes.next() {
        let allowed = match byte {
            b'%' => {
                let mut digit = || bytes.next().is_some_and(|b| b.is_ascii_hexdigit());
                digit() && digit()
            }
            _ => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte),
        };
        if !allowed {
            return false;
        }
    }
    true
}
