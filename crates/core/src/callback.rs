//! JavaScript functions as native code sees them.
//!
//! The functions themselves stay on the JavaScript thread, in a [`Registry`] under generation-tagged ids. Other threads
//! hold a [`Line`]: what they need to know before they queue a call. Answers of blocking calls come back through
//! [`Waiters`], which also refuses them where waiting could never end.

use std::{
    collections::HashMap,
    task::{Context, Poll, Wake, Waker},
    time::{Duration, Instant},
};

use crate::{
    cancel::{CancelToken, Stop},
    error::{BoundaryError, code},
    handle::{Handle, HandleError, Table, Value},
    sync::{Arc, AtomicBool, AtomicUsize, Condvar, Mutex, MutexGuard, Ordering},
};

/// Who may call a function, and what the caller gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// On the JavaScript thread only, inside a native call; returns a value.
    Sync,
    /// From any thread; the caller waits for the answer.
    Blocking,
    /// From any thread; no answer, never waits. With `capacity` calls undelivered, further ones are refused and counted.
    Queued {
        /// The most undelivered calls.
        capacity: usize,
    },
}

/// One registered function, seen from other threads.
pub struct Line {
    /// The id in its environment's registry.
    pub id: Handle,
    /// Its policy.
    pub policy: Policy,
    removed: AtomicBool,
    undelivered: AtomicUsize,
    refused: AtomicUsize,
}

impl Line {
    fn new(id: Handle, policy: Policy) -> Self {
        Self {
            id,
            policy,
            removed: AtomicBool::new(false),
            undelivered: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
        }
    }

    /// Takes a place in the queue, to be given back by [`Line::delivered`].
    pub fn reserve(&self) -> Result<(), BoundaryError> {
        if self.removed.load(Ordering::Acquire) {
            return Err(removed());
        }
        let Policy::Queued { capacity } = self.policy else { return Ok(()) };
        if self.undelivered.fetch_add(1, Ordering::AcqRel) < capacity {
            return Ok(());
        }
        self.undelivered.fetch_sub(1, Ordering::AcqRel);
        self.refused.fetch_add(1, Ordering::Relaxed);
        Err(BoundaryError::new(
            code::QUEUE_FULL,
            format!("{capacity} calls of this callback wait for JavaScript; this one was refused and counted"),
        ))
    }

    /// So many queued calls reached JavaScript or were dropped.
    pub fn delivered(&self, calls: usize) {
        if matches!(self.policy, Policy::Queued { .. }) {
            self.undelivered.fetch_sub(calls, Ordering::AcqRel);
        }
    }

    /// How many calls found the queue full.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    /// How many calls wait for delivery.
    pub fn undelivered(&self) -> usize {
        self.undelivered.load(Ordering::Acquire)
    }
}

/// The error of a call to a function that is gone.
#[cold]
pub fn removed() -> BoundaryError {
    BoundaryError::new(code::CALLBACK_REMOVED, "the callback was removed; register it again before calling it")
}

struct Entry<F> {
    function: F,
    line: Arc<Line>,
}

/// The functions of one environment: strong roots, ids never reused. JavaScript thread only.
pub struct Registry<F> {
    /// Issues the ids and refuses stale ones.
    table: Table,
    /// The functions, by the index in their id.
    entries: Vec<Option<Entry<F>>>,
    held: usize,
}

impl<F> Registry<F> {
    /// An empty registry; ids are drawn as the handle table draws them.
    pub fn new(seed: u64) -> Self {
        Self { table: Table::new(seed), entries: Vec::new(), held: 0 }
    }

    /// Registers a function.
    pub fn add(&mut self, function: F, policy: Policy) -> Result<Arc<Line>, HandleError> {
        let id = self.table.insert("callback", Value::Bound(Box::new(())), 0, None)?;
        let line = Arc::new(Line::new(id, policy));
        let index = id.index();
        if index >= self.entries.len() {
            self.entries.resize_with(index + 1, || None);
        }
        self.entries[index] = Some(Entry { function, line: Arc::clone(&line) });
        self.held += 1;
        Ok(line)
    }

