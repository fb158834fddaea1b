//! The call under way on a connection: what SQLite asks, between its steps, whether to go on.
//!
//! A call puts its own question here before it begins and takes it away when it ends, so a call that was stopped can never
//! stop the next one.

use std::{
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::error::Stop;

/// Whether to go on.
pub(super) type Question = Box<dyn Fn() -> Result<(), Stop> + Send>;

/// How many steps of SQLite's machine run between two questions: some ten microseconds.
pub(super) const STEPS: i32 = 2000;

/// How long a call sleeps between two looks at a lock, growing from the first to the last.
const NAPS: [u64; 6] = [1, 2, 5, 10, 15, 25];

#[derive(Default)]
struct State {
    question: Option<Question>,
    waiting_since: Option<Instant>,
}

/// Shared by a connection and SQLite's handlers on it.
pub(super) struct Call {
    state: Mutex<State>,
    /// How long a call waits for a lock that another connection has.
    busy: Duration,
}

impl Call {
    pub(super) fn new(busy: Duration) -> Arc<Self> {
        Arc::new(Self { state: Mutex::default(), busy })
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the question for as long as the guard lives.
    pub(super) fn begin(self: &Arc<Self>, question: Question) -> Running {
        self.state().question = Some(question);
        Running(Arc::clone(self))
    }

    /// Whether the call under way was stopped; without a question it never is.
    pub(super) fn is_stopped(&self) -> bool {
        self.state().question.as_ref().is_some_and(|question| question().is_err())
    }

    /// Whether to look at a lock again, after a nap.
    pub(super) fn wait_for_lock(&self, looks: i32) -> bool {
        let left = {
            let mut state = self.state();
            if looks == 0 {
                state.waiting_since = Some(Instant::now());
            }
            let since = *state.waiting_since.get_or_insert_with(Instant::now);
            self.busy.saturating_sub(since.elapsed())
        };
        if left.is_zero() || self.is_stopped() {
            return false;
        }
        let nap = NAPS[usize::try_from(looks).unwrap_or(0).min(NAPS.len() - 1)];
        thread::sleep(left.min(Duration::from_millis(nap)));
        !self.is_stopped()
    }
}

/// A call under way: over when this is dropped.
pub(super) struct Running(Arc<Call>);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.state().question = None;
    }
}
