//! The body of a response, piece by piece.

use super::{
    super::{fault::Fault, io::Io, request::Headers},
    head::{Framing, HeadLimits},
    inbox::Inbox,
};

/// The longest line that gives a chunk's size: sixteen digits and what extensions a sane server has.
const LONGEST_SIZE_LINE: usize = 1024;

/// The largest piece that is given at once.
pub(crate) const PIECE: usize = 64 * 1024;

/// Where in a body a reader stands.
#[derive(Debug)]
pub(crate) enum Place {
    /// In a body or a chunk of which so much is left.
    Left(u64),
    ChunkSize,
    /// Behind a chunk's data.
    ChunkEnd,
    Trailers(usize),
    Close,
    Done,
}

pub(crate) struct BodyReader {
    pub(crate) place: Place,
    chunked: bool,
    limits: HeadLimits,
    pub(crate) trailers: Headers,
}

impl BodyReader {
    pub(crate) fn new(framing: Framing, limits: HeadLimits) -> Self {
        let (place, chunked) = match framing {
            Framing::Length(0) => (Place::Done, false),
            Framing::Length(length) => (Place::Left(length), false),
            Framing::Chunked => (Place::ChunkSize, true),
            Framing::Close => (Place::Close, false),
        };
        Self { place, chunked, limits, trailers: Headers::new() }
    }

    pub(crate) fn is_done(&self) -> bool {
        matches!(self.place, Place::Done)
    }

    /// What is known to be left of it.
    pub(crate) fn known(&self) -> Option<u64> {
        match self.place {
            Place::Left(left) if !self.chunked => Some(left),
            Place::Done => Some(0),
            _ => None,
        }
    }

    /// Moves what is there already to the end of `into`, up to `most` bytes. True: no more without reading.
    pub(crate) fn take(&mut self, inbox: &mut Inbox, most: usize, into: &mut Vec<u8>) -> Result<bool, Fault> {
        let full = into.len() + most;
        loop {
            match self.place {
                Place::Done => return Ok(true),
                _ if into.len() >= full => return Ok(false),
                Place::Left(left) => {
                    let most = (full - into.len()).min(usize::try_from(left).unwrap_or(usize::MAX));
                    let taken = inbox.take(most, into) as u64;
                    if taken == 0 {
                        return Ok(true);
                    }
                    self.advance(left - taken);
                }
                Place::Close => {
                    let room = full - into.len();
                    return Ok(inbox.take(room, into) == 0 || inbox.is_empty());
                }
                Place::ChunkSize => {
                    let Some((size, used)) = chunk_size(inbox.bytes())? else { return Ok(true) };
                    inbox.consume(used);
                    self.place = if size == 0 { Place::Trailers(0) } else { Place::Left(size) };
                }
                Place::ChunkEnd => match inbox.bytes() {
                    [b'\r', b'\n', ..] => {
                        inbox.consume(2);
                        self.place = Place::ChunkSize;
                    }
                    [] | [b'\r'] => return Ok(true),
                    _ => return Err(Fault::malformed("a chunk of the response is longer than it says")),
                },
                Place::Trailers(used) => {
                    if !self.trailer(inbox, used)? {
                        return Ok(true);
                    }
                }
            }
        }
    }

    fn advance(&mut self, left: u64) {
        self.place = match left {
            0 if self.chunked => Place::ChunkEnd,
            0 => Place::Done,
            left => Place::Left(left),
        };
    }

    /// One line of the trailers. False: it is not there yet.
    fn trailer(&mut self, inbox: &mut Inbox, used: usize) -> Result<bool, Fault> {
        let bytes = inbox.bytes();
        let Some(end) = memchr::memchr(b'\n', bytes) else {
            // Of a line without an end no more is kept than a head may have.
            return self.limits.check(used + bytes.len()).map(|()| false);
        };
        if end == 0 || bytes[end - 1] != b'\r' {
            return Err(Fault::malformed("a line of the response's trailers does not end in CR LF"));
        }
        let line = &bytes[..end - 1];
        if line.is_empty() {
            inbox.consume(2);
            self.place = Place::Done;
            return Ok(true);
        }
        self.limits.check(used + end)?;
        if self.trailers.len() >= self.limits.count {
            self.limits.check(usize::MAX)?;
        }
        self.trailers.push(trailer(line)?);
        inbox.consume(end + 1);
        self.place = Place::Trailers(used + end + 1);
        Ok(true)
    }

    /// After a read: `count` bytes went from the socket straight into the body.
    fn received(&mut self, count: usize) {
        if let Place::Left(left) = self.place {
            self.advance(left - count as u64);
        }
    }

    /// Reads once: into `into` when it is plain data that comes next, into the inbox otherwise.
    pub(crate) async fn read(
        &mut self,
        io: &mut Io,
        inbox: &mut Inbox,
        most: usize,
        into: &mut Vec<u8>,
    ) -> Result<(), Fault> {
        use bytes::BufMut as _;
        use tokio::io::AsyncReadExt as _;

        let straight = match self.place {
            Place::Left(left) => left.min(most as u64) as usize,
            Place::Close => most,
            _ => 0,
        };
        let read = if straight > 0 && inbox.is_empty() {
            // Room for what is likely there, no more than is left.
            if into.capacity() == into.len() {
                into.reserve(straight.min(PIECE));
            }
            let read = io.read_buf(&mut (&mut *into).limit(straight)).await;
            if let Ok(count) = read {
                self.received(count);
            }
            read
        } else {
            inbox.fill(io).await
        };
        match (read, &self.place) {
            (Ok(0), Place::Close) => {
                self.place = Place::Done;
                Ok(())
            }
            (Ok(0), _) => Err(Fault::closed("the server closed the connection in the middle of the body", None)),
            (Ok(_), _) => Ok(()),
            (Err(error), _) => Err(Fault::read(&error)),
        }
    }
}

