//! Bodies of responses.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

use super::{exchange::Place, file_body::FileBody, watch::Watch};

/// A piece of a body, or that there will be no more of it although it is not complete.
pub(super) type Piece = Result<Bytes, ()>;

enum Source {
    Empty,
    Whole(Bytes),
    Pieces(Pieces),
    File(FileBody),
}

/// Pieces from the host language, and its place among the requests at work.
struct Pieces {
    receiver: mpsc::Receiver<Piece>,
    place: Place,
    /// Whether they go out as chunks, to who takes these.
    chunked: bool,
}

impl Pieces {
    fn poll_piece(&mut self, context: &mut Context<'_>, watch: Option<&Watch>) -> Poll<Option<io::Result<Bytes>>> {
        let piece = self.receiver.poll_recv(context);
        if self.chunked
            && let Some(watch) = watch
        {
            watch.between_chunks(piece.is_pending());
        }
        piece.map(|piece| match piece {
            Some(Ok(bytes)) => Some(Ok(bytes)),
            Some(Err(())) => {
                self.place.done();
                Some(Err(io::Error::other("the source of the body failed")))
            }
            // A body that the server's end cuts off must not look whole.
            None if self.place.is_closed() => Some(Err(io::Error::other("the server stopped"))),
            None => {
                self.place.done();
                None
            }
        })
    }
}

/// What is sent, and the end of its request once it is sent or given up.
pub(super) struct ReplyBody {
    source: Source,
    watch: Option<Arc<Watch>>,
}

impl ReplyBody {
    pub(super) fn empty() -> Self {
        Self { source: Source::Empty, watch: None }
    }

    pub(super) fn whole(bytes: Bytes) -> Self {
        Self { source: Source::Whole(bytes), watch: None }
    }

    /// `chunked`: they go out as chunks, to who takes these.
    pub(super) fn pieces(receiver: mpsc::Receiver<Piece>, place: Place, chunked: bool) -> Self {
        Self { source: Source::Pieces(Pieces { receiver, place, chunked }), watch: None }
    }

    pub(super) fn file(file: FileBody) -> Self {
        Self { source: Source::File(file), watch: None }
    }

    /// The request ends with this body.
    pub(super) fn ends(&mut self, watch: Arc<Watch>) {
        watch.answers();
        self.watch = Some(watch);
    }
}

impl Drop for ReplyBody {
    fn drop(&mut self) {
        if let Some(watch) = &self.watch {
            watch.request_ended();
        }
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = &mut *self;
        match &mut this.source {
            Source::Empty => Poll::Ready(None),
            Source::Whole(_) => {
                let Source::Whole(bytes) = std::mem::replace(&mut this.source, Source::Empty) else { unreachable!() };
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Source::Pieces(pieces) => {
                let piece = pieces.poll_piece(context, this.watch.as_deref());
                piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
            }
            Source::File(file) => file.poll_piece(context).map(|piece| piece.map(|piece| piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.source {
            Source::Empty => true,
            Source::Whole(bytes) => bytes.is_empty(),
            Source::Pieces(..) => false,
            Source::File(file) => file.left() == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.source {
            Source::Empty => SizeHint::with_exact(0),
            Source::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Source::Pieces(..) => SizeHint::default(),
            Source::File(file) => SizeHint::with_exact(file.left()),
        }
    }
}
