//! Where a redirect leads, and what of the request may go there (the Fetch standard, HTTP-redirect fetch).

use url::Url;

use super::{
    fault::{Fault, Kind},
    h1::head::Head,
    request::{Headers, find},
};

/// What only the first origin may see.
const SECRETS: [&str; 4] = ["authorization", "cookie", "proxy-authorization", "host"];
/// What says something about a body that is not sent any more.
const OF_BODY: [&str; 5] =
    ["content-encoding", "content-language", "content-location", "content-type", "content-length"];

/// Where to, when the response is a redirect that says so.
pub(crate) fn target(head: &Head, from: &Url) -> Result<Option<Url>, Fault> {
    if !matches!(head.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = find(&head.headers, "location") else { return Ok(None) };
    let shown = location.iter().copied().map(char::from).collect::<String>();
    let refused = |why: String| Fault::new(Kind::Redirect { location: shown.clone() }, why).with_status(head.status);
    let text = std::str::from_utf8(location).map_err(|_| refused("the redirect's location is not UTF-8".to_owned()))?;
    let url =
        from.join(text).map_err(|error| refused(format!("the redirect's location {text:?} is no address: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused(format!("the server redirects to \"{}:\", which is not followed", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("the server redirects to an address with credentials, which is not followed".to_owned()));
    }
    Ok(Some(url))
}

/// The method the next request has.
pub(crate) fn method(status: u16, method: &str) -> &str {
    match (status, method) {
        (301 | 302, "POST") => "GET",
        (303, other) if other != "GET" && other != "HEAD" => "GET",
        _ => method,
    }
}

/// The request's own headers that go along.
pub(crate) fn headers(headers: &mut Headers, from: &Url, to: &Url, body_is_gone: bool) {
    let other = from.origin() != to.origin();
    headers.retain(|(name, _)| {
        let name = name.as_str();
        !(other && SECRETS.contains(&name) || body_is_gone && OF_BODY.contains(&name))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(status: u16, location: &str) -> Head {
        let headers = vec![("location".to_owned(), location.as_bytes().to_vec())];
        Head { status, reason: Vec::new(), version: 11, headers }
    }

    #[test]
    fn a_location_is_relative_to_where_it_was_said_and_stays_with_http() {
        let from = Url::parse("http://a/b/c?d").unwrap();
        assert_eq!(target(&redirect(302, "../e"), &from).unwrap().unwrap().as_str(), "http://a/e");
        assert!(target(&redirect(200, "/x"), &from).unwrap().is_none());
        assert!(target(&redirect(304, "/x"), &from).unwrap().is_none());
        for bad in ["file:///etc/passwd", "data:,x", "http://u:p@b/", "http://[", "javascript:1"] {
            assert!(target(&redirect(302, bad), &from).is_err(), "{bad}");
        }
    }

    #[test]
    fn methods_change_as_browsers_change_them() {
        assert_eq!(
            [301, 302, 303, 307, 308].map(|status| method(status, "POST")),
            ["GET", "GET", "GET", "POST", "POST"]
        );
        assert_eq!([301, 302, 303, 307, 308].map(|status| method(status, "PUT")), ["PUT", "PUT", "GET", "PUT", "PUT"]);
        assert_eq!([301, 302, 303, 307, 308].map(|status| method(status, "HEAD")), ["HEAD"; 5]);
    }

    #[test]
    fn secrets_stay_with_their_origin() {
        let url = |text| Url::parse(text).unwrap();
        let all =
            || vec![("authorization".to_owned(), vec![]), ("cookie".to_owned(), vec![]), ("x".to_owned(), vec![])];
        for (to, kept) in [("http://a/y", 3), ("http://b/", 1), ("https://a/", 1), ("http://a:81/", 1)] {
            let mut own = all();
            headers(&mut own, &url("http://a/x"), &url(to), false);
            assert_eq!(own.len(), kept, "{to}");
        }
    }
}
