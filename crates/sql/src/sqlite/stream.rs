//! Rows one batch after the other: a thread reads, at most two blocks ahead of who takes them.
//!
//! The thread has the connection until the stream ends, which gives it back. It never waits for JavaScript, only for room, and
//! stops waiting when nobody is left to take what it has.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use super::connection::{Connection, Session, State};
use crate::{
    error::{Error, Result, Stop},
    value::{Integers, Value},
};

/// Blocks that are read before they are asked for.
const AHEAD: usize = 2;

/// How often who waits for a block asks whether to go on.
const LOOK: Duration = Duration::from_millis(5);

/// A stream under way.
pub(super) struct Stream {
    blocks: Option<Receiver<Result<Vec<u8>>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<Box<Session>>>,
}

impl Stream {
    fn start(mut session: Box<Session>, number: u32, params: Vec<Value>, integers: Integers) -> std::io::Result<Self> {
        let (give, blocks) = sync_channel(AHEAD);
        let stopped = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&stopped);
        let thread = thread::Builder::new().name("ferrule-sql-stream".into()).spawn(move || {
            let running = session.begin(move || if asked.load(Ordering::Relaxed) { Err(Stop) } else { Ok(()) });
            read(&mut session, number, &params, integers, &give);
            drop(running);
            session
        })?;
        Ok(Self { blocks: Some(blocks), stopped, thread: Some(thread) })
    }

    /// The next block, or none at the end.
    fn next(&self, go_on: &dyn Fn() -> std::result::Result<(), Stop>) -> Result<Option<Vec<u8>>> {
        let Some(blocks) = &self.blocks else { return Ok(None) };
        loop {
            match blocks.recv_timeout(LOOK) {
                Ok(block) => return block.map(Some),
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) => go_on()?,
            }
        }
    }

    /// Ends the reading and gives the connection back.
    pub(super) fn stop(mut self) -> Option<Box<Session>> {
        self.end()
    }

    fn end(&mut self) -> Option<Box<Session>> {
        self.stopped.store(true, Ordering::Relaxed);
        // Who waits for room stops waiting.
        self.blocks = None;
        self.thread.take().and_then(|thread| thread.join().ok())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        drop(self.end());
    }
}

fn read(session: &mut Session, number: u32, params: &[Value], integers: Integers, give: &SyncSender<Result<Vec<u8>>>) {
    let read = session.each_block(number, params, integers, |block| give.send(Ok(block)).is_ok());
    if let Err(error) = read {
        // Nobody left to hear it.
        let _ = give.send(Err(error));
    }
}

impl Connection {
    /// Begins a stream of a statement's rows; until [`stream_end`](Self::stream_end) the connection does nothing else.
    pub fn stream_begin(&mut self, statement: u32, params: Vec<Value>, big: bool) -> Result<()> {
        self.session()?;
        let State::Idle(session) = std::mem::replace(self.state(), State::Closed) else {
            unreachable!("just asked");
        };
        match Stream::start(session, statement, params, Integers::big(big)) {
            Ok(stream) => {
                *self.state() = State::Streaming(stream);
                Ok(())
            }
            Err(error) => Err(Error::state(format!("no thread could be started for the stream: {error}"))),
        }
    }

    /// The stream's next block; none at its end.
    pub fn stream_next(&mut self, go_on: &dyn Fn() -> std::result::Result<(), Stop>) -> Result<Option<Vec<u8>>> {
        match self.state() {
            State::Streaming(stream) => stream.next(go_on),
            State::Idle(_) => Ok(None),
            State::Closed => Err(Error::Closed { what: "database" }),
        }
    }

    /// Ends the stream, wherever it is; the connection is free again. Without one nothing happens.
    pub fn stream_end(&mut self) -> Result<()> {
        if !matches!(self.state(), State::Streaming(_)) {
            return Ok(());
        }
        let State::Streaming(stream) = std::mem::replace(self.state(), State::Closed) else {
            unreachable!("just asked");
        };
        match stream.stop() {
            Some(session) => {
                *self.state() = State::Idle(session);
                Ok(())
            }
            None => Err(Error::Closed { what: "database" }),
        }
    }
}
