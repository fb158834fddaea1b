//! The cookies of a client that asked for them (RFC 6265).
//!
//! Each goes back to the very host that set it. `Domain` is not obeyed: without a list of public suffixes it would let
//! `a.example` set cookies for every other `example`.

use std::sync::{Mutex, PoisonError};

use cookie_store::{CookieStore, RawCookie};
use url::Url;

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
            cookie.unset_domain();
            let mut store = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = store.insert_raw(&cookie, url);
        }
    }
}
