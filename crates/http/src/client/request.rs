//! A request before it is sent: everything that can be refused is refused here, before any I/O.

use url::Url;

use super::fault::{Fault, Kind};

/// Names and values in the order they are sent; names in lower case.
pub(crate) type Headers = Vec<(String, Vec<u8>)>;

/// What belongs to the connection and not to the request: the client alone writes it.
const MANAGED: [&str; 8] =
    ["connection", "transfer-encoding", "keep-alive", "upgrade", "proxy-connection", "te", "trailer", "expect"];

/// RFC 9110, section 5.6.2.
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        )
}

pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(is_token_byte)
}

/// The method in capitals, when it is one of those that are commonly written small; another one as it is, if it is a token.
pub(crate) fn method(given: &str) -> Result<String, Fault> {
    if !is_token(given) {
        return Err(Fault::new(Kind::Request, format!("the method must be a token of letters, got {given:?}")));
    }
    if given.len() > 64 {
        return Err(Fault::new(Kind::Request, "the method is longer than 64 letters"));
    }
    let capitals = given.to_ascii_uppercase();
    match capitals.as_str() {
        "CONNECT" | "TRACE" => Err(Fault::new(
            Kind::Request,
            format!(
                "the method {capitals} is not for requests of an application; a proxy is set by the option \"proxy\""
            ),
        )),
        "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "PATCH" => Ok(capitals),
        _ => Ok(given.to_owned()),
    }
}

/// RFC 9110, section 9.2.2.
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS")
}

/// The address, absolute, without credentials and fragment.
pub(crate) fn address(given: &str, base: Option<&Url>) -> Result<Url, Fault> {
    let refused = |why: String| Fault::new(Kind::Url, why);
    // The parser would drop these in silence, wherever they stand.
    if given.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
        return Err(refused(format!("the address holds a control character: {given:?}")));
    }
    let parsed = match base {
        Some(base) => base.join(given),
        None => Url::parse(given),
    };
    let mut url = parsed.map_err(|error| {
        let way_out = if base.is_none() { "; an address is absolute unless the client has a \"baseUrl\"" } else { "" };
        refused(format!("{given:?} is no address: {error}{way_out}"))
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(format!("an address must begin with http: or https:, got \"{}:\"", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused(
            "an address must not hold credentials: they end in logs; give them by the option \"auth\" or a header"
                .into(),
        ));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(refused(format!("{given:?} names no host")));
    }
    url.set_fragment(None);
    Ok(url)
}

/// A header's name in lower case and its value as bytes, or why it cannot be sent.
pub(crate) fn header(name: &str, value: &str) -> Result<(String, Vec<u8>), Fault> {
    if !is_token(name) {
        return Err(Fault::new(
            Kind::Header { header: name.to_owned() },
            format!("a header's name must be a token (letters, digits and !#$%&'*+-.^_`|~), got {name:?}"),
        ));
    }
    let name = name.to_ascii_lowercase();
    if MANAGED.contains(&name.as_str()) {
        return Err(Fault::new(
            Kind::Header { header: name.clone() },
            format!("the header \"{name}\" belongs to the connection; the client writes it"),
        ));
    }
    let trimmed = value.trim_matches([' ', '\t']);
    let mut bytes = Vec::with_capacity(trimmed.len());
    for char in trimmed.chars() {
        match u32::from(char) {
            code @ (0x09 | 0x20..=0x7e | 0x80..=0xff) => bytes.push(code as u8),
            code => {
                return Err(Fault::new(
                    Kind::Header { header: name.clone() },
                    format!(
                        "the value of the header \"{name}\" holds U+{code:04X}: only visible characters of Latin-1 can be sent"
                    ),
                ));
            }
        }
    }
    Ok((name, bytes))
}

/// Headers that come as names and values in turn.
pub(crate) fn headers(flat: &[String]) -> Result<Headers, Fault> {
    flat.chunks(2)
        .map(|pair| match pair {
            [name, value] => header(name, value),
            _ => Err(Fault::new(Kind::Request, "a header's name stands without a value")),
        })
        .collect()
}

pub(crate) fn find<'headers>(headers: &'headers Headers, name: &str) -> Option<&'headers [u8]> {
    headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_end_a_line_is_refused_in_every_place() {
        for bad in ["a\r\nb: c", "a\nb", "a\0b", "a\rb", "\u{7f}", "日本"] {
            assert!(header("x", bad).is_err(), "{bad:?}");
            assert!(header(bad, "x").is_err(), "{bad:?}");
            assert!(method(bad).is_err(), "{bad:?}");
        }
        for bad in ["http://a/\r\nx", "http://a/\0", "\thttp://a"] {
            assert!(address(bad, None).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn known_methods_are_written_in_capitals_and_others_stay() {
        assert_eq!(method("get").unwrap(), "GET");
        assert_eq!(method("Purge").unwrap(), "Purge");
        assert!(method("CONNECT").is_err());
        assert!(method("").is_err());
    }

    #[test]
    fn an_address_is_of_http_and_has_no_credentials() {
        for bad in
            ["file:///etc/passwd", "ftp://a", "http://user@a/", "http://u:p@a/", "/path", "http://", "javascript:1"]
        {
            assert!(address(bad, None).is_err(), "{bad:?}");
        }
        assert_eq!(address("HTTP://ExAmple/a b#c", None).unwrap().as_str(), "http://example/a%20b");
        let base = Url::parse("http://h/v1/").unwrap();
        assert_eq!(address("users?q=1", Some(&base)).unwrap().as_str(), "http://h/v1/users?q=1");
        assert!(address("file:///x", Some(&base)).is_err());
    }

    #[test]
    fn a_value_goes_out_as_latin_1_without_the_space_around_it() {
        assert_eq!(header("X-A", " é ").unwrap(), ("x-a".to_owned(), vec![0xe9]));
    }
}
