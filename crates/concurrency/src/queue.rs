//! Bounded queues of bytes.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    error::Error,
    shared::{Registry, Watched},
};

/// Items that a queue may be asked to hold.
const MOST_ITEMS: u32 = 1 << 24;
/// Bytes that a queue may be asked to hold: what one array of JavaScript can be.
const MOST_BYTES: u64 = u32::MAX as u64;

static QUEUES: Registry<Shared> = Registry::new();

struct State {
    items: VecDeque<Vec<u8>>,
    bytes: u64,
    closed: bool,
}

struct Shared {
    id: u64,
    capacity: usize,
    max_bytes: u64,
    state: Watched<State>,
}

impl Shared {
    fn has_room(&self, state: &State, length: u64) -> bool {
        state.items.len() < self.capacity && state.bytes + length <= self.max_bytes
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        QUEUES.remove(self.id);
    }
}

/// A queue from any number of threads to any number of threads: first in, first out. It lives as long as a reference to it does.
pub struct Queue {
    shared: Arc<Shared>,
    left: AtomicBool,
}

impl Queue {
    /// An empty queue for `capacity` items, 1 to 16,777,216, of `max_bytes` bytes together, 1 to 4,294,967,295.
    pub fn new(capacity: u32, max_bytes: u64) -> Result<Queue, Error> {
        let range = |name, most, found| {
            if (1..=most).contains(&found) { Ok(()) } else { Err(Error::Range { name, least: 1, most, found }) }
        };
        range("capacity", MOST_ITEMS.into(), capacity.into())?;
        range("maxBytes", MOST_BYTES, max_bytes)?;
        let state = State { items: VecDeque::new(), bytes: 0, closed: false };
        let shared = QUEUES.add(|id| Shared { id, capacity: capacity as usize, max_bytes, state: Watched::new(state) });
        Ok(Queue::of(shared))
    }

    fn of(shared: Arc<Shared>) -> Queue {
        Queue { shared, left: AtomicBool::new(false) }
    }

    /// Another reference to the queue of that id.
    pub fn open(id: u64) -> Result<Queue, Error> {
        QUEUES.find(id).map(Queue::of).ok_or(Error::Unknown { what: "queue", id })
    }

    /// What [`open`](Self::open) finds it by.
    pub fn id(&self) -> u64 {
        self.shared.id
    }

    /// Adds an item behind all others.
    pub fn push(&self, item: &[u8]) -> Result<(), Error> {
        let length = self.fitting(item.len())?;
        let item = item.to_vec();
        let mut state = self.shared.state.lock();
        if state.closed {
            return Err(Error::Closed);
        }
        if !self.shared.has_room(&state, length) {
            return Err(Error::Full { items: state.items.len() as u64, bytes: state.bytes });
        }
        state.bytes += length;
        state.items.push_back(item);
        drop(state);
        self.shared.state.changed();
        Ok(())
    }

    /// Waits until an item of that many bytes can be added, the queue is closed, or this reference is [left](Self::leave):
    /// [`push`](Self::push) then says which.
    pub async fn room(&self, length: u64) -> Result<(), Error> {
        self.fitting(usize::try_from(length).unwrap_or(usize::MAX))?;
        let Shared { state, .. } = &*self.shared;
        state
            .until(|state| (state.closed || self.has_left() || self.shared.has_room(state, length)).then_some(()))
            .await;
        Ok(())
    }

    /// Takes the oldest item. None: the queue is empty.
    pub fn pop(&self) -> Option<Vec<u8>> {
        let mut state = self.shared.state.lock();
        let item = state.items.pop_front()?;
        state.bytes -= item.len() as u64;
        drop(state);
        self.shared.state.changed();
        Some(item)
    }

    /// Waits until there is an item, true, or will be none any more here, false.
    pub async fn ready(&self) -> bool {
        let ready = |state: &State| match (self.has_left(), state.items.is_empty()) {
            (true, _) => Some(false),
            (false, true) => state.closed.then_some(false),
            (false, false) => Some(true),
        };
        self.shared.state.until(ready).await
    }

    /// Whether there is nothing to take.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many items there are to take.
    pub fn len(&self) -> usize {
        self.shared.state.lock().items.len()
    }

    /// Takes nothing more; what is in it can still be taken. Whoever waits is told. Twice is fine.
    pub fn close(&self) {
        self.shared.state.lock().closed = true;
        self.shared.state.changed();
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.shared.state.lock().closed
    }

    /// Ends the waits of this reference; those of others go on.
    pub fn leave(&self) {
        self.left.store(true, Ordering::Release);
        // Through the lock, so that no waiter is between looking and sleeping.
        drop(self.shared.state.lock());
        self.shared.state.changed();
    }

    fn has_left(&self) -> bool {
        self.left.load(Ordering::Acquire)
    }

    fn fitting(&self, length: usize) -> Result<u64, Error> {
        let (bytes, limit) = (length as u64, self.shared.max_bytes);
        if bytes <= limit { Ok(bytes) } else { Err(Error::TooLarge { bytes, limit }) }
    }
}

#[cfg(test)]
mod tests {
    use std::{thread, time::Duration};

    use proptest::prelude::*;
    use tokio::time::timeout;

    use super::*;

