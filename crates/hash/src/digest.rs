//! Digests, and digests with a key.

use hmac::{Hmac, KeyInit, Mac as _};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use crate::{Checkpoint, Error, calls::words, equal};

/// What a digest is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are known")]
pub enum Algorithm {
    Blake3,
    Sha256,
    Sha384,
    Sha512,
    /// Broken for signatures; for what others have published.
    Sha1,
    /// Broken, as SHA-1 is.
    Md5,
}

/// A digest on its way, without or with a key. A copy goes on by itself.
#[derive(Clone)]
pub struct Hasher(State);

#[derive(Clone)]
enum State {
    Blake3(Box<blake3::Hasher>),
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
    Sha1(Sha1),
    Md5(Md5),
    HmacSha256(Hmac<Sha256>),
    HmacSha384(Hmac<Sha384>),
    HmacSha512(Hmac<Sha512>),
    HmacSha1(Hmac<Sha1>),
    HmacMd5(Hmac<Md5>),
}

impl Algorithm {
    /// All there are.
    pub const ALL: [Self; 6] = [Self::Blake3, Self::Sha256, Self::Sha384, Self::Sha512, Self::Sha1, Self::Md5];

    /// Bytes of its digests.
    pub const fn size(self) -> usize {
        match self {
            Self::Blake3 | Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
            Self::Sha1 => 20,
            Self::Md5 => 16,
        }
    }

    /// Starts a digest.
    pub fn hasher(self) -> Hasher {
        Hasher(match self {
            Self::Blake3 => State::Blake3(Box::default()),
            Self::Sha256 => State::Sha256(Sha256::new()),
            Self::Sha384 => State::Sha384(Sha384::new()),
            Self::Sha512 => State::Sha512(Sha512::new()),
            Self::Sha1 => State::Sha1(Sha1::new()),
            Self::Md5 => State::Md5(Md5::new()),
        })
    }

    /// Starts a digest with a key: HMAC (RFC 2104) with a key of any length, and with BLAKE3 its own keyed mode.
    ///
    /// # Errors
    /// A key for BLAKE3 that has not 32 bytes.
    pub fn keyed(self, key: &[u8]) -> Result<Hasher, Error> {
        const ANY: &str = "HMAC takes a key of any length";
        Ok(Hasher(match self {
            Self::Blake3 => {
                let key = key.try_into().map_err(|_| Error::KeyLength { length: key.len() })?;
                State::Blake3(Box::new(blake3::Hasher::new_keyed(key)))
            }
            Self::Sha256 => State::HmacSha256(KeyInit::new_from_slice(key).expect(ANY)),
            Self::Sha384 => State::HmacSha384(KeyInit::new_from_slice(key).expect(ANY)),
            Self::Sha512 => State::HmacSha512(KeyInit::new_from_slice(key).expect(ANY)),
            Self::Sha1 => State::HmacSha1(KeyInit::new_from_slice(key).expect(ANY)),
            Self::Md5 => State::HmacMd5(KeyInit::new_from_slice(key).expect(ANY)),
        }))
    }

    /// The digest of bytes.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        self.digest_parts(&[bytes])
    }

    /// The digest of all parts, one behind the other.
    pub fn digest_parts(self, parts: &[&[u8]]) -> Vec<u8> {
        let mut hasher = self.hasher();
        for part in parts {
            hasher.update(part);
        }
        hasher.finish()
    }

    /// The digest of bytes with a key. See [`Algorithm::keyed`].
    ///
    /// # Errors
    /// As [`Algorithm::keyed`].
    pub fn authenticate(self, key: &[u8], bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let mut hasher = self.keyed(key)?;
        hasher.update(bytes);
        Ok(hasher.finish())
    }

    /// Whether this is the digest of bytes with a key, in a time that does not tell how much of it is.
    ///
    /// # Errors
    /// As [`Algorithm::keyed`].
    pub fn verify(self, key: &[u8], bytes: &[u8], expected: &[u8]) -> Result<bool, Error> {
        Ok(equal(&self.authenticate(key, bytes)?, expected))
    }
}

/// Does the same with whatever is on its way.
macro_rules! each {
    ($state:expr, $hasher:ident => $do:expr) => {
        match $state {
            State::Blake3($hasher) => $do,
            State::Sha256($hasher) => $do,
            State::Sha384($hasher) => $do,
            State::Sha512($hasher) => $do,
            State::Sha1($hasher) => $do,
            State::Md5($hasher) => $do,
            State::HmacSha256($hasher) => $do,
            State::HmacSha384($hasher) => $do,
            State::HmacSha512($hasher) => $do,
            State::HmacSha1($hasher) => $do,
            State::HmacMd5($hasher) => $do,
        }
    };
}

/// The most that is taken between two looks at a checkpoint.
const CHUNK: usize = 1024 * 1024;

impl Hasher {
    /// Starts a digest.
    pub fn new(algorithm: Algorithm) -> Self {
        algorithm.hasher()
    }

    /// Starts a digest with a key.
    ///
    /// # Errors
    /// As [`Algorithm::keyed`].
    pub fn keyed(algorithm: Algorithm, key: &[u8]) -> Result<Self, Error> {
        algorithm.keyed(key)
    }

    /// Takes many bytes. Stopped, it has taken some of them.
    ///
    /// # Errors
    /// [`Error::Stopped`]. The checkpoint is looked at every mebibyte.
    pub fn update_stoppable(&mut self, bytes: &[u8], checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        for chunk in bytes.chunks(CHUNK) {
            checkpoint().map_err(|_| Error::Stopped)?;
            self.update(chunk);
        }
        Ok(())
    }

