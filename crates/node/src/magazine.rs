//! The allocator of an addon whose threads hand memory to each other.
//!
//! At this boundary most memory is taken on one thread and let go on another: arguments on JavaScript's and the lane, results the
//! other way. The C library's allocator answers that with a lock per block, and with two busy threads the lock takes more time
//! than the work. Here a block that is let go stays with the thread that let it go, and goes to the others in magazines of
//! [`BATCH`], so that threads meet once in that many blocks.
//!
//! - Every block comes from the system's allocator, with the size of its class: how it was taken does not matter to how it is let
//!   go, and what no thread needs goes back there.
//! - A thread keeps at most two magazines of a class, all threads together [`SHARED`] bytes of it. A thread that ends gives back
//!   what it has.
//! - What is larger than [`LARGEST`] or aligned to more than 16 bytes is the system's business alone.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::UnsafeCell,
    hint, ptr,
    sync::atomic::{AtomicBool, Ordering},
};

/// Blocks that change threads together.
const BATCH: usize = 32;

/// The largest block that is kept.
const LARGEST: usize = 2048;

/// What the system's allocator aligns every block to, on the platforms there are packages for.
const ALIGNMENT: usize = 16;

/// How much of a class waits for a thread that needs it, in bytes.
const SHARED: usize = 512 * 1024;

/// Sixteen classes up to 256 bytes, then four for each power of two.
const CLASSES: usize = 28;

/// A block that nobody uses. The smallest class has room for both words.
struct Block {
    next: *mut Block,
    /// Of a magazine's first block: the next magazine.
    magazine: *mut Block,
}

/// The class of a size, and the size of its blocks.
#[inline]
fn class_of(size: usize) -> (usize, usize) {
    if size <= 256 {
        let sixteens = size.div_ceil(16).max(1);
        return (sixteens - 1, sixteens * 16);
    }
    let shift = (usize::BITS - 1 - (size - 1).leading_zeros()) as usize;
    let quarter = 1 << (shift - 2);
    let part = (size - 1 - (1 << shift)) / quarter;
    (16 + (shift - 8) * 4 + part, (1 << shift) + (part + 1) * quarter)
}

/// The class of what a layout asks for; `None`: it is not kept.
#[inline]
fn kept(layout: &Layout) -> Option<(usize, usize)> {
    (layout.size() <= LARGEST && layout.align() <= ALIGNMENT).then(|| class_of(layout.size()))
}

fn layout_of(size: usize) -> Layout {
    // SAFETY: the alignment is a power of two and the size is at most `LARGEST`.
    unsafe { Layout::from_size_align_unchecked(size, ALIGNMENT) }
}

/// Magazines of one class that wait for a thread. Held for a few instructions, once in `BATCH` blocks: not worth a thread's sleep.
struct Shelf {
    taken: AtomicBool,
    first: UnsafeCell<*mut Block>,
    magazines: UnsafeCell<usize>,
}

// SAFETY: both cells are touched only between `lock` and the store that ends it.
unsafe impl Sync for Shelf {}

impl Shelf {
    const fn new() -> Self {
        Self { taken: AtomicBool::new(false), first: UnsafeCell::new(ptr::null_mut()), magazines: UnsafeCell::new(0) }
    }

    fn lock(&self) {
        while self.taken.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            hint::spin_loop();
        }
    }

    fn pop(&self) -> *mut Block {
        self.lock();
        // SAFETY: the shelf is locked; a magazine's first block belongs to the shelf until it is taken here.
        let magazine = unsafe {
            let magazine = *self.first.get();
            if !magazine.is_null() {
                *self.first.get() = (*magazine).magazine;
                *self.magazines.get() -= 1;
            }
            magazine
        };
        self.taken.store(false, Ordering::Release);
        magazine
    }

    /// False: there are enough already, and the magazine stays the caller's.
    fn push(&self, magazine: *mut Block, size: usize) -> bool {
        self.lock();
        // SAFETY: the shelf is locked, and the caller gives the magazine away.
        let pushed = unsafe {
            let count = *self.magazines.get();
            let has_room = count < SHARED / (size * BATCH);
            if has_room {
                (*magazine).magazine = *self.first.get();
                *self.first.get() = magazine;
                *self.magazines.get() = count + 1;
            }
            has_room
        };
        self.taken.store(false, Ordering::Release);
        pushed
    }
}

static SHELVES: [Shelf; CLASSES] = [const { Shelf::new() }; CLASSES];

/// Gives a list of blocks back to the system.
///
/// # Safety
/// The blocks are of this size, and the caller's.
unsafe fn give_back(mut block: *mut Block, size: usize) {
    while !block.is_null() {
        // SAFETY: the caller's promise; a block's word is read before the block goes.
        unsafe {
            let next = (*block).next;
            System.dealloc(block.cast(), layout_of(size));
            block = next;
        }
    }
}