fn trailer(line: &[u8]) -> Result<(String, Vec<u8>), Fault> {
    let refused = || Fault::malformed("a line of the response's trailers is no header");
    let colon = memchr::memchr(b':', line).ok_or_else(refused)?;
    let name = std::str::from_utf8(&line[..colon]).map_err(|_| refused())?;
    let value = line[colon + 1..].trim_ascii();
    if !super::super::request::is_token(name) || value.iter().any(|byte| matches!(byte, 0..=8 | 10..=31 | 127)) {
        return Err(refused());
    }
    Ok((name.to_ascii_lowercase(), value.to_vec()))
}

/// A chunk's size and the length of its line, when that is all there.
fn chunk_size(bytes: &[u8]) -> Result<Option<(u64, usize)>, Fault> {
    let refused = || Fault::malformed("the size of a chunk of the response cannot be read");
    let Some(end) = memchr::memchr(b'\n', &bytes[..bytes.len().min(LONGEST_SIZE_LINE)]) else {
        return if bytes.len() >= LONGEST_SIZE_LINE { Err(refused()) } else { Ok(None) };
    };
    let line = bytes[..end].strip_suffix(b"\r").ok_or_else(refused)?;
    let digits = line.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (size, extension) = line.split_at(digits);
    let extension_is_none = extension.trim_ascii_start().first().is_none_or(|byte| *byte == b';');
    if digits == 0 || digits > 15 || !extension_is_none || extension.iter().any(|byte| *byte < 0x20 && *byte != b'\t') {
        return Err(refused());
    }
    let size =
        std::str::from_utf8(size).ok().and_then(|text| u64::from_str_radix(text, 16).ok()).ok_or_else(refused)?;
    Ok(Some((size, end + 1)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMITS: HeadLimits = HeadLimits { bytes: 4096, count: 8 };

    /// Everything a reader gives, when what is on the wire arrives in these pieces.
    fn read_all(framing: Framing, wire: &[u8], cuts: &[usize]) -> Result<(Vec<u8>, bool, Vec<u8>), Fault> {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let mut reader = BodyReader::new(framing, LIMITS);
        let (mut inbox, mut body) = (Inbox::default(), Vec::new());
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut % (wire.len() + 1)).chain([0, wire.len()]).collect();
        cuts.sort_unstable();
        for piece in cuts.windows(2) {
            let mut arriving = &wire[piece[0]..piece[1]];
            while !arriving.is_empty() {
                runtime.block_on(inbox.fill(&mut arriving)).expect("memory can be read");
                // In portions, as a reader with little room takes them.
                while !reader.take(&mut inbox, 7, &mut body)? {}
            }
        }
        Ok((body, reader.is_done(), inbox.bytes().to_vec()))
    }

    proptest! {
        #[test]
        fn a_body_is_the_same_however_it_arrives(
            chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..40), 0..8),
            cuts in prop::collection::vec(any::<usize>(), 0..12),
            behind in prop::collection::vec(any::<u8>(), 0..5),
        ) {
            let plain = chunks.concat();
            let mut chunked = Vec::new();
            for chunk in &chunks {
                chunked.extend_from_slice(format!("{:X};x=y\r\n", chunk.len()).as_bytes());
                chunked.extend_from_slice(chunk);
                chunked.extend_from_slice(b"\r\n");
            }
            chunked.extend_from_slice(b"0\r\nx-sum: 1\r\n\r\n");
            let (framing, ends) = (Framing::Length(plain.len() as u64), [&plain, &chunked].map(|wire| [wire.as_slice(), &behind].concat()));
            for (framing, wire) in [framing, Framing::Chunked].into_iter().zip(ends) {
                let (body, done, rest) = read_all(framing, &wire, &cuts).expect("it is well-formed");
                prop_assert_eq!(body, plain.clone());
                prop_assert!(done);
                prop_assert_eq!(rest, behind.clone());
            }
        }

        #[test]
        fn no_bytes_make_a_reader_panic_or_give_more_than_came(
            wire in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"0123af\r\n;:".to_vec())], 0..200),
            cuts in prop::collection::vec(any::<usize>(), 0..6),
        ) {
            for framing in [Framing::Chunked, Framing::Length(50), Framing::Close] {
                if let Ok((body, _, rest)) = read_all(framing, &wire, &cuts) {
                    prop_assert!(body.len() + rest.len() <= wire.len());
                }
            }
        }
    }

    #[test]
    fn a_chunk_size_is_hexadecimal_digits_with_at_most_an_extension() {
        assert_eq!(chunk_size(b"1f\r\n").unwrap(), Some((31, 4)));
        assert_eq!(chunk_size(b"1f;name=value\r\n").unwrap(), Some((31, 15)));
        assert_eq!(chunk_size(b"1f").unwrap(), None);
        for bad in [
            &b"\r\n"[..],
            b"-1\r\n",
            b"+1\r\n",
            b"0x1\r\n",
            b"1\n",
            b"g\r\n",
            b"1 2\r\n",
            b"ffffffffffffffff\r\n",
            b" 1\r\n",
        ] {
            assert!(chunk_size(bad).is_err(), "{bad:?}");
        }
        assert!(chunk_size(&[b'1'; 2000]).is_err(), "an endless line");
    }
}