    fn entry(&self, id: Handle) -> Option<&Entry<F>> {
        self.entries.get(id.index())?.as_ref().filter(|entry| entry.line.id == id)
    }

    /// The function behind an id.
    pub fn get(&self, id: Handle) -> Result<&F, BoundaryError> {
        self.entry(id).map(|entry| &entry.function).ok_or_else(removed)
    }

    /// So many queued calls of a function reached JavaScript.
    pub fn delivered(&self, id: Handle, calls: usize) {
        if let Some(entry) = self.entry(id) {
            entry.line.delivered(calls);
        }
    }

    /// Forgets a function; its line refuses from now on. Removing twice is fine.
    pub fn remove(&mut self, id: Handle) -> Option<F> {
        self.entry(id)?;
        let entry = self.entries.get_mut(id.index()).and_then(Option::take)?;
        entry.line.removed.store(true, Ordering::Release);
        self.held -= 1;
        drop(self.table.abandon(id));
        Some(entry.function)
    }

    /// Forgets all functions.
    pub fn clear(&mut self) -> Vec<F> {
        let ids: Vec<_> = self.entries.iter().flatten().map(|entry| entry.line.id).collect();
        ids.into_iter().filter_map(|id| self.remove(id)).collect()
    }

    /// How many functions are held.
    pub fn len(&self) -> usize {
        self.held
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.held == 0
    }

    /// Calls refused because a queue was full, over the functions held now.
    pub fn refused(&self) -> usize {
        self.entries.iter().flatten().map(|entry| entry.line.refused()).sum()
    }
}

enum Answer<R> {
    Awaited,
    Given(Result<R, BoundaryError>),
    Taken,
}

struct Slot<R> {
    answer: Answer<R>,
    /// The token woke the waiter, which has not looked at it since.
    woken: bool,
}

struct Reply<R> {
    slot: Mutex<Slot<R>>,
    changed: Condvar,
}

impl<R> Reply<R> {
    fn slot(&self) -> MutexGuard<'_, Slot<R>> {
        self.slot.lock().expect("no user code runs under this lock")
    }

    fn give(&self, answer: Result<R, BoundaryError>) {
        let mut slot = self.slot();
        if matches!(slot.answer, Answer::Awaited) {
            slot.answer = Answer::Given(answer);
        }
        drop(slot);
        self.changed.notify_all();
    }
}

/// Wakes the waiting thread when its token is stopped.
struct WakeReply<R>(Arc<Reply<R>>);

impl<R: Send + 'static> Wake for WakeReply<R> {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.slot().woken = true;
        self.0.changed.notify_all();
    }
}

struct Book<R> {
    next: u64,
    open: HashMap<u64, Arc<Reply<R>>>,
    /// How many `waits` calls the JavaScript thread is inside.
    javascript_waits: usize,
    closed: bool,
}

/// Blocking calls that wait for JavaScript's answer.
///
/// Every one ends: by its answer, its deadline, its token, by teardown, or because the JavaScript thread itself starts to
/// wait, which would leave both waiting for ever.
pub struct Waiters<R> {
    book: Mutex<Book<R>>,
}

/// One call's place in [`Waiters`].
pub struct Waiter<R> {
    /// The number its answer is addressed to.
    pub id: u64,
    reply: Arc<Reply<R>>,
}

