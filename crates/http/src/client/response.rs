//! A response's body in the caller's hands, and the form in which a response crosses to its host.

use std::sync::{Arc, Mutex, OnceLock};

use futures_util::FutureExt as _;

use super::{
    decode::Decoded,
    fault::{ClientError, Fault, Kind},
    h1::head::Head,
    raw_body::RawBody,
    request::Headers,
};

/// What of a body is given together with the head, when it is there already.
pub(crate) const TOGETHER: usize = 64 * 1024;

/// The most that is set aside for a body because of what its head says.
const RESERVE: u64 = 64 * 1024 * 1024;

/// Room behind a body for what is written there.
const BEHIND: usize = 1024;

pub(crate) enum Source {
    Raw(RawBody),
    Decoded(Box<Decoded>),
}

impl Source {
    pub(crate) async fn read(&mut self, most: usize, into: &mut Vec<u8>) -> Result<bool, Fault> {
        match self {
            Self::Raw(body) => body.read(most, into).await,
            Self::Decoded(decoded) => decoded.read(most, into).await,
        }
    }

    pub(crate) fn known(&self) -> Option<u64> {
        match self {
            Self::Raw(body) => body.known(),
            Self::Decoded(_) => None,
        }
    }

    pub(crate) fn is_ended(&self) -> bool {
        matches!(self, Self::Raw(body) if body.is_ended())
    }

    /// All of it behind what `into` has, up to a limit.
    pub(crate) async fn read_all(&mut self, limit: u64, into: &mut Vec<u8>) -> Result<(), Fault> {
        let too_large = || {
            Fault::new(
                Kind::BodyTooLarge { limit },
                format!("the body has more than {limit} bytes; read it as a stream, or raise \"maxBodyBytes\""),
            )
        };
        let over = |length: usize| length as u64 > limit;
        if let Some(known) = self.known() {
            if over(into.len()) || known > limit - into.len() as u64 {
                return Err(too_large());
            }
            into.reserve_exact(known.min(RESERVE) as usize + BEHIND);
        }
        while !self.is_ended() {
            if into.capacity() - into.len() < BEHIND {
                into.reserve(into.len().max(super::h1::body::PIECE));
            }
            // A byte more than allowed tells that there is more.
            let room = (into.capacity() - into.len())
                .min(usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1) - into.len());
            if self.read(room, into).await? {
                break;
            }
            if over(into.len()) {
                return Err(too_large());
            }
        }
        if over(into.len()) { Err(too_large()) } else { Ok(()) }
    }
}

/// What a body belongs to.
#[derive(Debug, Clone)]
pub(crate) struct Whose {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) status: u16,
    pub(crate) max_body_bytes: u64,
}

impl Whose {
    pub(crate) fn error(&self, fault: Fault) -> ClientError {
        fault.with_status(self.status).of(&self.method, &self.url)
    }
}

/// The body of a response whose head is there. It is read once, in pieces or as a whole; dropping it before its end closes its
/// connection, or ends its stream.
pub struct ResponseBody {
    /// `None` when it was read, failed, or a read of it was dropped. The mutex is never waited for: whoever reads has the body
    /// alone.
    source: Mutex<Option<(Source, Vec<u8>)>>,
    trailers: Arc<OnceLock<Headers>>,
    whose: Whose,
}

impl ResponseBody {
    pub(crate) fn new(source: Source, ready: Vec<u8>, trailers: Arc<OnceLock<Headers>>, whose: Whose) -> Self {
        Self { source: Mutex::new(Some((source, ready))), trailers, whose }
    }

    pub(crate) fn take(&mut self) -> Result<(Source, Vec<u8>), ClientError> {
        let source = self.source.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        source.ok_or_else(|| self.whose.error(Fault::closed("the body has ended: it was read or given up", None)))
    }

    pub(crate) fn whose(&self) -> &Whose {
        &self.whose
    }

    /// The next piece, of at most `max` bytes; `None` at the end. Dropping the future ends the body.
    pub async fn next(&mut self, max: u32) -> Result<Option<Vec<u8>>, ClientError> {
        let Ok((mut source, mut piece)) = self.take() else { return Ok(None) };
        let most = (max as usize).max(1);
        if piece.len() > most {
            let rest = piece.split_off(most);
            self.put(source, rest);
            return Ok(Some(piece));
        }
        if piece.is_empty() {
            // What is there is given in one piece; nothing more is waited for.
            while !source.read(most, &mut piece).await.map_err(|fault| self.whose.error(fault))? {
                if !piece.is_empty() {
                    drain_ready(&mut source, most, &mut piece).map_err(|fault| self.whose.error(fault))?;
                    break;
                }
            }
        }
        if piece.is_empty() {
            return Ok(None);
        }
        self.put(source, Vec::new());
        Ok(Some(piece))
    }

    fn put(&mut self, source: Source, ready: Vec<u8>) {
        *self.source.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner) = Some((source, ready));
    }

    /// All that is left of it, up to the request's limit.
    pub async fn all(&mut self) -> Result<Vec<u8>, ClientError> {
        let (mut source, mut whole) = self.take()?;
        let read = source.read_all(self.whose.max_body_bytes, &mut whole).await;
        read.map(|()| whole).map_err(|fault| self.whose.error(fault))
    }

    /// Headers behind the body, names and values in turn; `None` before the end.
    pub fn trailers(&self) -> Option<Vec<String>> {
        let trailers = self.trailers.get()?;
        Some(
            trailers
                .iter()
                .flat_map(|(name, value)| [name.clone(), value.iter().copied().map(char::from).collect()])
                .collect(),
        )
    }
}

/// Adds what needs no waiting. True at the end.
pub(crate) fn drain_ready(source: &mut Source, most: usize, into: &mut Vec<u8>) -> Result<bool, Fault> {
    while into.len() < most {
        match source.read(most - into.len(), into).now_or_never() {
            Some(Ok(true)) => return Ok(true),
            Some(Ok(false)) => {}
            Some(Err(fault)) => return Err(fault),
            None => return Ok(false),
        }
    }
    Ok(source.is_ended())
}

/// A response as one block: the body, or nothing of it, and behind it what its head says. The host reads it from the end:
///
/// | bytes | what |
/// | --- | --- |
/// | any | the body |
/// | `length` | Latin-1, lines: reason, address, then each header's name and value |
/// | 4 | `length`, little endian |
/// | 2 | status, little endian |
/// | 1 | version: 10, 11, 20 |
/// | 1 | 1: after a redirect |
pub(crate) fn block(mut body: Vec<u8>, head: &Head, url: &str, redirected: bool) -> Vec<u8> {
    let room: usize = head.headers.iter().map(|(name, value)| name.len() + value.len() + 2).sum();
    body.reserve_exact(room + head.reason.len() + url.len() + 16);
    let start = body.len();
    body.extend_from_slice(&head.reason);
    body.push(b'\n');
    body.extend_from_slice(url.as_bytes());
    for (name, value) in &head.headers {
        body.push(b'\n');
        body.extend_from_slice(name.as_bytes());
        body.push(b'\n');
        body.extend_from_slice(value);
    }
    let length = (body.len() - start) as u32;
    body.extend_from_slice(&length.to_le_bytes());
    body.extend_from_slice(&head.status.to_le_bytes());
    body.extend_from_slice(&[head.version, u8::from(redirected)]);
    body
}
