//! What native threads deliver to JavaScript, in order, with one wake per batch.

use crossbeam_queue::SegQueue;

use crate::wake::WakeFlag;

/// An unbounded lock-free queue with a wake flag. Bounds belong to the producers: calls in flight are bounded by their
/// callers, queued callbacks by their own capacity.
pub struct Queue<T> {
    items: SegQueue<T>,
    flag: WakeFlag,
}

impl<T> Queue<T> {
    /// An empty queue.
    pub fn new() -> Self {
        Self { items: SegQueue::new(), flag: WakeFlag::new() }
    }

    /// Adds an item. True: the caller must wake the consumer.
    #[must_use = "the consumer sleeps until somebody wakes it"]
    pub fn push(&self, item: T) -> bool {
        self.items.push(item);
        self.flag.raise()
    }

    /// Call before draining with [`Queue::pop`].
    pub fn start_drain(&self) {
        self.flag.lower();
    }

    /// The oldest item.
    pub fn pop(&self) -> Option<T> {
        self.items.pop()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many items wait: exact when nobody pushes, else a moment's view.
    pub fn len(&self) -> usize {
        self.items.len()
    }
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self::new()
    }
}