/// One thread's blocks.
struct Own {
    first: [*mut Block; CLASSES],
    count: [usize; CLASSES],
}

struct Cache(UnsafeCell<Own>);

impl Drop for Cache {
    fn drop(&mut self) {
        for (class, block) in self.0.get_mut().first.iter().enumerate() {
            // SAFETY: nobody else knows these blocks, and the thread is done with them.
            unsafe { give_back(*block, size_of_class(class)) };
        }
    }
}

fn size_of_class(class: usize) -> usize {
    if class < 16 { (class + 1) * 16 } else { (1 << (8 + (class - 16) / 4)) / 4 * (5 + (class - 16) % 4) }
}

thread_local! {
    static CACHE: Cache = const { Cache(UnsafeCell::new(Own { first: [ptr::null_mut(); CLASSES], count: [0; CLASSES] })) };
}

impl Own {
    #[inline]
    fn take(&mut self, class: usize, size: usize) -> *mut u8 {
        let mut block = self.first[class];
        if block.is_null() {
            block = SHELVES[class].pop();
            if block.is_null() {
                // SAFETY: the size is not zero.
                return unsafe { System.alloc(layout_of(size)) };
            }
            self.count[class] = BATCH;
        }
        // SAFETY: the block is this thread's alone, and was written when it was let go.
        self.first[class] = unsafe { (*block).next };
        self.count[class] -= 1;
        block.cast()
    }

    #[inline]
    fn keep(&mut self, class: usize, size: usize, pointer: *mut u8) {
        let block: *mut Block = pointer.cast();
        // SAFETY: whoever lets a block go does not use it any more; it has room for two words and is aligned for them.
        unsafe { (*block).next = self.first[class] };
        self.first[class] = block;
        self.count[class] += 1;
        if self.count[class] == 2 * BATCH {
            self.hand_over(class, size);
        }
    }

    /// A magazine goes to the others.
    #[cold]
    fn hand_over(&mut self, class: usize, size: usize) {
        let magazine = self.first[class];
        let mut last = magazine;
        // SAFETY: the list has twice as many blocks, all of them this thread's.
        unsafe {
            for _ in 1..BATCH {
                last = (*last).next;
            }
            self.first[class] = (*last).next;
            (*last).next = ptr::null_mut();
        }
        self.count[class] = BATCH;
        if !SHELVES[class].push(magazine, size) {
            // SAFETY: the shelf did not take it.
            unsafe { give_back(magazine, size) };
        }
    }
}

/// The allocator. An addon has it by `#[global_allocator]`.
pub struct Magazines;

// SAFETY: a block is the system's, of at least the size and alignment asked for, and handed to one caller at a time: it is in
// one thread's list, or in one magazine, or in use. The thread's list is touched by that thread alone, in functions that call
// nothing that could come back here.
unsafe impl GlobalAlloc for Magazines {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some((class, size)) = kept(&layout) else {
            // SAFETY: the caller's own layout.
            return unsafe { System.alloc(layout) };
        };
        CACHE
            // SAFETY: see above: nobody else looks at the list meanwhile.
            .try_with(|cache| unsafe { (*cache.0.get()).take(class, size) })
            // SAFETY: the size is not zero. The thread is ending, and has no list any more.
            .unwrap_or_else(|_| unsafe { System.alloc(layout_of(size)) })
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let Some((class, size)) = kept(&layout) else {
            // SAFETY: the caller's own block: by its layout it was the system's alone.
            return unsafe { System.dealloc(pointer, layout) };
        };
        // SAFETY: as above; and a block of this class is one of the system's, of the class's size.
        let kept = CACHE.try_with(|cache| unsafe { (*cache.0.get()).keep(class, size, pointer) });
        if kept.is_err() {
            // SAFETY: as above.
            unsafe { System.dealloc(pointer, layout_of(size)) };
        }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if kept(&layout).is_none() {
            // SAFETY: the caller's own layout.
            return unsafe { System.alloc_zeroed(layout) };
        }
        // SAFETY: the caller's own layout; the block has at least its size.
        unsafe {
            let pointer = self.alloc(layout);
            if !pointer.is_null() {
                ptr::write_bytes(pointer, 0, layout.size());
            }
            pointer
        }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller says that size and alignment make a layout.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (kept(&layout), kept(&wanted)) {
            // SAFETY: the system's alone, before and after.
            (None, None) => unsafe { System.realloc(pointer, layout, size) },
            (Some((class, _)), Some((other, _))) if class == other => pointer,
            // SAFETY: both blocks have at least the smaller size, and the old one is let go once.
            _ => unsafe {
                let moved = self.alloc(wanted);
                if !moved.is_null() {
                    ptr::copy_nonoverlapping(pointer, moved, layout.size().min(size));
                    self.dealloc(pointer, layout);
                }
                moved
            },
        }
    }
}
