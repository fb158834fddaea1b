//! Where borrowed strings live during a call.
//!
//! A list of chunks that never move. Each string takes the next bytes and a [`Mark`] that gives them back when dropped, on
//! panic too; nested calls and callbacks stack on top.

use std::{
    cell::UnsafeCell,
    ptr::{self, NonNull},
    slice,
};

use ferrule_core::error::code;
use napi_sys as sys;

use crate::{
    failure::Refusal,
    js::{Env, Raw},
};

const CHUNK: usize = 64 * 1024;
/// What is kept between calls; larger chunks are given back to the system.
const KEEP: usize = 1024 * 1024;
/// The shortest room worth trying: most strings fit, and asking V8 for the length first would cost a second walk.
const ROOM: usize = 256;

struct Inner {
    /// Where the next bytes go, and where the current chunk ends.
    next: *mut u8,
    end: *mut u8,
    chunk: usize,
    chunks: Vec<Chunk>,
}

/// Memory of its own, never borrowed as a whole: strings of outer calls live in it.
struct Chunk {
    start: NonNull<u8>,
    length: usize,
}

impl Chunk {
    fn new(length: usize) -> Self {
        let memory: &'static mut [u8] = Box::leak(vec![0; length].into_boxed_slice());
        Self { start: NonNull::from(&mut *memory).cast(), length }
    }
}

impl Drop for Chunk {
    fn drop(&mut self) {
        let memory = ptr::slice_from_raw_parts_mut(self.start.as_ptr(), self.length);
        // SAFETY: leaked by `new` with this length, given back once.
        drop(unsafe { Box::from_raw(memory) });
    }
}

impl Inner {
    fn enter(&mut self, chunk: usize) {
        let Chunk { start, length } = &self.chunks[chunk];
        self.chunk = chunk;
        self.next = start.as_ptr();
        // SAFETY: one past the end of the chunk's own memory.
        self.end = unsafe { start.as_ptr().add(*length) };
    }

    fn room(&self) -> usize {
        self.end.addr() - self.next.addr()
    }
}

pub(crate) struct Arena(UnsafeCell<Inner>);

/// The arena's fill level when a string was read; dropping it frees that string and all later ones.
pub struct Mark<'arena> {
    arena: &'arena Arena,
    chunk: usize,
    next: *mut u8,
}

impl Drop for Mark<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the arena is used on one thread and no reference into `Inner` is held across calls.
        let inner = unsafe { &mut *self.arena.0.get() };
        if self.chunk == inner.chunk {
            // Marks of one argument list may be dropped in either order.
            inner.next = inner.next.min(self.next);
        } else if self.chunk < inner.chunk {
            leave(inner, self.chunk, self.next);
        }
    }
}

#[cold]
fn leave(inner: &mut Inner, chunk: usize, next: *mut u8) {
    inner.enter(chunk);
    inner.next = next;
    // Long strings are rare: their memory goes back to the system, but for a little.
    let mut kept = 0;
    let mut place = 0;
    inner.chunks.retain(|candidate| {
        kept += candidate.length;
        place += 1;
        place <= chunk + 1 || kept <= KEEP
    });
}

impl Arena {
    pub(crate) fn new() -> Self {
        let chunks = vec![Chunk::new(CHUNK)];
        let mut inner = Inner { next: ptr::null_mut(), end: ptr::null_mut(), chunk: 0, chunks };
        inner.enter(0);
        Self(UnsafeCell::new(inner))
    }

    #[inline]
    pub(crate) fn mark(&self) -> Mark<'_> {
        // SAFETY: as in `Mark::drop`.
        let inner = unsafe { &*self.0.get() };
        Mark { arena: self, chunk: inner.chunk, next: inner.next }
    }

    /// Reads a JavaScript string as UTF-8; the bytes live until the mark taken before is dropped.
    ///
    /// # Safety
    /// The caller must hold a [`Mark`] taken before this call for as long as it uses the bytes.
    #[inline]
    pub(crate) unsafe fn read<'mark>(&self, env: Env, value: Raw) -> Result<&'mark [u8], Box<Refusal>> {
        let (start, room) = self.room(ROOM);
        let mut written = 0;
        // SAFETY: `start` has `room` bytes of the current chunk that nobody else uses; V8 writes at most that many.
        let status = unsafe { sys::napi_get_value_string_utf8(env, value, start.cast(), room, &raw mut written) };
        if status != sys::Status::napi_ok {
            return Err(Refusal::wrong_type("a string"));
        }
        // V8 never splits a code point, so a cut string may be up to three bytes short of the room (and its NUL).
        if written + 4 < room {
            self.take(written);
            // SAFETY: V8 initialised `written` bytes there, and they stay put until the caller's mark is dropped.
            return Ok(unsafe { slice::from_raw_parts(start, written) });
        }
        // SAFETY: the caller's promise is passed on.
        unsafe { self.read_long(env, value) }
    }

    #[cold]
    unsafe fn read_long<'mark>(&self, env: Env, value: Raw) -> Result<&'mark [u8], Box<Refusal>> {
        let length = utf8_length(env, value)?;
        let (start, room) = self.room(length + 1);
        let mut written = 0;
        // SAFETY: as in `read`.
        let status = unsafe { sys::napi_get_value_string_utf8(env, value, start.cast(), room, &raw mut written) };
        if status != sys::Status::napi_ok || written != length {
            return Err(Refusal::wrong_type("a string"));
        }
        self.take(written);
        // SAFETY: as in `read`.
        Ok(unsafe { slice::from_raw_parts(start, written) })
    }

    /// Copies bytes that cannot be borrowed.
    ///
    /// # Safety
    /// As for [`Arena::read`]; and `source` must be readable for `length` bytes, which other threads may be writing.
    pub(crate) unsafe fn copy<'mark>(&self, source: *const u8, length: usize) -> &'mark [u8] {
        let (start, _) = self.room(length);
        // SAFETY: `start` has room for `length` bytes; the caller answers for `source`.
        unsafe { copy_racy(source, start, length) };
        self.take(length);
        // SAFETY: just initialised; stays put until the caller's mark is dropped.
        unsafe { slice::from_raw_parts(start, length) }
    }

    #[inline]
    fn take(&self, length: usize) {
        // SAFETY: as in `Mark::drop`; `length` bytes of room were just written.
        unsafe { (*self.0.get()).next = (*self.0.get()).next.add(length) };
    }

    /// At least `wanted` free bytes of one chunk.
    #[inline]
    fn room(&self, wanted: usize) -> (*mut u8, usize) {
        // SAFETY: as in `Mark::drop`.
        let inner = unsafe { &mut *self.0.get() };
        if inner.room() < wanted {
            next_chunk(inner, wanted);
        }
        (inner.next, inner.room())
    }
}

