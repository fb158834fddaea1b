//! The body of a response as it comes from the wire, with its time limits.

use std::{
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use bytes::{Buf as _, Bytes};
use h2::RecvStream;

use super::{
    fault::Fault,
    h1::{
        body::{BodyReader, PIECE},
        exchange::H1,
        head::HeadLimits,
    },
    h2 as http2,
    io::Sending,
    pool::Slot,
    request::Headers,
};

/// The end of the whole request, and how long it was to take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    pub(crate) at: Instant,
    pub(crate) milliseconds: u64,
}

enum Wire {
    H1 { connection: Box<H1>, reader: BodyReader, slot: Box<Slot>, keep: Option<Duration> },
    H2 { stream: RecvStream, left: Bytes, limits: HeadLimits, _rest: Option<Sending>, _slot: Box<Slot> },
    Ended,
}

pub(crate) struct RawBody {
    wire: Wire,
    idle_ms: Option<u64>,
    deadline: Option<Deadline>,
    /// Told when the body has ended, where whoever asked for them can find them.
    pub(crate) trailers: Arc<OnceLock<Headers>>,
}

impl RawBody {
    fn of(wire: Wire, idle_ms: Option<u64>, deadline: Option<Deadline>) -> Self {
        Self { wire, idle_ms, deadline, trailers: Arc::default() }
    }

    /// Of which nothing is left.
    pub(crate) fn ended() -> Self {
        Self::of(Wire::Ended, None, None)
    }

    pub(crate) fn h1(
        connection: H1,
        reader: BodyReader,
        slot: Slot,
        keep: Option<Duration>,
        idle_ms: Option<u64>,
        deadline: Option<Deadline>,
    ) -> Self {
        let wire = Wire::H1 { connection: Box::new(connection), reader, slot: Box::new(slot), keep };
        let mut body = Self::of(wire, idle_ms, deadline);
        body.settle();
        body
    }

    pub(crate) fn h2(
        stream: RecvStream,
        rest: Option<Sending>,
        slot: Slot,
        limits: HeadLimits,
        idle_ms: Option<u64>,
        deadline: Option<Deadline>,
    ) -> Self {
        if stream.is_end_stream() {
            return Self::of(Wire::Ended, idle_ms, deadline);
        }
        Self::of(Wire::H2 { stream, left: Bytes::new(), limits, _rest: rest, _slot: Box::new(slot) }, idle_ms, deadline)
    }

    pub(crate) fn is_ended(&self) -> bool {
        matches!(self.wire, Wire::Ended)
    }

    /// How much is left, when that is known.
    pub(crate) fn known(&self) -> Option<u64> {
        match &self.wire {
            Wire::H1 { reader, .. } => reader.known(),
            Wire::H2 { .. } => None,
            Wire::Ended => Some(0),
        }
    }

    /// At the end of the body the connection is free for others.
    fn settle(&mut self) {
        let Wire::H1 { reader, .. } = &self.wire else { return };
        if !reader.is_done() {
            return;
        }
        if let Wire::H1 { mut connection, reader, slot, keep } = std::mem::replace(&mut self.wire, Wire::Ended) {
            if !reader.trailers.is_empty() {
                let _ = self.trailers.set(reader.trailers);
            }
            // What stands behind the body belongs to no request.
            if let Some(longest) = keep
                && connection.parts().is_ok_and(|(_, inbox)| inbox.is_empty())
            {
                slot.rest(*connection, longest);
            }
        }
    }

    /// Moves more of it to the end of `into`, up to `most` bytes; true at the end. Nothing is lost when it is dropped while it
    /// waits. It waits only while there is nothing to give.
    pub(crate) async fn read(&mut self, most: usize, into: &mut Vec<u8>) -> Result<bool, Fault> {
        let before = into.len();
        let result = self.advance(most, into).await;
        if result.is_err() {
            self.wire = Wire::Ended;
        }
        if into.len() > before && result.is_ok() {
            return Ok(self.is_ended());
        }
        result
    }

    async fn advance(&mut self, most: usize, into: &mut Vec<u8>) -> Result<bool, Fault> {
        let before = into.len();
        loop {
            match &mut self.wire {
                Wire::Ended => return Ok(true),
                Wire::H1 { connection, reader, .. } => {
                    let (io, inbox) = connection.parts()?;
                    let starved = reader.take(inbox, most - (into.len() - before), into)?;
                    if reader.is_done() {
                        self.settle();
                        return Ok(true);
                    }
                    if !starved || into.len() > before {
                        return Ok(false);
                    }
                    timed(self.idle_ms, self.deadline, reader.read(io, inbox, most, into)).await??;
                    if reader.is_done() || into.len() - before >= most {
                        self.settle();
                        return Ok(self.is_ended());
                    }
                    if into.len() > before {
                        return Ok(false);
                    }
                }
                Wire::H2 { stream, left, limits, .. } => {
                    if left.is_empty() {
                        let next = timed(self.idle_ms, self.deadline, stream.data()).await?;
                        match next {
                            Some(Ok(piece)) => {
                                let _ = stream.flow_control().release_capacity(piece.len());
                                *left = piece;
                            }
                            Some(Err(error)) => return Err(http2::fault(&error)),
                            None => {
                                let trailers = timed(self.idle_ms, self.deadline, stream.trailers())
                                    .await?
                                    .map_err(|error| http2::fault(&error))?;
                                if let Some(trailers) = trailers {
                                    if trailers.len() > limits.count {
                                        limits.check(usize::MAX)?;
                                    }
                                    let _ = self.trailers.set(http2::listed(&trailers));
                                }
                                self.wire = Wire::Ended;
                                return Ok(true);
                            }
                        }
                        continue;
                    }
                    let count = left.len().min(most);
                    into.extend_from_slice(&left[..count]);
                    left.advance(count);
                    return Ok(false);
                }
            }
        }
    }

    /// The next piece in memory of its own; `None` at the end.
    pub(crate) async fn piece(&mut self) -> Result<Option<Bytes>, Fault> {
        let mut piece = Vec::new();
        loop {
            let ended = self.read(PIECE, &mut piece).await?;
            if !piece.is_empty() {
                return Ok(Some(piece.into()));
            }
            if ended {
                return Ok(None);
            }
        }
    }
}

/// The result, unless nothing came for too long or the request took too long.
async fn timed<T>(idle: Option<u64>, deadline: Option<Deadline>, work: impl Future<Output = T>) -> Result<T, Fault> {
    let idle_at = idle.map(|milliseconds| Instant::now() + Duration::from_millis(milliseconds));
    let (until, fault) = match (idle_at.zip(idle), deadline) {
        (None, None) => return Ok(work.await),
        (Some((at, _)), Some(deadline)) if deadline.at <= at => (deadline.at, ("total", deadline.milliseconds)),
        (Some((at, milliseconds)), _) => (at, ("body", milliseconds)),
        (None, Some(deadline)) => (deadline.at, ("total", deadline.milliseconds)),
    };
    tokio::time::timeout_at(until.into(), work).await.map_err(|_| {
        let fault = Fault::timeout(fault.0, fault.1);
        // Who has read half of a body cannot simply ask again.
        Fault { retryable: false, ..fault }
    })
}
