//! Checksums, digests and message authentication over bytes: in one call, in pieces, of whole files.
//!
//! # Use
//! ```
//! use ferrule_hash::{Algorithm, Checksum, hex};
//!
//! assert_eq!(Checksum::Crc32.of(b"123456789"), 0xCBF4_3926);
//! assert_eq!(hex(&Algorithm::Md5.digest(b"")), "d41d8cd98f00b204e9800998ecf8427e");
//! assert_eq!(Algorithm::Sha256.digest_parts(&[b"ab", b"c"]), Algorithm::Sha256.digest(b"abc"));
//! ```
//!
//! # Registers and checksums
//! A checksum starts with a register of ones and ends with its inversion. [`Checksum::partial`] moves the raw register, which is what
//! other systems keep between pieces; [`Checksum::of`] and [`Checksum::update`] start and end it as the checksum's catalogue says.
//!
//! # Hardware
//! Checksums use what the processor has. Before that is used the first time it is compared with a plain reference over fixed, all
//! short and random inputs ([`Checksum::report`]); where it differs, the reference stays in use.
//!
//! # Errors
//! One type, [`Error`]: a key that BLAKE3 cannot take, and work that was stopped. Everything else has a result.
#![forbid(unsafe_code)]

mod calls;
mod checkpoint;
mod checksum;
mod digest;
mod equal;
mod error;
mod hexadecimal;
mod reference;
mod repair;

pub use calls::{
    authenticate, crc32, crc32_combine, crc32_flipped_bit, crc32_partial, crc32c, crc32c_combine, crc32c_flipped_bit,
    crc32c_partial, crc64, crc64_combine, crc64_flipped_bit, crc64_partial, digest, digest_hex, digest_stoppable,
    digest_two, verify,
};
pub use checkpoint::{Checkpoint, Stop, never_stop};
pub use checksum::Checksum;
pub use digest::{Algorithm, Hasher};
pub use equal::equal;
pub use error::Error;
pub use hexadecimal::hex;
pub use repair::{Repair, find_flipped_bit, repair};
