//! The glue of hash: ferrule-hash 0.1.0, export by export. Generated from the spec; do not edit.

#![allow(dead_code, deprecated, non_camel_case_types, non_snake_case)]
#![allow(unreachable_code, unused_braces, unused_must_use, unused_mut, unused_parens, unused_variables)]
#![allow(clippy::all, clippy::pedantic)]

// @class Hasher
struct Hasher(::ferrule_hash::Hasher);

impl ::ferrule_node::Object for Hasher {
    const NAME: &'static str = "Hasher";
}

// @enum Algorithm
::ferrule_node::string_enum! {
    pub(crate) enum Algorithm { Blake3 = "blake3", Sha256 = "sha256", Sha384 = "sha384", Sha512 = "sha512", Sha1 = "sha1", Md5 = "md5" }
}

impl Algorithm {
    fn into_rust(self) -> ::ferrule_hash::Algorithm {
        match self {
            Self::Blake3 => ::ferrule_hash::Algorithm::Blake3,
            Self::Sha256 => ::ferrule_hash::Algorithm::Sha256,
            Self::Sha384 => ::ferrule_hash::Algorithm::Sha384,
            Self::Sha512 => ::ferrule_hash::Algorithm::Sha512,
            Self::Sha1 => ::ferrule_hash::Algorithm::Sha1,
            Self::Md5 => ::ferrule_hash::Algorithm::Md5,
        }
    }
}

/// An error without a code of its own.
fn failed(message: ::std::string::String) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HASH", message)
}

/// A failure that says nothing about itself.
fn failed_silently((): ()) -> ::ferrule_node::core::error::BoundaryError {
    ::ferrule_node::core::error::BoundaryError::new("ERR_HASH", "the value was refused")
}

// @error ::ferrule_hash::Error
fn failed_ferrule_hash_error(error: ::ferrule_hash::Error) -> ::ferrule_node::core::error::BoundaryError {
    let message = ::ferrule_node::describe!(&error);
    #[allow(unreachable_patterns)]
    match &error {
        ::ferrule_hash::Error::KeyLength { length, .. } => ::ferrule_node::describe::with_detail(
            ::ferrule_node::core::error::BoundaryError::new("ERR_OUT_OF_RANGE", message),
            "length",
            &length,
        ),
        _ => ::ferrule_node::core::error::BoundaryError::new("ERR_HASH", message),
    }
}

// @item hasherUpdate
fn hasher_update(this: &mut Hasher, data: &[u8]) {
    <::ferrule_hash::Hasher>::update(&mut this.0, data)
}

// @item hasherUpdateTask
fn hasher_update_task(
    this: &mut Hasher,
    data: &[u8],
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<(), ::ferrule_node::core::error::BoundaryError> {
    <::ferrule_hash::Hasher>::update_stoppable(&mut this.0, data, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_hash_error(error),
    })
}

// @item hasherDigest
fn hasher_digest(this: &Hasher) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(<::ferrule_hash::Hasher>::digest_words(&this.0))
}

// @item crc32
fn crc32(data: &[u8], previous: u32) -> u32 {
    ::ferrule_hash::crc32(data, previous)
}

// @item crc32Partial
fn crc32_partial(data: &[u8], register: u32) -> u32 {
    ::ferrule_hash::crc32_partial(data, register)
}

// @item crc32Combine
fn crc32_combine(first: u32, second: u32, second_length: u64) -> u32 {
    ::ferrule_hash::crc32_combine(first, second, second_length)
}

// @item crc32FlippedBit
fn crc32_flipped_bit(data: &[u8], expected: u32) -> ::std::option::Option<u64> {
    ::ferrule_hash::crc32_flipped_bit(data, expected)
}

// @item crc32c
fn crc32c(data: &[u8], previous: u32) -> u32 {
    ::ferrule_hash::crc32c(data, previous)
}

// @item crc32cPartial
fn crc32c_partial(data: &[u8], register: u32) -> u32 {
    ::ferrule_hash::crc32c_partial(data, register)
}

// @item crc32cCombine
fn crc32c_combine(first: u32, second: u32, second_length: u64) -> u32 {
    ::ferrule_hash::crc32c_combine(first, second, second_length)
}

// @item crc32cFlippedBit
fn crc32c_flipped_bit(data: &[u8], expected: u32) -> ::std::option::Option<u64> {
    ::ferrule_hash::crc32c_flipped_bit(data, expected)
}

// @item crc64
fn crc64(data: &[u8], previous: ::ferrule_node::BigU64) -> ::ferrule_node::BigU64 {
    ::ferrule_node::BigU64(::ferrule_hash::crc64(data, previous.0))
}

// @item crc64Partial
fn crc64_partial(data: &[u8], register: ::ferrule_node::BigU64) -> ::ferrule_node::BigU64 {
    ::ferrule_node::BigU64(::ferrule_hash::crc64_partial(data, register.0))
}

// @item crc64Combine
fn crc64_combine(
    first: ::ferrule_node::BigU64,
    second: ::ferrule_node::BigU64,
    second_length: u64,
) -> ::ferrule_node::BigU64 {
    ::ferrule_node::BigU64(::ferrule_hash::crc64_combine(first.0, second.0, second_length))
}

// @item crc64FlippedBit
fn crc64_flipped_bit(data: &[u8], expected: ::ferrule_node::BigU64) -> ::std::option::Option<u64> {
    ::ferrule_hash::crc64_flipped_bit(data, expected.0)
}