impl<R: Send + 'static> Waiters<R> {
    /// Nobody waits.
    pub fn new() -> Self {
        Self { book: Mutex::new(Book { next: 1, open: HashMap::new(), javascript_waits: 0, closed: false }) }
    }

    fn with_book<T>(&self, look: impl FnOnce(&mut Book<R>) -> T) -> T {
        look(&mut self.book.lock().expect("no user code runs under this lock"))
    }

    /// Takes a place, before the call is queued.
    pub fn register(&self) -> Result<Waiter<R>, BoundaryError> {
        self.with_book(|book| {
            if book.closed {
                return Err(Stop::Closed.into());
            }
            if book.javascript_waits > 0 {
                return Err(would_deadlock());
            }
            let reply = Arc::new(Reply {
                slot: Mutex::new(Slot { answer: Answer::Awaited, woken: false }),
                changed: Condvar::new(),
            });
            let id = book.next;
            book.next += 1;
            book.open.insert(id, Arc::clone(&reply));
            Ok(Waiter { id, reply })
        })
    }

    /// Delivers an answer. False: nobody waits for it any more.
    pub fn answer(&self, id: u64, answer: Result<R, BoundaryError>) -> bool {
        let reply = self.with_book(|book| book.open.remove(&id));
        reply.map(|reply| reply.give(answer)).is_some()
    }

    /// Waits for the answer; forgets the call whichever way it ends.
    pub fn wait(&self, waiter: &Waiter<R>, token: Option<&CancelToken>) -> Result<R, BoundaryError> {
        let outcome = waiter.wait(token);
        self.with_book(|book| book.open.remove(&waiter.id));
        outcome
    }

    /// The JavaScript thread starts to wait: refuses everybody who waits for it, now and until [`end_wait`](Self::end_wait).
    pub fn begin_wait(&self) {
        self.refuse_open(|book| book.javascript_waits += 1, would_deadlock);
    }

    /// The JavaScript thread is back.
    pub fn end_wait(&self) {
        self.with_book(|book| book.javascript_waits -= 1);
    }

    /// Refuses everybody for good.
    pub fn close(&self) {
        self.refuse_open(|book| book.closed = true, || Stop::Closed.into());
    }

    fn refuse_open(&self, change: impl FnOnce(&mut Book<R>), reason: impl Fn() -> BoundaryError) {
        let refused: Vec<_> = self.with_book(|book| {
            change(book);
            book.open.drain().map(|(_, reply)| reply).collect()
        });
        for reply in refused {
            reply.give(Err(reason()));
        }
    }

    /// How many calls wait.
    pub fn len(&self) -> usize {
        self.with_book(|book| book.open.len())
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<R: Send + 'static> Default for Waiters<R> {
    fn default() -> Self {
        Self::new()
    }
}

#[cold]
fn would_deadlock() -> BoundaryError {
    BoundaryError::new(
        code::WOULD_DEADLOCK,
        "the JavaScript thread is waiting inside a native call and cannot answer; use the async door of that call, or a queued callback",
    )
}

impl<R: Send + 'static> Waiter<R> {
    fn wait(&self, token: Option<&CancelToken>) -> Result<R, BoundaryError> {
        let waker = Waker::from(std::sync::Arc::new(WakeReply(Arc::clone(&self.reply))));
        let mut context = Context::from_waker(&waker);
        loop {
            // Looked at without the lock: a stop at this very moment wakes from inside, and waking takes the lock.
            let look = token.map_or(Poll::Pending, |token| token.poll_stopped(&mut context));
            let mut slot = self.reply.slot();
            if !slot.woken && look.is_pending() && matches!(slot.answer, Answer::Awaited) {
                slot = match token {
                    None => self.reply.changed.wait(slot).expect("no user code runs under this lock"),
                    Some(token) => {
                        let left = token.deadline().map(|deadline| deadline.saturating_duration_since(Instant::now()));
                        let patience = left.unwrap_or(Duration::from_secs(3600));
                        self.reply.changed.wait_timeout(slot, patience).expect("no user code runs under this lock").0
                    }
                };
            }
            slot.woken = false;
            if matches!(slot.answer, Answer::Given(_)) {
                let Answer::Given(answer) = std::mem::replace(&mut slot.answer, Answer::Taken) else { unreachable!() };
                return answer;
            }
            if let Poll::Ready(stop) = look {
                slot.answer = Answer::Taken;
                return Err(stop.into());
            }
        }
    }
}

