//! What was read from a connection and not used yet.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// How much is asked of the socket at once while a head is read.
const READ: usize = 16 * 1024;

#[derive(Default)]
pub(crate) struct Inbox {
    data: Vec<u8>,
    start: usize,
}

impl Inbox {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.data[self.start..]
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.data.len()
    }

    /// Reads once; 0 is the end.
    pub(crate) async fn fill(&mut self, io: &mut (impl AsyncRead + Unpin)) -> io::Result<usize> {
        if self.is_empty() {
            self.data.clear();
            self.start = 0;
        }
        if self.data.capacity() - self.data.len() < READ / 2 {
            self.data.drain(..self.start);
            self.start = 0;
            self.data.reserve(READ);
        }
        io.read_buf(&mut self.data).await
    }

    pub(crate) fn consume(&mut self, count: usize) {
        self.start += count;
        debug_assert!(self.start <= self.data.len(), "no more is used than was read");
    }

    /// Moves up to `most` bytes to the end of `into`.
    pub(crate) fn take(&mut self, most: usize, into: &mut Vec<u8>) -> usize {
        let count = most.min(self.data.len() - self.start);
        into.extend_from_slice(&self.data[self.start..self.start + count]);
        self.start += count;
        count
    }

    /// An idle connection keeps no large buffer.
    pub(crate) fn rest(&mut self) {
        if self.data.capacity() > 2 * READ {
            *self = Self::default();
        }
    }
}