    #[test]
    fn is_bounded_by_items_and_by_bytes() {
        let queue = Queue::new(2, 10).unwrap();
        queue.push(b"12345").unwrap();
        assert_eq!(queue.push(b"123456"), Err(Error::Full { items: 1, bytes: 5 }));
        queue.push(b"").unwrap();
        assert_eq!(queue.push(b""), Err(Error::Full { items: 2, bytes: 5 }));
        assert_eq!(queue.push(&[0; 11]), Err(Error::TooLarge { bytes: 11, limit: 10 }));
        assert_eq!((queue.pop(), queue.pop(), queue.pop()), (Some(b"12345".to_vec()), Some(Vec::new()), None));
        for (capacity, max_bytes) in [(0, 1), (MOST_ITEMS + 1, 1), (1, 0), (1, MOST_BYTES + 1)] {
            assert!(matches!(Queue::new(capacity, max_bytes), Err(Error::Range { .. })));
        }
    }

    #[test]
    fn is_found_by_its_id_while_somebody_has_it() {
        let queue = Queue::new(1, 1).unwrap();
        let id = queue.id();
        let other = Queue::open(id).unwrap();
        drop(queue);
        other.push(b"x").unwrap();
        assert_eq!(Queue::open(id).unwrap().pop(), Some(b"x".to_vec()));
        drop(other);
        assert_eq!(Queue::open(id).err(), Some(Error::Unknown { what: "queue", id }));
        assert!(!QUEUES.knows(id), "and leaves nothing behind");
    }

    #[test]
    fn closed_takes_nothing_and_gives_what_it_has() {
        let queue = Queue::new(2, 2).unwrap();
        queue.push(b"x").unwrap();
        queue.close();
        queue.close();
        assert_eq!(queue.push(b"y"), Err(Error::Closed));
        assert_eq!((queue.pop(), queue.pop(), queue.is_closed()), (Some(b"x".to_vec()), None, true));
    }

    #[tokio::test]
    async fn waiting_takes_nothing_and_a_waiter_that_gave_up_costs_nobody_an_item() {
        let queue = Queue::new(1, 1).unwrap();
        assert!(timeout(Duration::from_millis(5), queue.ready()).await.is_err());
        let (waited, ()) = tokio::join!(queue.ready(), async { queue.push(b"x").unwrap() });
        assert!(waited && queue.len() == 1);
        assert!(timeout(Duration::from_millis(5), queue.room(1)).await.is_err());
        let (room, item) = tokio::join!(queue.room(1), async { queue.pop() });
        assert_eq!((room, item), (Ok(()), Some(b"x".to_vec())));
        let (waited, ()) = tokio::join!(queue.ready(), async { queue.close() });
        assert!(!waited);
    }

    #[tokio::test]
    async fn leaving_ends_the_waits_of_one_reference_alone() {
        let queue = Queue::new(1, 1).unwrap();
        let other = Queue::open(queue.id()).unwrap();
        let (waited, ()) = tokio::join!(other.ready(), async { other.leave() });
        assert!(!waited);
        let (waited, ()) = tokio::join!(queue.ready(), async { queue.push(b"x").unwrap() });
        assert!(waited && !other.ready().await);
        other.room(1).await.unwrap();
    }

    #[test]
    fn loses_and_doubles_nothing_between_many_threads() {
        const EACH: u32 = 2_000;
        fn wait<R>(future: impl Future<Output = R>) -> R {
            tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
        }
        let queue = Queue::new(16, 1 << 20).unwrap();
        let mut taken: Vec<u32> = thread::scope(|scope| {
            let producers: Vec<_> = (0..4)
                .map(|producer| {
                    let queue = Queue::open(queue.id()).unwrap();
                    scope.spawn(move || {
                        for number in producer * EACH..(producer + 1) * EACH {
                            while queue.push(&number.to_le_bytes()).is_err() {
                                wait(queue.room(4)).unwrap();
                            }
                        }
                    })
                })
                .collect();
            let consumers: Vec<_> = (0..3)
                .map(|_| {
                    let queue = Queue::open(queue.id()).unwrap();
                    scope.spawn(move || {
                        let mut taken = Vec::new();
                        while wait(queue.ready()) {
                            taken.extend(queue.pop().map(|item| u32::from_le_bytes(item.try_into().unwrap())));
                        }
                        taken
                    })
                })
                .collect();
            for producer in producers {
                producer.join().unwrap();
            }
            queue.close();
            consumers.into_iter().flat_map(|consumer| consumer.join().unwrap()).collect()
        });
        taken.sort_unstable();
        assert!(taken.into_iter().eq(0..4 * EACH));
    }

    #[derive(Debug, Clone)]
    enum Step {
        Push(Vec<u8>),
        Pop,
    }

    proptest! {
        #[test]
        fn is_a_list_with_two_limits(
            capacity in 1_u32..8,
            max_bytes in 1_u64..64,
            steps in prop::collection::vec(
                prop_oneof![prop::collection::vec(any::<u8>(), 0..20).prop_map(Step::Push), Just(Step::Pop)],
                0..200,
            ),
        ) {
            let queue = Queue::new(capacity, max_bytes).unwrap();
            let mut model: VecDeque<Vec<u8>> = VecDeque::new();
            for step in steps {
                match step {
                    Step::Push(item) => {
                        let bytes: usize = model.iter().map(Vec::len).sum();
                        let fits = model.len() < capacity as usize && (bytes + item.len()) as u64 <= max_bytes;
                        prop_assert_eq!(queue.push(&item).is_ok(), fits);
                        if fits {
                            model.push_back(item);
                        }
                    }
                    Step::Pop => prop_assert_eq!(queue.pop(), model.pop_front()),
                }
                prop_assert_eq!((queue.len(), queue.is_empty()), (model.len(), model.is_empty()));
            }
        }
    }
}
