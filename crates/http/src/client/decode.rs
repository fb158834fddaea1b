//! Bodies as they were before the server compressed them.
//!
//! What is decoded is pulled: a body that grows a thousandfold takes no more memory than the piece somebody asked for.

use std::{io, pin::Pin};

use async_compression::tokio::bufread::{BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use bytes::Bytes;
use futures_util::{Stream, stream};
use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _};
use tokio_util::io::StreamReader;

use super::{
    fault::{Fault, Kind},
    raw_body::RawBody,
    request::Headers,
};

/// How many codings one body may have on top of each other.
const MOST: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// For `accept-encoding`.
pub(crate) const ACCEPTED: &str = "gzip, deflate, br, zstd";

/// The codings of a body in the order in which they were applied. `None`: there is one that is not known, and the body stays as
/// it came.
pub(crate) fn codings(headers: &Headers) -> Result<Option<Vec<Coding>>, Fault> {
    let mut codings = Vec::new();
    for (name, value) in headers {
        if name != "content-encoding" {
            continue;
        }
        for coding in value.split(|byte| *byte == b',') {
            codings.push(match coding.trim_ascii().to_ascii_lowercase().as_slice() {
                b"gzip" | b"x-gzip" => Coding::Gzip,
                b"deflate" => Coding::Deflate,
                b"br" => Coding::Brotli,
                b"zstd" => Coding::Zstd,
                b"identity" | b"" => continue,
                _ => return Ok(None),
            });
        }
    }
    if codings.len() > MOST {
        let encoding = "many".to_owned();
        return Err(Fault::new(
            Kind::Decompression { encoding },
            format!("the body is compressed more than {MOST} times"),
        ));
    }
    Ok(Some(codings))
}

type Source = Pin<Box<dyn AsyncBufRead + Send>>;

pub(crate) struct Decoded {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    name: &'static str,
}

fn pieces(body: RawBody) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::try_unfold(body, |mut body| async {
        match body.piece().await {
            Ok(Some(piece)) => Ok(Some((piece, body))),
            Ok(None) => Ok(None),
            Err(fault) => Err(io::Error::other(fault)),
        }
    })
}

impl Decoded {
    pub(crate) fn new(body: RawBody, codings: &[Coding]) -> Self {
        let mut source: Source = Box::pin(StreamReader::new(Box::pin(pieces(body))));
        let mut name = "";
        for coding in codings.iter().rev() {
            let (own, decoder): (_, Pin<Box<dyn AsyncRead + Send>>) = match coding {
                Coding::Gzip => {
                    let mut decoder = GzipDecoder::new(source);
                    decoder.multiple_members(true);
                    ("gzip", Box::pin(decoder))
                }
                Coding::Deflate => ("deflate", Box::pin(Deflate::Unknown(Some(source)))),
                Coding::Brotli => ("br", Box::pin(BrotliDecoder::new(source))),
                Coding::Zstd => {
                    let mut decoder = ZstdDecoder::new(source);
                    decoder.multiple_members(true);
                    ("zstd", Box::pin(decoder))
                }
            };
            name = own;
            source = Box::pin(tokio::io::BufReader::with_capacity(16 * 1024, decoder));
        }
        Self { reader: Box::pin(source), name }
    }

    /// Moves more of it to the end of `into`, up to `most` bytes; true at the end.
    pub(crate) async fn read(&mut self, most: usize, into: &mut Vec<u8>) -> Result<bool, Fault> {
        let mut limited = (&mut *into).limit(most.max(1));
        match self.reader.read_buf(&mut limited).await {
            Ok(count) => Ok(count == 0),
            Err(error) => Err(self.fault(error)),
        }
    }

    fn fault(&self, error: io::Error) -> Fault {
        if error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync + 'static>::is::<Fault>) {
            return match error.into_inner().map(<dyn std::error::Error + Send + Sync + 'static>::downcast::<Fault>) {
                Some(Ok(fault)) => *fault,
                _ => Fault::malformed("the body cannot be read"),
            };
        }
        let kind = Kind::Decompression { encoding: self.name.to_owned() };
        Fault::new(kind, format!("the body is not what its content-encoding \"{}\" says: {error}", self.name))
    }
}

use bytes::BufMut as _;

/// `deflate` is zlib's format by RFC 9110, and the bare one by many servers.
enum Deflate {
    Unknown(Option<Source>),
    Zlib(ZlibDecoder<Source>),
    Bare(DeflateDecoder<Source>),
}

impl AsyncRead for Deflate {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<io::Result<()>> {
        loop {
            match &mut *self {
                Self::Zlib(decoder) => return Pin::new(decoder).poll_read(context, buffer),
                Self::Bare(decoder) => return Pin::new(decoder).poll_read(context, buffer),
                Self::Unknown(source) => {
                    let Some(waiting) = source else { return std::task::Poll::Ready(Ok(())) };
                    let first = {
                        let filled = std::pin::pin!(waiting.fill_buf());
                        std::task::ready!(filled.poll(context))?.first().copied()
                    };
                    let Some(source) = source.take() else { continue };
                    // Method 8 and a window of at most 32 KiB: the first byte of zlib's header. A bare block that is stored or
                    // compressed begins otherwise.
                    *self = if first.is_some_and(|byte| byte & 0x0f == 8 && byte >> 4 <= 7) {
                        Self::Zlib(ZlibDecoder::new(source))
                    } else {
                        Self::Bare(DeflateDecoder::new(source))
                    };
                }
            }
        }
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}