// @item digest
fn digest(algorithm: Algorithm, data: &[u8]) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(::ferrule_hash::digest(algorithm.into_rust(), data))
}

// @item digestHex
fn digest_hex(algorithm: Algorithm, data: &[u8]) -> ::std::string::String {
    ::ferrule_hash::digest_hex(algorithm.into_rust(), data)
}

// @item digestTwo
fn digest_two(algorithm: Algorithm, first: &[u8], second: &[u8]) -> ::ferrule_node::Packed<::std::vec::Vec<u32>> {
    ::ferrule_node::Packed(::ferrule_hash::digest_two(algorithm.into_rust(), first, second))
}

// @item authenticate
fn authenticate(
    algorithm: Algorithm,
    key: &[u8],
    data: &[u8],
) -> ::std::result::Result<::ferrule_node::Packed<::std::vec::Vec<u32>>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_hash::authenticate(algorithm.into_rust(), key, data)
        .map_err(failed_ferrule_hash_error)
        .map(|value| ::ferrule_node::Packed(value))
}

// @item verify
fn verify(
    algorithm: Algorithm,
    key: &[u8],
    data: &[u8],
    expected: &[u8],
) -> ::std::result::Result<bool, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_hash::verify(algorithm.into_rust(), key, data, expected).map_err(failed_ferrule_hash_error)
}

// @item digestTask
fn digest_task(
    algorithm: Algorithm,
    key: ::std::option::Option<&[u8]>,
    data: &[u8],
    token: &::ferrule_node::core::cancel::CancelToken,
) -> ::std::result::Result<::ferrule_node::Bytes, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_hash::digest_stoppable(algorithm.into_rust(), key, data, &|| {
        token.check().map_err(|_| ::std::default::Default::default())
    })
    .map_err(|error| match token.check() {
        ::std::result::Result::Err(stop) => ::std::convert::Into::into(stop),
        ::std::result::Result::Ok(()) => failed_ferrule_hash_error(error),
    })
    .map(|value| ::ferrule_node::Bytes(value))
}

// @item equal
fn equal(first: &[u8], second: &[u8]) -> bool {
    ::ferrule_hash::equal(first, second)
}

// @item hasherNew
fn hasher_new(algorithm: Algorithm) -> ::ferrule_node::New<Hasher> {
    ::ferrule_node::New::of(Hasher(::ferrule_hash::Hasher::new(algorithm.into_rust())))
}

// @item hasherKeyed
fn hasher_keyed(
    algorithm: Algorithm,
    key: &[u8],
) -> ::std::result::Result<::ferrule_node::New<Hasher>, ::ferrule_node::core::error::BoundaryError> {
    ::ferrule_hash::Hasher::keyed(algorithm.into_rust(), key)
        .map_err(failed_ferrule_hash_error)
        .map(|value| ::ferrule_node::New::of(Hasher(value)))
}

pub(crate) fn register(system: &mut ::ferrule_node::System) {
    // @item hasherUpdate
    system.sync("hasherUpdate", &["hasher", "data"], hasher_update);
    // @item hasherUpdateTask
    system.blocking("hasherUpdateTask", &["hasher", "data"], hasher_update_task);
    // @item hasherDigest
    system.sync("hasherDigest", &["hasher"], hasher_digest);
    // @item crc32
    system.sync("crc32", &["data", "previous"], crc32);
    // @item crc32Partial
    system.sync("crc32Partial", &["data", "register"], crc32_partial);
    // @item crc32Combine
    system.sync("crc32Combine", &["first", "second", "secondLength"], crc32_combine);
    // @item crc32FlippedBit
    system.sync("crc32FlippedBit", &["data", "expected"], crc32_flipped_bit);
    // @item crc32c
    system.sync("crc32c", &["data", "previous"], crc32c);
    // @item crc32cPartial
    system.sync("crc32cPartial", &["data", "register"], crc32c_partial);
    // @item crc32cCombine
    system.sync("crc32cCombine", &["first", "second", "secondLength"], crc32c_combine);
    // @item crc32cFlippedBit
    system.sync("crc32cFlippedBit", &["data", "expected"], crc32c_flipped_bit);
    // @item crc64
    system.sync("crc64", &["data", "previous"], crc64);
    // @item crc64Partial
    system.sync("crc64Partial", &["data", "register"], crc64_partial);
    // @item crc64Combine
    system.sync("crc64Combine", &["first", "second", "secondLength"], crc64_combine);
    // @item crc64FlippedBit
    system.sync("crc64FlippedBit", &["data", "expected"], crc64_flipped_bit);
    // @item digest
    system.sync("digest", &["algorithm", "data"], digest);
    // @item digestHex
    system.sync("digestHex", &["algorithm", "data"], digest_hex);
    // @item digestTwo
    system.sync("digestTwo", &["algorithm", "first", "second"], digest_two);
    // @item authenticate
    system.sync("authenticate", &["algorithm", "key", "data"], authenticate);
    // @item verify
    system.sync("verify", &["algorithm", "key", "data", "expected"], verify);
    // @item digestTask
    system.blocking("digestTask", &["algorithm", "key", "data"], digest_task);
    // @item equal
    system.sync("equal", &["first", "second"], equal);
    // @item hasherNew
    system.sync("hasherNew", &["algorithm"], hasher_new);
    // @item hasherKeyed
    system.sync("hasherKeyed", &["algorithm", "key"], hasher_keyed);
}
