//! The pool's book: who has which connection, who waits, and who is next. No I/O happens here.
//!
//! - A ticket is given to every call in the order of arrival; the smallest that can be served is served first.
//! - `alone` calls have a member to themselves: it had nothing under way when they got it, and nobody joins.
//! - A call that needs a member alone and finds none reserves one: only calls with smaller tickets join it from then on.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use tokio::sync::oneshot;

use super::{error::Error, lease::Lease, pool::PoolState};

/// Statements that may be under way on one connection.
const DEPTH: usize = 32;
/// Below this much work a connection is filled before the next is used: answers that come together cost both ends least, and who
/// joins waits no longer than this.
const FILLED: Duration = Duration::from_micros(300);
/// Nobody joins a connection whose first statement has been running for longer.
pub(super) const YOUNG: Duration = Duration::from_millis(5);

/// How a connection is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Together with others that are as fast, for about so long.
    Share(Duration),
    /// With nobody else on it.
    Alone,
}

impl Need {
    fn shares(self) -> bool {
        matches!(self, Self::Share(_))
    }
}

/// What the book has to know of a connection.
pub(crate) trait Seat: Clone {
    /// It has ended.
    fn is_closed(&self) -> bool;
    /// It takes nothing new for the moment.
    fn is_draining(&self) -> bool;
    /// How long the first statement on it has been running.
    fn age(&self) -> Duration;
    /// Since when it is open.
    fn opened(&self) -> Instant;
}

/// One connection given to one call.
#[derive(Debug)]
pub(crate) struct Granted<S> {
    pub(crate) member: u64,
    pub(crate) seat: S,
}

/// Where a call that waits is told.
pub(crate) type Answer = oneshot::Sender<Result<Lease, Error>>;

struct Waiter {
    ticket: u64,
    need: Need,
    answer: Answer,
}

struct Member<S> {
    id: u64,
    seat: S,
    in_flight: usize,
    alone: bool,
    reserved: Option<u64>,
    checking: bool,
    /// It has answered since it became idle.
    checked: bool,
    idle_since: Instant,
}

impl<S: Seat> Member<S> {
    fn is_free_for(&self, ticket: u64) -> bool {
        !self.alone
            && !self.checking
            && self.reserved.is_none_or(|reserver| ticket <= reserver)
            && !self.seat.is_closed()
            && !self.seat.is_draining()
    }
}

/// See the module.
pub(crate) struct Members<S> {
    list: Vec<Member<S>>,
    sharers: VecDeque<Waiter>,
    loners: VecDeque<Waiter>,
    next: u64,
    max: usize,
    stale_after: Option<Duration>,
    stale: Vec<Granted<S>>,
    /// Whether the last one had to join a connection that had enough to do.
    pub(crate) crowded: bool,
    pub(crate) opening: usize,
    pub(crate) closed: bool,
    not_before: Option<Instant>,
}

impl<S: Seat> Members<S> {
    pub(crate) fn new(max: usize, stale_after: Option<Duration>) -> Self {
        Self {
            list: Vec::new(),
            sharers: VecDeque::new(),
            loners: VecDeque::new(),
            next: 0,
            max,
            stale_after,
            stale: Vec::new(),
            crowded: false,
            opening: 0,
            closed: false,
            not_before: None,
        }
    }

    pub(crate) fn add(&mut self, seat: S) {
        let id = self.ticket();
        let idle_since = Instant::now();
        self.list.push(Member {
            id,
            seat,
            in_flight: 0,
            alone: false,
            reserved: None,
            checking: false,
            checked: true,
            idle_since,
        });
    }

