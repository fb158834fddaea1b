//! Files as bodies: read in pieces, on threads that may wait for a disk.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use tokio::task::{JoinHandle, spawn_blocking};

/// How much of a file is read at a time.
pub(super) const PIECE: u64 = 128 * 1024;

/// Something of a body.
pub(super) enum Part {
    /// What is known.
    Bytes(Bytes),
    /// This many bytes of the file from this place.
    Range(u64, u64),
}

/// Parts of a file, and what stands between them.
pub(super) struct FileBody {
    file: Option<File>,
    parts: VecDeque<Part>,
    left: u64,
    reading: Option<JoinHandle<io::Result<(File, Bytes)>>>,
}

impl FileBody {
    pub(super) fn new(file: File, parts: Vec<Part>) -> Self {
        let left = parts.iter().map(length).sum();
        Self { file: Some(file), parts: parts.into(), left, reading: None }
    }

    /// How many bytes are still to come.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    pub(super) fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            if let Some(reading) = &mut self.reading {
                let read = ready!(Pin::new(reading).poll(context));
                self.reading = None;
                return Poll::Ready(Some(read.map_err(io::Error::other).flatten().map(|(file, bytes)| {
                    self.file = Some(file);
                    self.left -= bytes.len() as u64;
                    bytes
                })));
            }
            match self.parts.front_mut() {
                None => return Poll::Ready(None),
                Some(Part::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.parts.pop_front();
                    self.left -= bytes.len() as u64;
                    return Poll::Ready(Some(Ok(bytes)));
                }
                Some(Part::Range(_, 0)) => {
                    self.parts.pop_front();
                }
                Some(Part::Range(start, count)) => {
                    let Some(file) = self.file.take() else { return Poll::Ready(None) };
                    let (from, size) = (*start, (*count).min(PIECE));
                    *start += size;
                    *count -= size;
                    self.reading = Some(spawn_blocking(move || read_at(file, from, size)));
                }
            }
        }
    }
}

fn length(part: &Part) -> u64 {
    match part {
        Part::Bytes(bytes) => bytes.len() as u64,
        Part::Range(_, count) => *count,
    }
}

/// Exactly that much: a file that has become shorter meanwhile is an error, not a shorter body.
pub(super) fn read_at(mut file: File, from: u64, size: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = vec![0; size as usize];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut bytes)?;
    Ok((file, bytes.into()))
}
