//! The glue of sql: ferrule-sql 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_SQL", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_SQL", "the value was refused")
}

// @item sqliteVersion
fn sqlite_version() -> &'static str {
    ::ferrule_sql::sqlite_version()
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item sqliteVersion
    system.sync("sqliteVersion", &[], sqlite_version);
}
