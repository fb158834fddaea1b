//! The glue of tl: ferrule-tl 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_TL", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_TL", "the value was refused")
}

// @error ::ferrule_tl::Error
fn failed_ferrule_tl_error(error: ::ferrule_tl::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_tl::Error::QueryHeader { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_TL_HEADER", message)
        }
        ::ferrule_tl::Error::AnswerHeader { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_TL_HEADER", message)
        }
        ::ferrule_tl::Error::HeaderFlags { .. } => {
            ::ferrule_node::core::error::BoundaryError::new("ERR_TL_HEADER", message)
        }
        ::ferrule_tl::Error::UnsupportedFlags { flags, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_TL_HEADER", message),
            "flags",
            &flags,
        ),
        ::ferrule_tl::Error::NotEnoughData { wanted, position, size, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_TL_NOT_ENOUGH_DATA", message),
                    "wanted",
                    &wanted,
                ),
                "position",
                &position,
            ),
            "size",
            &size,
        ),
        ::ferrule_tl::Error::ExtraData { position, size, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_TL_EXTRA_DATA", message),
                "position",
                &position,
            ),
            "size",
            &size,
        ),
        ::ferrule_tl::Error::TooLong { what, length, limit, position, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::describe::with_detail(
                        ::ferrule_node::core::error::BoundaryError::new("ERR_TL_TOO_LONG", message),
                        "what",
                        &what,
                    ),
                    "length",
                    &length,
                ),
                "limit",
                &limit,
            ),
            "position",
            &position,
        ),
        ::ferrule_tl::Error::Constructor { expected, found, position, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::describe::with_detail(
                    ::ferrule_node::core::error::BoundaryError::new("ERR_TL_BAD_VALUE", message),
                    "expected",
                    &expected,
                ),
                "found",
                &found,
            ),
            "position",
            &position,
        ),
        ::ferrule_tl::Error::NotCanonical { position, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_TL_BAD_VALUE", message),
            "position",
            &position,
        ),
        ::ferrule_tl::Error::NotText { position, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_TL_BAD_VALUE", message),
            "position",
            &position,
        ),
        ::ferrule_tl::Error::Count { found, position, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::describe::with_detail(
                ::ferrule_node::core::error::BoundaryError::new("ERR_TL_NOT_IN_RANGE", message),
                "found",
                &found,
            ),
            "position",
            &position,
        ),
        ::ferrule_tl::Error::Shape { .. } => ::ferrule_node::core::error::BoundaryError::new("ERR_TL_SHAPE", message),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_TL", message),
    }
}

// @item queryHeader
fn query_header(bytes: &[u8]) -> ::ferrule_node::Packed<[u32; 9]> {
    ::ferrule_node::Packed(::ferrule_tl::query_header_words(bytes))
}

// @item answerHeader
fn answer_header(bytes: &[u8]) -> ::ferrule_node::Packed<[u32; 9]> {
    ::ferrule_node::Packed(::ferrule_tl::answer_header_words(bytes))
}

// @item headerFault
fn header_fault(fault: u32, flags: u32) -> ::std::string::String {
    ::ferrule_tl::header_fault(fault, flags)
}

// @item places
fn places(
    shape: &[u8],
    bytes: &[u8],
    start: u64,
    max_string: u32,
    max_vector: u32,
    whole: bool,
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_tl::places(shape, bytes, start, max_string, max_vector, whole)
        .map_err(failed_ferrule_tl_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item encode
fn encode(
    shape: &[u8],
    values: &[u8],
    position: u64,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_tl::encode(shape, values, position)
        .map_err(failed_ferrule_tl_error)
        .map(|value| ::ferrule_node::Bytes(value))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item queryHeader
    system.sync("queryHeader", &["bytes"], query_header);
    // @item answerHeader
    system.sync("answerHeader", &["bytes"], answer_header);
    // @item headerFault
    system.sync("headerFault", &["fault", "flags"], header_fault);
    // @item places
    system.sync("places", &["shape", "bytes", "start", "maxString", "maxVector", "whole"], places);
    // @item encode
    system.sync("encode", &["shape", "values", "position"], encode);
}
