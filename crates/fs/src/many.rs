//! Many files in one call.

use std::{
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::Duration,
};

use crate::{Checkpoint, Error, Stop, checkpoint::CHUNK, path, read::read_file, source::Source};

/// A file up to this size shares its memory with others.
const SMALL: usize = 64 * 1024;
/// Room for a file of a usual size, where there are not enough files to fill a block.
const USUAL: usize = 16 * 1024;
/// Files that a thread takes at a time.
const AT_ONCE: usize = 16;
/// How late a stop may be noticed while others still read.
const SLICE: Duration = Duration::from_millis(10);
/// In place of a block: the file could not be read, and its place is that of its error.
const FAILED: u32 = u32::MAX;

/// What was read.
#[derive(Debug, Default)]
pub struct Many {
    /// The bytes of all files.
    pub blocks: Vec<Vec<u8>>,
    /// Three numbers of 32 bits, little end first, per file: its block, where it starts in it, how long it is; or 4294967295,
    /// which of the errors, 0.
    pub places: Vec<u8>,
    /// `[code, path, errno, step, message]` each.
    pub errors: Vec<[String; 5]>,
}

/// How many files are read.
#[derive(Clone, Copy, Debug)]
struct Plan {
    max_bytes: u64,
    /// Bytes that small files share.
    block: usize,
    /// Only UTF-8 is taken, and a byte order mark is left out.
    as_text: bool,
    keep_bom: bool,
    /// Goes on when a file cannot be read.
    collect: bool,
}

/// Reads many files, `concurrency` of them at the same time.
///
/// # Errors
/// The first file that cannot be read, unless errors are collected; [`Error::Stopped`].
pub fn read_many(
    paths: &[&str],
    concurrency: Option<u32>,
    max_bytes: u64,
    as_text: bool,
    keep_bom: bool,
    collect: bool,
    checkpoint: Checkpoint<'_>,
) -> Result<Many, Error> {
    checkpoint()?;
    let block = CHUNK.min((paths.len() * USUAL).max(SMALL + 1));
    let plan = Plan { max_bytes, block, as_text, keep_bom, collect };
    let most = concurrency.map_or_else(default_concurrency, |most| most.max(1) as usize);
    let threads = most.min(paths.len().div_ceil(AT_ONCE)).max(1);
    let shared =
        Shared { paths, plan, next: AtomicUsize::new(0), stop: AtomicBool::new(false), failed: Mutex::default() };
    let mut parts = Vec::with_capacity(threads);
    thread::scope(|scope| {
        // Nothing is sent: it hangs up when the last of them is done.
        let (done, all_done) = mpsc::channel::<()>();
        // A thread that the system refuses is one less: this one reads, too.
        let others: Vec<_> = (1..threads)
            .filter_map(|_| {
                let (shared, done) = (&shared, done.clone());
                let work = move || {
                    let part = shared.work(&|| Ok(()));
                    drop(done);
                    part
                };
                thread::Builder::new().spawn_scoped(scope, work).ok()
            })
            .collect();
        drop(done);
        parts.push(shared.work(checkpoint));
        // One of the others may be waiting for a pipe, and cannot ask the caller itself.
        while all_done.recv_timeout(SLICE) == Err(RecvTimeoutError::Timeout) {
            if checkpoint().is_err() {
                shared.stop.store(true, Ordering::Relaxed);
            }
        }
        parts.extend(others.into_iter().filter_map(|other| other.join().ok()));
    });
    checkpoint()?;
    if let Some((_, error)) = shared.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    Ok(joined(parts, paths.len()))
}

fn default_concurrency() -> usize {
    thread::available_parallelism().map_or(4, |cores| cores.get().clamp(4, 16))
}

struct Shared<'a> {
    paths: &'a [&'a str],
    plan: Plan,
    next: AtomicUsize,
    stop: AtomicBool,
    /// The first of the paths that could not be read.
    failed: Mutex<Option<(usize, Error)>>,
}

/// What one thread has read.
#[derive(Default)]
struct Part {
    blocks: Vec<Vec<u8>>,
    /// Index of the file, block of this part, start, length.
    places: Vec<(usize, usize, u32, u32)>,
    errors: Vec<(usize, Error)>,
}

