//! The body of a request: bytes that are there, files, or pieces that come from elsewhere while they are sent.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bytes::Bytes;
use tokio::{
    fs::File,
    io::AsyncReadExt as _,
    sync::{
        OnceCell,
        mpsc::{self, Receiver, Sender},
    },
};

use super::fault::{Fault, Kind};

/// How much of a file is read at once.
const READ: usize = 256 * 1024;

/// Pieces that wait to be sent: what comes faster is held back.
const WAITING: usize = 2;

/// A part of a body.
#[derive(Debug, Clone)]
pub(crate) enum Segment {
    Bytes(Bytes),
    File(PathBuf),
}

pub(crate) type Piece = Result<Bytes, Failed>;

/// Whoever makes the pieces cannot go on.
#[derive(Debug)]
pub(crate) struct Failed;

/// A body that is made in parts: bytes, files and, last, pieces that come while it is sent.
#[derive(Debug)]
pub struct RequestBody {
    segments: Mutex<Vec<Segment>>,
    /// `None` once the end was told.
    sender: Mutex<Option<Sender<Piece>>>,
    receiver: Mutex<Option<Receiver<Piece>>>,
    sent: AtomicBool,
}

impl RequestBody {
    /// An empty one. `streamed`: pieces come by [`write`](Self::write) until [`end`](Self::end).
    #[must_use]
    pub fn create(streamed: bool) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        let (sender, receiver) = if streamed { (Some(sender), Some(receiver)) } else { (None, None) };
        Self {
            segments: Mutex::new(Vec::new()),
            sender: Mutex::new(sender),
            receiver: Mutex::new(receiver),
            sent: AtomicBool::new(false),
        }
    }

    /// Adds bytes.
    pub fn add_bytes(&self, bytes: Vec<u8>) {
        lock(&self.segments).push(Segment::Bytes(bytes.into()));
    }

    /// Adds a file's content, which is read when it is sent.
    pub fn add_file(&self, path: String) {
        lock(&self.segments).push(Segment::File(path.into()));
    }

    /// The next piece. Waits until there is room for it; false: nobody takes pieces any more.
    pub async fn write(&self, bytes: Vec<u8>) -> bool {
        let sender = lock(&self.sender).clone();
        match sender {
            Some(sender) => sender.send(Ok(bytes.into())).await.is_ok(),
            None => false,
        }
    }

    /// There are no more pieces.
    pub fn end(&self) {
        lock(&self.sender).take();
    }

    /// There are no more pieces although there should be: the request fails.
    pub async fn fail(&self) {
        let sender = lock(&self.sender).take();
        if let Some(sender) = sender {
            let _ = sender.send(Err(Failed)).await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a request sends, as often as it has to.
pub(crate) enum Payload {
    None,
    Bytes(Bytes),
    Parts { segments: Arc<[Segment]>, length: OnceCell<u64> },
    Stream { segments: Arc<[Segment]>, receiver: Mutex<Option<Receiver<Piece>>> },
}

impl Payload {
    pub(crate) fn of(body: &RequestBody) -> Result<Self, Fault> {
        if body.sent.swap(true, Ordering::Relaxed) {
            return Err(Fault::new(Kind::Request, "a body can be sent by one request only"));
        }
        let segments: Arc<[Segment]> = std::mem::take(&mut *lock(&body.segments)).into();
        let receiver = lock(&body.receiver).take();
        Ok(match receiver {
            Some(receiver) => Self::Stream { segments, receiver: Mutex::new(Some(receiver)) },
            None => Self::Parts { segments, length: OnceCell::new() },
        })
    }

    pub(crate) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether it can be sent again.
    pub(crate) fn is_repeatable(&self) -> bool {
        match self {
            Self::None | Self::Bytes(_) | Self::Parts { .. } => true,
            Self::Stream { receiver, .. } => lock(receiver).is_some(),
        }
    }

    /// How long it is, when that is known.
    pub(crate) async fn length(&self) -> Result<Option<u64>, Fault> {
        match self {
            Self::None | Self::Stream { .. } => Ok(None),
            Self::Bytes(bytes) => Ok(Some(bytes.len() as u64)),
            Self::Parts { segments, length } => length.get_or_try_init(|| total(segments)).await.copied().map(Some),
        }
    }

    pub(crate) fn feed(&self) -> Result<Feed, Fault> {
        Ok(match self {
            Self::None => Feed::None,
            Self::Bytes(bytes) => Feed::Once(bytes.clone()),
            Self::Parts { segments, .. } => Feed::parts(segments, None),
            Self::Stream { segments, receiver } => {
                let receiver = lock(receiver).take();
                let gone = || Fault::new(Kind::Source, "the streamed body was sent already and cannot be sent again");
                Feed::parts(segments, Some(receiver.ok_or_else(gone)?))
            }
        })
    }
}

async fn total(segments: &[Segment]) -> Result<u64, Fault> {
    let mut total = 0;
    for segment in segments {
        total += match segment {
            Segment::Bytes(bytes) => bytes.len() as u64,
            Segment::File(path) => {
                let shown = path.to_string_lossy();
                let facts = tokio::fs::metadata(path)
                    .await
                    .map_err(|error| Fault::file(&shown, "the file to send cannot be read", &error))?;
                if !facts.is_file() {
                    let error = std::io::Error::from(std::io::ErrorKind::IsADirectory);
                    return Err(Fault::file(&shown, "what is to be sent is no file", &error));
                }
                facts.len()
            }
        };
    }
    Ok(total)
}

/// One sending of a payload.
pub(crate) enum Feed {
    None,
    Once(Bytes),
    Parts { segments: Arc<[Segment]>, at: usize, file: Option<File>, receiver: Option<Receiver<Piece>> },
}

impl Feed {
    fn parts(segments: &Arc<[Segment]>, receiver: Option<Receiver<Piece>>) -> Self {
        Self::Parts { segments: Arc::clone(segments), at: 0, file: None, receiver }
    }

    /// The next piece, never empty; `None` at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Fault> {
        loop {
            match self {
                Self::None => return Ok(None),
                Self::Once(bytes) => {
                    let bytes = std::mem::take(bytes);
                    *self = Self::None;
                    return Ok((!bytes.is_empty()).then_some(bytes));
                }
                Self::Parts { segments, at, file, receiver } => match segments.get(*at) {
                    Some(Segment::Bytes(bytes)) => {
                        *at += 1;
                        if !bytes.is_empty() {
                            return Ok(Some(bytes.clone()));
                        }
                    }
                    Some(Segment::File(path)) => {
                        let failed =
                            |error| Fault::file(&path.to_string_lossy(), "the file to send cannot be read", &error);
                        let open = match file {
                            Some(open) => open,
                            None => file.insert(File::open(path).await.map_err(failed)?),
                        };
                        let mut piece = Vec::with_capacity(READ);
                        if open.read_buf(&mut piece).await.map_err(failed)? > 0 {
                            return Ok(Some(piece.into()));
                        }
                        *file = None;
                        *at += 1;
                    }
                    None => {
                        let Some(pieces) = receiver else { return Ok(None) };
                        match pieces.recv().await {
                            Some(Ok(bytes)) if bytes.is_empty() => {}
                            Some(Ok(bytes)) => return Ok(Some(bytes)),
                            Some(Err(Failed)) => {
                                return Err(Fault::new(Kind::Source, "the source of the request's body failed"));
                            }
                            None => return Ok(None),
                        }
                    }
                },
            }
        }
    }
}
