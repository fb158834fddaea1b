//! The allocator under threads that hand each other memory: no block has two owners, and what is written stays.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../src/magazine.rs"]
#[allow(unreachable_pub, dead_code, reason = "a module of the crate, compiled here without it")]
mod magazine;

use std::{
    alloc::{GlobalAlloc, Layout},
    collections::HashMap,
    sync::mpsc,
    thread,
};

#[global_allocator]
static ALLOCATOR: magazine::Magazines = magazine::Magazines;

/// Numbers by lot that are the same every time.
struct Lot(u64);

impl Lot {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % below as u64) as usize
    }
}

fn filled(mark: u8, length: usize) -> Vec<u8> {
    vec![mark; length]
}

#[test]
fn what_one_thread_takes_others_let_go() {
    let seed = 0x9e37_79b9_7f4a_7c15;
    println!("seed {seed:#x}");
    let rounds: usize = 40_000;
    let (ends, starts): (Vec<_>, Vec<_>) = (0..4).map(|_| mpsc::channel::<(u8, Vec<u8>)>()).unzip();
    let threads: Vec<_> = starts
        .into_iter()
        .enumerate()
        .map(|(number, inbox)| {
            let others = ends.clone();
            thread::spawn(move || {
                let mut lot = Lot(seed + number as u64);
                let mut held: Vec<(u8, Vec<u8>)> = Vec::new();
                for round in 0..rounds {
                    let mark = (round % 251) as u8;
                    let mut block = filled(mark, 1 + lot.next(3000));
                    if lot.next(4) == 0 {
                        let grown = lot.next(3000);
                        block.resize(block.len().max(grown), mark);
                        block.shrink_to_fit();
                    }
                    match lot.next(3) {
                        0 => drop(block),
                        1 => held.push((mark, block)),
                        _ => others[lot.next(4)].send((mark, block)).unwrap_or(()),
                    }
                    for (mark, block) in inbox.try_iter().take(4).chain((held.len() > 500).then(|| held.swap_remove(0)))
                    {
                        assert!(block.iter().all(|byte| *byte == mark), "a block was written by somebody else");
                    }
                }
                drop(others);
                for (mark, block) in held.into_iter().chain(inbox.try_iter()) {
                    assert!(block.iter().all(|byte| *byte == mark));
                }
            })
        })
        .collect();
    drop(ends);
    for thread in threads {
        thread.join().unwrap();
    }
}

#[test]
fn threads_that_end_give_back_what_they_had() {
    for _ in 0..200 {
        let made = thread::spawn(|| (0..300).map(|at| filled(7, at)).collect::<Vec<_>>()).join().unwrap();
        assert!(made.iter().enumerate().all(|(length, block)| block.len() == length));
    }
}

#[test]
fn every_size_is_aligned_distinct_and_zero_when_asked_for() {
    let mut seen = HashMap::new();
    for size in 1..=5000_usize {
        for align in [1, 8, 16, 64] {
            let layout = Layout::from_size_align(size, align).unwrap();
            // SAFETY: the layout is not empty; each block is let go below, once, by the layout it then has.
            unsafe {
                let block = ALLOCATOR.alloc(layout);
                assert_eq!(block as usize % align, 0);
                block.write_bytes(0xaa, size);
                let block = ALLOCATOR.realloc(block, layout, size + 1);
                assert!((0..size).all(|at| *block.add(at) == 0xaa));
                block.write_bytes(0xbb, size + 1);
                seen.insert(block as usize, Layout::from_size_align(size + 1, align).unwrap());
                let zeroed = ALLOCATOR.alloc_zeroed(layout);
                assert!((0..size).all(|at| *zeroed.add(at) == 0));
                assert!(!seen.contains_key(&(zeroed as usize)));
                ALLOCATOR.dealloc(zeroed, layout);
            }
        }
    }
    let mut blocks: Vec<_> = seen.iter().map(|(start, layout)| (*start, layout.size())).collect();
    blocks.sort_unstable();
    assert!(blocks.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0), "two blocks overlap");
    for (start, layout) in seen {
        // SAFETY: see above.
        unsafe { ALLOCATOR.dealloc(start as *mut u8, layout) };
    }
}