#[cfg(all(test, not(ferrule_loom)))]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_removed_function_is_refused_under_its_old_id_for_ever() {
        let mut registry = Registry::new(7);
        let line = registry.add("first", Policy::Sync).unwrap();
        assert_eq!(registry.get(line.id), Ok(&"first"));
        assert_eq!(registry.remove(line.id), Some("first"));
        assert_eq!(registry.remove(line.id), None);
        let again = registry.add("second", Policy::Sync).unwrap();
        assert_ne!(again.id, line.id);
        assert_eq!(registry.get(line.id).unwrap_err().code, code::CALLBACK_REMOVED);
        assert_eq!(line.reserve().unwrap_err().code, code::CALLBACK_REMOVED);
        assert_eq!(registry.len(), 1);
        assert_eq!(registry.clear(), ["second"]);
        assert!(registry.is_empty());
    }

    #[test]
    fn a_full_queue_refuses_and_counts() {
        let mut registry = Registry::new(7);
        let line = registry.add((), Policy::Queued { capacity: 2 }).unwrap();
        line.reserve().unwrap();
        line.reserve().unwrap();
        assert_eq!(line.reserve().unwrap_err().code, code::QUEUE_FULL);
        assert_eq!((line.undelivered(), line.refused(), registry.refused()), (2, 1, 1));
        line.delivered(1);
        line.reserve().unwrap();
    }

    #[test]
    fn an_answer_reaches_the_thread_that_waits() {
        let waiters = std::sync::Arc::new(Waiters::new());
        let waiter = waiters.register().unwrap();
        let id = waiter.id;
        let answering = std::sync::Arc::clone(&waiters);
        let helper = thread::spawn(move || answering.answer(id, Ok("yes")));
        assert_eq!(waiters.wait(&waiter, None), Ok("yes"));
        assert!(helper.join().unwrap());
        assert!(!waiters.answer(id, Ok("again")), "an answer is taken once");
        assert!(waiters.is_empty());
    }

    #[test]
    fn waiting_ends_at_the_deadline() {
        let waiters = Waiters::<()>::new();
        let waiter = waiters.register().unwrap();
        let token = CancelToken::after(Some(Duration::from_millis(5)));
        assert_eq!(waiters.wait(&waiter, Some(&token)).unwrap_err().code, code::TIMEOUT);
        assert!(waiters.is_empty());
    }

    #[test]
    fn waiting_ends_when_the_token_is_stopped() {
        let waiters = Waiters::<()>::new();
        let waiter = waiters.register().unwrap();
        let token = CancelToken::new();
        let stopper = token.clone();
        let helper = thread::spawn(move || stopper.stop(Stop::Aborted));
        assert_eq!(waiters.wait(&waiter, Some(&token)).unwrap_err().code, code::ABORTED);
        helper.join().unwrap();
    }

    #[test]
    fn a_stop_at_the_moment_of_waiting_is_neither_lost_nor_a_deadlock() {
        let waiters = Waiters::<()>::new();
        for _ in 0..20_000 {
            let waiter = waiters.register().unwrap();
            let token = CancelToken::new();
            let stopper = token.clone();
            thread::scope(|scope| {
                scope.spawn(move || stopper.stop(Stop::Aborted));
                assert_eq!(waiters.wait(&waiter, Some(&token)).unwrap_err().code, code::ABORTED);
            });
        }
    }

    #[test]
    fn a_javascript_thread_that_waits_refuses_those_who_wait_for_it() {
        let waiters = Waiters::<()>::new();
        let early = waiters.register().unwrap();
        waiters.begin_wait();
        assert_eq!(waiters.wait(&early, None).unwrap_err().code, code::WOULD_DEADLOCK);
        assert_eq!(waiters.register().err().unwrap().code, code::WOULD_DEADLOCK);
        waiters.end_wait();
        assert!(waiters.register().is_ok());
    }

    #[test]
    fn teardown_refuses_everybody() {
        let waiters = Waiters::<()>::new();
        let early = waiters.register().unwrap();
        waiters.close();
        assert_eq!(waiters.wait(&early, None).unwrap_err().code, code::ENVIRONMENT_CLOSED);
        assert_eq!(waiters.register().err().unwrap().code, code::ENVIRONMENT_CLOSED);
    }
}
