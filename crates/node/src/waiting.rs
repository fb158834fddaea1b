//! Calls that wait for an object: first in, first out, per object.

use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
};

use ferrule_core::{cancel::Stop, contained::drop_contained, error::BoundaryError, handle::Handle};

use crate::environment::{EnvState, Message, Outcome};

type Start = Box<dyn FnOnce(&EnvState) -> Result<(), BoundaryError>>;

/// A call whose object is in use.
pub(crate) struct Waiting {
    pub(crate) copy: u32,
    pub(crate) call: u32,
    pub(crate) exclusive: bool,
    /// Borrows the object and sets the call going.
    pub(crate) start: Start,
}

#[derive(Default)]
pub(crate) struct WaitingCalls(RefCell<HashMap<Handle, VecDeque<Waiting>>>);

impl WaitingCalls {
    pub(crate) fn clear(&self) {
        for call in self.0.take().into_values().flatten() {
            drop_contained(call);
        }
    }
}

impl EnvState {
    pub(crate) fn is_waited_for(&self, handle: Handle) -> bool {
        self.waiting.0.borrow().contains_key(&handle)
    }

    pub(crate) fn wait(&self, handle: Handle, waiting: Waiting) {
        self.waiting.0.borrow_mut().entry(handle).or_default().push_back(waiting);
    }

    /// A use of the object ended: starts those who waited for it, as many as fit together.
    #[inline]
    pub(crate) fn start_waiting(&self, handle: Handle) {
        if !self.waiting.0.borrow().is_empty() {
            self.start_next(handle);
        }
    }

    #[cold]
    fn start_next(&self, handle: Handle) {
        while let Some(next) = self.next_startable(handle) {
            let (copy, call) = (next.copy, next.call);
            if let Err(error) = (next.start)(self) {
                self.settle_later(copy, call, Outcome::Error(error));
            }
        }
    }

    fn next_startable(&self, handle: Handle) -> Option<Waiting> {
        let mut all = self.waiting.0.borrow_mut();
        let queue = all.get_mut(&handle)?;
        let startable = queue.front().is_some_and(|next| !self.table.borrow().is_busy(handle, next.exclusive));
        let next = if startable { queue.pop_front() } else { None };
        if queue.is_empty() {
            all.remove(&handle);
        }
        next
    }

    /// A waiting call was aborted: it leaves the queue at once.
    pub(crate) fn stop_waiting(&self, handle: Handle, copy: u32, call: u32) {
        let mut all = self.waiting.0.borrow_mut();
        let Some(queue) = all.get_mut(&handle) else { return };
        let Some(place) = queue.iter().position(|waiting| waiting.copy == copy && waiting.call == call) else { return };
        let stopped = queue.remove(place);
        if queue.is_empty() {
            all.remove(&handle);
        }
        drop(all);
        drop_contained(stopped);
        self.settle_later(copy, call, Outcome::Error(Stop::Aborted.into()));
    }

    fn settle_later(&self, copy: u32, call: u32, outcome: Outcome) {
        let _ = self.shared.deliver(Message::Settled { copy, call, outcome });
    }
}