    /// The digest of what was taken so far; it goes on.
    pub fn digest(&self) -> Vec<u8> {
        self.clone().finish()
    }

    /// [`digest`](Self::digest), as words in the machine's byte order.
    pub fn digest_words(&self) -> Vec<u32> {
        words(&self.digest())
    }

    /// Takes more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        each!(&mut self.0, hasher => {
            hasher.update(bytes);
        });
    }

    /// The digest of all that was taken.
    pub fn finish(self) -> Vec<u8> {
        match self.0 {
            State::Blake3(hasher) => hasher.finalize().as_bytes().to_vec(),
            State::Sha256(hasher) => hasher.finalize().to_vec(),
            State::Sha384(hasher) => hasher.finalize().to_vec(),
            State::Sha512(hasher) => hasher.finalize().to_vec(),
            State::Sha1(hasher) => hasher.finalize().to_vec(),
            State::Md5(hasher) => hasher.finalize().to_vec(),
            State::HmacSha256(hasher) => hasher.finalize().into_bytes().to_vec(),
            State::HmacSha384(hasher) => hasher.finalize().into_bytes().to_vec(),
            State::HmacSha512(hasher) => hasher.finalize().into_bytes().to_vec(),
            State::HmacSha1(hasher) => hasher.finalize().into_bytes().to_vec(),
            State::HmacMd5(hasher) => hasher.finalize().into_bytes().to_vec(),
        }
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Its state may be made of a secret.
        formatter.debug_struct("Hasher").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hex;

    fn digests(algorithm: Algorithm, text: &str) -> String {
        hex(&algorithm.digest(text.as_bytes()))
    }

    fn authenticated(algorithm: Algorithm, key: &[u8], text: &[u8]) -> String {
        hex(&algorithm.authenticate(key, text).unwrap())
    }

    #[test]
    fn published_digests() {
        // RFC 1321, appendix A.5.
        assert_eq!(digests(Algorithm::Md5, ""), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!(digests(Algorithm::Md5, "message digest"), "f96b697d7cb7938d525a2f31aaf161d0");
        // FIPS 180-4's examples (csrc.nist.gov, "Secure Hashing": SHA1.pdf, SHA256.pdf, SHA384.pdf, SHA512.pdf).
        assert_eq!(digests(Algorithm::Sha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            digests(Algorithm::Sha256, "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(
            digests(Algorithm::Sha384, "abc"),
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        );
        assert_eq!(
            digests(Algorithm::Sha512, "abc"),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
             2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        );
        // BLAKE3's test_vectors.json: the input of length 0.
        assert_eq!(digests(Algorithm::Blake3, ""), "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    }

    #[test]
    fn published_authentication_codes() {
        // RFC 2202, test cases 1, 2 and 6 (a key longer than a block).
        assert_eq!(authenticated(Algorithm::Md5, &[0x0b; 16], b"Hi There"), "9294727a3638bb1c13f48ef8158bfc9d");
        assert_eq!(
            authenticated(Algorithm::Md5, b"Jefe", b"what do ya want for nothing?"),
            "750c783e6ab0b503eaa86e310a5db738"
        );
        let long = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(authenticated(Algorithm::Md5, &[0xaa; 80], long), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd");
        assert_eq!(
            authenticated(Algorithm::Sha1, &[0x0b; 20], b"Hi There"),
            "b617318655057264e28bc0b6fb378c8ef146be00"
        );
        // RFC 4231, test cases 1 and 6.
        assert_eq!(
            authenticated(Algorithm::Sha256, &[0x0b; 20], b"Hi There"),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
        assert_eq!(
            authenticated(Algorithm::Sha256, &[0xaa; 131], long),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn a_key_of_blake3_has_32_bytes() {
        for length in [0, 31, 33] {
            let error = Algorithm::Blake3.keyed(&vec![0; length]).unwrap_err();
            assert_eq!(error, Error::KeyLength { length });
        }
        assert_ne!(Algorithm::Blake3.authenticate(&[1; 32], b"").unwrap(), Algorithm::Blake3.digest(b""));
    }

    #[test]
    fn no_key_and_no_text_are_keys_and_texts() {
        // RFC 2104 sets no shortest key; the value is `openssl dgst -sha256 -hmac ''` of nothing.
        assert_eq!(
            authenticated(Algorithm::Sha256, b"", b""),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        );
    }

    proptest! {
        #[test]
        fn pieces_are_as_the_whole(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..5)) {
            let whole = parts.concat();
            let parts: Vec<_> = parts.iter().map(Vec::as_slice).collect();
            for algorithm in Algorithm::ALL {
                let digest = algorithm.digest(&whole);
                prop_assert_eq!(digest.len(), algorithm.size());
                prop_assert_eq!(&algorithm.digest_parts(&parts), &digest);
                let mut keyed = algorithm.keyed(&[7; 32]).unwrap();
                for part in &parts {
                    keyed.update(part);
                }
                prop_assert!(algorithm.verify(&[7; 32], &whole, &keyed.finish()).unwrap());
                prop_assert!(!algorithm.verify(&[8; 32], &whole, &digest).unwrap());
            }
        }

        #[test]
        fn a_copy_goes_on_by_itself(start: Vec<u8>, one: Vec<u8>, other: Vec<u8>) {
            for algorithm in Algorithm::ALL {
                let mut first = algorithm.hasher();
                first.update(&start);
                let mut second = first.clone();
                first.update(&one);
                second.update(&other);
                prop_assert_eq!(first.finish(), algorithm.digest_parts(&[&start, &one]));
                prop_assert_eq!(second.finish(), algorithm.digest_parts(&[&start, &other]));
            }
        }
    }
}
