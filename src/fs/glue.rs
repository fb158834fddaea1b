//! The glue of fs: ferrule-fs 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_FS", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_FS", "the value was refused")
}

// @item exists
fn exists(path: &str, _: &::ferrule_node::core::cancel::CancelToken) -> bool {
    ::ferrule_fs::exists(path)
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item exists
    system.blocking("exists", &["path"], exists);
}
