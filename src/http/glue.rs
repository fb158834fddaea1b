//! The glue of http: ferrule-http 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HTTP", "the value was refused")
}

// @item urlEncode
fn url_encode(text: &str) -> ::std::string::String {
    ::ferrule_http::url_encode(text)
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item urlEncode
    system.sync("urlEncode", &["text"], url_encode);
}