    fn ticket(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// A connection for a call that has just come, unless others wait for the same.
    pub(crate) fn take(&mut self, need: Need) -> Option<Granted<S>> {
        let line = if need.shares() { &self.sharers } else { &self.loners };
        if !line.is_empty() {
            return None;
        }
        let ticket = self.next + 1;
        self.place(need, ticket)
    }

    fn place(&mut self, need: Need, ticket: u64) -> Option<Granted<S>> {
        loop {
            let index = self.choose(need, ticket)?;
            let stale = self.stale_after;
            let member = &mut self.list[index];
            if member.in_flight == 0
                && !member.checked
                && stale.is_some_and(|limit| member.idle_since.elapsed() > limit)
            {
                member.checking = true;
                self.stale.push(Granted { member: member.id, seat: member.seat.clone() });
                continue;
            }
            member.in_flight += 1;
            member.alone = need == Need::Alone;
            if member.reserved == Some(ticket) {
                member.reserved = None;
            }
            return Some(Granted { member: member.id, seat: member.seat.clone() });
        }
    }

    /// The first that is not filled; then one that is idle; then the one with the least under way.
    fn choose(&mut self, need: Need, ticket: u64) -> Option<usize> {
        let (mut least, mut idle) = (None::<usize>, None);
        for (index, member) in self.list.iter().enumerate() {
            if !member.is_free_for(ticket) {
                continue;
            }
            if member.in_flight == 0 {
                idle = idle.or(Some(index));
                continue;
            }
            let Need::Share(time) = need else { continue };
            if member.in_flight < DEPTH
                && least.is_none_or(|least| member.in_flight < self.list[least].in_flight)
                && member.seat.age() < YOUNG
            {
                least = Some(index);
                if time * (member.in_flight as u32 + 1) <= FILLED {
                    self.crowded = false;
                    return least;
                }
            }
        }
        // Where all are filled another may be opened.
        self.crowded = idle.is_none();
        idle.or(least)
    }

    /// Puts a call into the line and gives its ticket.
    pub(crate) fn wait(&mut self, need: Need, answer: Answer) -> u64 {
        let ticket = self.ticket();
        let line = if need.shares() { &mut self.sharers } else { &mut self.loners };
        line.push_back(Waiter { ticket, need, answer });
        ticket
    }

    /// A call has left the line.
    pub(crate) fn leave(&mut self, ticket: u64) {
        self.sharers.retain(|waiter| waiter.ticket != ticket);
        self.loners.retain(|waiter| waiter.ticket != ticket);
        self.free_reservation(ticket);
    }

    fn free_reservation(&mut self, ticket: u64) {
        for member in &mut self.list {
            if member.reserved == Some(ticket) {
                member.reserved = None;
            }
        }
    }

    /// The next call that can be served now, with what it gets.
    pub(crate) fn serve(&mut self) -> Option<(Answer, Granted<S>)> {
        let ticket_of = |line: &VecDeque<Waiter>| line.front().map_or(u64::MAX, |waiter| waiter.ticket);
        let (sharer, loner) = (ticket_of(&self.sharers), ticket_of(&self.loners));
        let share = self.sharers.front().map_or(Need::Alone, |waiter| waiter.need);
        let order = if sharer < loner { [share, Need::Alone] } else { [Need::Alone, share] };
        for need in order {
            let ticket = if need.shares() { sharer } else { loner };
            if ticket == u64::MAX {
                continue;
            }
            if let Some(granted) = self.place(need, ticket) {
                let line = if need.shares() { &mut self.sharers } else { &mut self.loners };
                let waiter = line.pop_front()?;
                self.free_reservation(ticket);
                return Some((waiter.answer, granted));
            }
            if need == Need::Alone {
                self.reserve(ticket);
            }
        }
        None
    }

    /// Keeps a connection from being joined for ever: the one with the least under way is to run empty for this call.
    fn reserve(&mut self, ticket: u64) {
        if self.list.iter().any(|member| member.reserved == Some(ticket)) {
            return;
        }
        let candidates = self.list.iter_mut().filter(|member| member.reserved.is_none() && !member.alone);
        if let Some(member) = candidates.min_by_key(|member| member.in_flight) {
            member.reserved = Some(ticket);
        }
    }

    /// A call is done with its connection. What is no longer a member is handed back to be dropped outside of the lock.
    pub(crate) fn give_back(&mut self, id: u64) -> Option<S> {
        let index = self.list.iter().position(|member| member.id == id)?;
        let member = &mut self.list[index];
        member.in_flight = member.in_flight.saturating_sub(1);
        member.alone = false;
        member.checked = false;
        member.idle_since = Instant::now();
        let leaves = member.seat.is_closed() || (self.closed && member.in_flight == 0);
        leaves.then(|| self.list.swap_remove(index).seat)
    }

    /// Whether there are idle connections that have to be asked whether they still work.
    pub(crate) fn has_stale(&self) -> bool {
        !self.stale.is_empty()
    }

    /// See [`Members::has_stale`].
    pub(crate) fn take_stale(&mut self) -> Vec<Granted<S>> {
        std::mem::take(&mut self.stale)
    }

    /// Such a connection has answered.
    pub(crate) fn checked(&mut self, id: u64) {
        if let Some(member) = self.list.iter_mut().find(|member| member.id == id) {
            member.checking = false;
            member.checked = true;
            member.idle_since = Instant::now();
        }
    }

    /// How many connections to open now, and counts them as being opened.
    pub(crate) fn grow(&mut self, busy: bool) -> usize {
        if self.closed || self.not_before.is_some_and(|moment| moment > Instant::now()) {
            return 0;
        }
        let room = self.max.saturating_sub(self.list.len() + self.opening);
        let checking = self.list.iter().filter(|member| member.checking).count();
        let waiting = (self.sharers.len() + self.loners.len()).max(usize::from(busy));
        let more = waiting.saturating_sub(self.opening + checking).min(room);
        self.opening += more;
        more
    }

    /// Opening failed. Without any other connection nobody's wait can end well.
    pub(crate) fn failed_to_open(&mut self, pause: Duration) -> Vec<Answer> {
        self.opening -= 1;
        if !self.list.is_empty() {
            self.not_before = Some(Instant::now() + pause);
            return Vec::new();
        }
        if self.opening > 0 {
            return Vec::new();
        }
        self.all_waiters()
    }

    fn all_waiters(&mut self) -> Vec<Answer> {
        self.sharers.drain(..).chain(self.loners.drain(..)).map(|waiter| waiter.answer).collect()
    }

    /// Takes out what has ended by itself.
    pub(crate) fn remove_closed(&mut self) -> Vec<S> {
        self.remove(|member| member.seat.is_closed())
    }

    /// Takes out what was idle for too long, or is idle and too old; `min` stay.
    pub(crate) fn remove_old(&mut self, min: usize, idle: Option<Duration>, lifetime: Option<Duration>) -> Vec<S> {
        let mut spare = self.list.len().saturating_sub(min);
        self.remove(|member| {
            if member.in_flight > 0 || member.checking || member.reserved.is_some() {
                return false;
            }
            let old = lifetime.is_some_and(|limit| member.seat.opened().elapsed() > limit);
            let unused = spare > 0 && idle.is_some_and(|limit| member.idle_since.elapsed() > limit);
            if old || unused {
                spare = spare.saturating_sub(1);
            }
            old || unused
        })
    }

    fn remove(&mut self, leaves: impl FnMut(&mut Member<S>) -> bool) -> Vec<S> {
        self.list.extract_if(.., leaves).map(|member| member.seat).collect()
    }

    /// No more calls: gives those that wait, and what nobody uses.
    pub(crate) fn close(&mut self) -> (Vec<Answer>, Vec<S>) {
        self.closed = true;
        (self.all_waiters(), self.remove(|member| member.in_flight == 0))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len() + self.opening
    }

    pub(crate) fn anybody_waits(&self) -> bool {
        !self.sharers.is_empty() || !self.loners.is_empty()
    }

    pub(crate) fn state(&self) -> PoolState {
        let count = |which: fn(&Member<S>) -> bool| self.list.iter().filter(|member| which(member)).count() as u32;
        PoolState {
            open: self.list.len() as u32,
            idle: count(|member| member.in_flight == 0),
            owned: count(|member| member.alone),
            opening: self.opening as u32,
            waiting: (self.sharers.len() + self.loners.len()) as u32,
        }
    }

    /// What a call is told that waited for too long.
    pub(crate) fn timed_out(&self, waited: Duration) -> Error {
        let PoolState { open, idle, owned, waiting, .. } = self.state();
        let waited_ms = (waited.as_secs_f64() * 1000.0).round();
        Error::PoolTimeout { waited_ms, own: false, max: self.max as u32, open, busy: open - idle, owned, waiting }
    }
}