#[cold]
fn next_chunk(inner: &mut Inner, wanted: usize) {
    let next = inner.chunk + 1;
    // A kept chunk that is too small is in nobody's use: everything above the current chunk is free.
    if inner.chunks.get(next).is_none_or(|chunk| chunk.length < wanted) {
        inner.chunks.truncate(next);
        inner.chunks.push(Chunk::new(wanted.max(CHUNK)));
    }
    inner.enter(next);
}

/// How many bytes a JavaScript string takes as UTF-8.
pub(crate) fn utf8_length(env: Env, value: Raw) -> Result<usize, Box<Refusal>> {
    let mut length = 0;
    // SAFETY: a null buffer asks for the length only.
    let status = unsafe { sys::napi_get_value_string_utf8(env, value, ptr::null_mut(), 0, &raw mut length) };
    if status == sys::Status::napi_ok { Ok(length) } else { Err(Refusal::wrong_type("a string")) }
}

/// Checks what V8 wrote: it replaces a lone surrogate by U+FFFD, so only a text that holds one is looked at again.
#[inline]
pub(crate) fn checked_text(env: Env, value: Raw, bytes: &[u8]) -> Result<&str, Box<Refusal>> {
    if bytes.is_ascii() {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { str::from_utf8_unchecked(bytes) });
    }
    let text = str::from_utf8(bytes).map_err(|_| Refusal::wrong_type("a string"))?;
    if memchr::memmem::find(bytes, "\u{FFFD}".as_bytes()).is_some()
        && let Some(position) = lone_surrogate(env, value)
    {
        return Err(Refusal::new(
            code::INVALID_STRING,
            "a well-formed string",
            format!("a lone surrogate at index {position}; see String.prototype.toWellFormed"),
        ));
    }
    Ok(text)
}

#[cold]
fn lone_surrogate(env: Env, value: Raw) -> Option<usize> {
    let mut length = 0;
    // SAFETY: a null buffer asks for the length only.
    unsafe { sys::napi_get_value_string_utf16(env, value, ptr::null_mut(), 0, &raw mut length) };
    let mut units = vec![0u16; length + 1];
    // SAFETY: the buffer has `length` units and room for the terminator.
    unsafe { sys::napi_get_value_string_utf16(env, value, units.as_mut_ptr(), units.len(), &raw mut length) };
    let mut position = 0;
    for unit in char::decode_utf16(units[..length].iter().copied()) {
        position += match unit {
            Ok(character) => character.len_utf16(),
            Err(_) => return Some(position),
        };
    }
    None
}

/// Copies memory that another thread may be writing (a `SharedArrayBuffer`): by relaxed atomic loads, which makes the
/// copy torn at worst and never undefined.
unsafe fn copy_racy(source: *const u8, target: *mut u8, length: usize) {
    use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
    const WORD: usize = size_of::<usize>();
    let mut at = 0;
    while at < length {
        // SAFETY: `at < length` and both ends are valid for `length` bytes; whole words only where aligned and in bounds.
        unsafe {
            let from = source.add(at).cast_mut();
            if from.addr().is_multiple_of(WORD) && length - at >= WORD {
                let word = AtomicUsize::from_ptr(from.cast()).load(Ordering::Relaxed);
                target.add(at).cast::<usize>().write_unaligned(word);
                at += WORD;
            } else {
                target.add(at).write(AtomicU8::from_ptr(from).load(Ordering::Relaxed));
                at += 1;
            }
        }
    }
}
