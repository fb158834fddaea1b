//! The order in which a connection's requests are answered: the order in which they were sent.
//!
//! - A turn begins when a request is handed to the socket and ends when its last answer has been read.
//! - The first turn is the one that the server works on, as far as can be known here.
//! - A turn that was stopped stays in its place until the server is through with it.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// A turn's number, never used twice on one connection.
pub(crate) type Turn = u64;

struct Entry {
    turn: Turn,
    stopped: bool,
    /// Since when it is the first.
    first_since: Instant,
}

#[derive(Default)]
struct Line {
    entries: VecDeque<Entry>,
    next: Turn,
    /// Somebody is busy cancelling: nothing new is sent until the line is empty.
    draining: bool,
}

/// The turns of one connection.
#[derive(Default)]
pub(crate) struct Turns {
    line: Mutex<Line>,
    /// Told when a turn has ended.
    pub(crate) ended: Notify,
}

/// What a canceller has to do next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// This turn was stopped and the server works on it.
    Cancel(Turn),
    /// A turn that was stopped is not the first yet.
    Wait,
    /// No turn is stopped, but some are under way.
    Rest,
    /// Nothing is under way.
    Empty,
}

impl Turns {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next turn and sends its request, with nobody between the two.
    pub(crate) fn take<T>(&self, send: impl FnOnce() -> T) -> (Turn, T) {
        let mut line = self.line();
        let turn = line.next;
        line.next += 1;
        line.entries.push_back(Entry { turn, stopped: false, first_since: Instant::now() });
        (turn, send())
    }

    /// Ends a turn and says how long it was the first.
    pub(crate) fn end(&self, turn: Turn) -> Duration {
        let mut line = self.line();
        let now = Instant::now();
        let mut time = Duration::ZERO;
        if let Some(place) = line.entries.iter().position(|entry| entry.turn == turn)
            && let Some(entry) = line.entries.remove(place)
            && place == 0
        {
            time = now - entry.first_since;
            if let Some(first) = line.entries.front_mut() {
                first.first_since = now;
            }
        }
        drop(line);
        self.ended.notify_waiters();
        time
    }

    /// Nobody wants its answer any more. True: from now on the line is drained, and the caller has to see to it.
    pub(crate) fn stop(&self, turn: Turn) -> bool {
        let mut line = self.line();
        let Some(entry) = line.entries.iter_mut().find(|entry| entry.turn == turn) else { return false };
        entry.stopped = true;
        !std::mem::replace(&mut line.draining, true)
    }

    /// Whether nothing may be sent now, because a cancel request is, or may be, on its way.
    pub(crate) fn draining(&self) -> bool {
        self.line().draining
    }

    /// How long the server has been working on the first.
    pub(crate) fn age(&self) -> Duration {
        self.line().entries.front().map_or(Duration::ZERO, |entry| entry.first_since.elapsed())
    }

    /// What to do next; once nothing is left, the line is open again.
    pub(crate) fn next(&self) -> Next {
        let mut line = self.line();
        match line.entries.front() {
            None => {
                line.draining = false;
                Next::Empty
            }
            Some(first) if first.stopped => Next::Cancel(first.turn),
            Some(_) if line.entries.iter().any(|entry| entry.stopped) => Next::Wait,
            Some(_) => Next::Rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_of_the_line_is_cancelled() {
        let turns = Turns::default();
        let (first, ()) = turns.take(|| ());
        let (second, ()) = turns.take(|| ());
        assert_eq!(turns.next(), Next::Rest);
        assert!(turns.stop(second), "who stops the first has to drain");
        assert!(!turns.stop(second));
        assert_eq!(turns.next(), Next::Wait);
        assert!(turns.draining());
        turns.end(first);
        assert_eq!(turns.next(), Next::Cancel(second));
        turns.end(second);
        assert!(turns.draining());
        assert_eq!(turns.next(), Next::Empty);
        assert!(!turns.draining());
    }

    #[test]
    fn a_turn_is_as_old_as_the_time_it_was_the_first() {
        let turns = Turns::default();
        let (first, ()) = turns.take(|| ());
        let (second, ()) = turns.take(|| ());
        std::thread::sleep(Duration::from_millis(20));
        assert!(turns.end(first) >= Duration::from_millis(20));
        assert!(turns.end(second) < Duration::from_millis(20));
    }
}