impl Shared<'_> {
    /// Only the thread that was called can ask the caller; it tells the others.
    fn work(&self, checkpoint: Checkpoint<'_>) -> Part {
        let mut part = Part::default();
        let checkpoint = || {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Stop);
            }
            checkpoint().inspect_err(|_| self.stop.store(true, Ordering::Relaxed))
        };
        loop {
            let first = self.next.fetch_add(AT_ONCE, Ordering::Relaxed);
            for index in first..(first + AT_ONCE).min(self.paths.len()) {
                if checkpoint().is_err() {
                    return part;
                }
                if let Err(error) = part.read(index, self.paths[index], self.plan, &checkpoint) {
                    self.fail(&mut part, index, error);
                }
            }
            if first + AT_ONCE >= self.paths.len() {
                return part;
            }
        }
    }

    fn fail(&self, part: &mut Part, index: usize, error: Error) {
        if error == Error::Stopped {
            return;
        }
        if self.plan.collect {
            part.errors.push((index, error));
            return;
        }
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.as_ref().is_none_or(|(first, _)| index < *first) {
            *failed = Some((index, error));
        }
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Part {
    fn read(&mut self, index: usize, text: &str, plan: Plan, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        let path = path::parse(text)?;
        let mut source = Source::open(&path)?;
        let size = source.metadata.len() as usize;
        if !source.metadata.is_file() || size > SMALL || size as u64 > plan.max_bytes {
            drop(source);
            return self.read_alone(index, &path, text, plan, checkpoint);
        }
        let (number, start) = self.room(size + 1, plan.block);
        let block = &mut self.blocks[number];
        let result = loop {
            if block.len() - start > SMALL {
                // It has grown since it was looked at, or is one that does not tell its size.
                block.truncate(start);
                drop(source);
                return self.read_alone(index, &path, text, plan, checkpoint);
            }
            if block.len() == block.capacity() {
                block.reserve(SMALL);
            }
            let most = CHUNK.min(block.capacity() - block.len());
            match source.read(block, most, checkpoint) {
                Ok(0) if (block.len() - start) as u64 > plan.max_bytes => {
                    break Err(Error::TooLarge { path: text.to_owned(), limit: plan.max_bytes });
                }
                Ok(0) => break checked(&block[start..], text, plan),
                // As much as there was when it was opened: another read would only say so.
                Ok(_) if size > 0 && block.len() - start == size => break checked(&block[start..], text, plan),
                Ok(_) => {}
                Err(error) => break Err(error),
            }
        };
        match result {
            Ok(skipped) => {
                let length = block.len() - start - skipped;
                self.places.push((index, number, (start + skipped) as u32, length as u32));
                Ok(())
            }
            Err(error) => {
                block.truncate(start);
                Err(error)
            }
        }
    }

    /// Into memory of its own.
    fn read_alone(
        &mut self,
        index: usize,
        path: &Path,
        text: &str,
        plan: Plan,
        checkpoint: Checkpoint<'_>,
    ) -> Result<(), Error> {
        let max_bytes = plan.max_bytes.min(u32::MAX as u64);
        let bytes = read_file(path, max_bytes, checkpoint)?;
        let skipped = checked(&bytes, text, plan)?;
        self.places.push((index, self.blocks.len(), skipped as u32, (bytes.len() - skipped) as u32));
        self.blocks.push(bytes);
        // The last block is the one with room.
        self.blocks.push(Vec::new());
        Ok(())
    }

    /// The block with room for so many bytes more, and where they start. A block is never moved for more, and no larger than
    /// what is read at once: then one read fills what is left of it.
    fn room(&mut self, more: usize, block: usize) -> (usize, usize) {
        match self.blocks.last_mut() {
            Some(last) if last.capacity() - last.len() >= more => {}
            Some(last) if last.is_empty() => last.reserve_exact(block.max(more)),
            _ => self.blocks.push(Vec::with_capacity(block.max(more))),
        }
        let number = self.blocks.len() - 1;
        (number, self.blocks[number].len())
    }
}

/// How many bytes of a text are left out at its start.
fn checked(bytes: &[u8], path: &str, plan: Plan) -> Result<usize, Error> {
    if !plan.as_text {
        return Ok(0);
    }
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(Error::InvalidUtf8 { path: path.to_owned(), offset: error.valid_up_to() as u64 });
    }
    let mark = "\u{feff}".as_bytes();
    Ok(if !plan.keep_bom && bytes.starts_with(mark) { mark.len() } else { 0 })
}

fn joined(parts: Vec<Part>, files: usize) -> Many {
    /// Of one file.
    const WIDTH: usize = 12;
    let mut many = Many { places: vec![0; files * WIDTH], ..Many::default() };
    let mut place = |index: usize, numbers: [u32; 3]| {
        let bytes = &mut many.places[index * WIDTH..(index + 1) * WIDTH];
        for (part, number) in bytes.chunks_exact_mut(4).zip(numbers) {
            part.copy_from_slice(&number.to_le_bytes());
        }
    };
    for part in parts {
        let before = many.blocks.len();
        for (index, block, start, length) in part.places {
            place(index, [(before + block) as u32, start, length]);
        }
        for (index, error) in part.errors {
            place(index, [FAILED, many.errors.len() as u32, 0]);
            many.errors.push(error.facts());
        }
        many.blocks.extend(part.blocks);
    }
    many
}
