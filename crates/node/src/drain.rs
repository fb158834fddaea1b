//! Delivering to JavaScript what other threads have queued.
//!
//! In order, in batches: results of one copy that follow each other cross in one call. One drain takes at most
//! [`ITEMS`] items or [`SPAN`]; the rest continues in the event loop's next phase, so that timers and I/O get their turn.

use std::{
    rc::Rc,
    time::{Duration, Instant},
};

use ferrule_core::{
    callback::removed,
    contained::drop_contained,
    error::{BoundaryError, code},
    handle::Handle,
};
use napi_sys as sys;

use crate::{
    callback::{self, Function, QueuedCall},
    convert::Carried,
    copy::{CopyState, Hook},
    environment::{EnvState, Message, Outcome},
    failure::{Failure, error_arguments},
    js::{self, Raw},
    log, panic,
    scope::Scope,
    system::{Export, Item},
};

const ITEMS: usize = 1024;
const SPAN: Duration = Duration::from_millis(2);
/// Results that cross in one call: two arguments each, well within what a JavaScript call may have.
const BATCH: usize = 256;
/// Queued calls after which their places in the queue are given back.
const RUN: usize = 64;
/// How many items pass between two looks at the clock.
const CLOCK: usize = 32;

/// `later` has what is left fetched in a later turn of the event loop.
pub(crate) fn drain(state: &EnvState, later: fn(&EnvState)) {
    // A blocking handler may run an event loop of its own making (worker.receive and the like): one drain at a time.
    if state.draining.replace(true) {
        return;
    }
    let started = Instant::now();
    let Ok(nothing) = js::undefined(state.env) else { return state.draining.set(false) };
    let mut batch = Batch::new(state, nothing);
    let mut items = 0;
    let mut lowered = false;
    let more = loop {
        if items == ITEMS || (items % CLOCK == CLOCK - 1 && started.elapsed() > SPAN) {
            // The flag stays raised: nobody wakes a thread that will come back by itself.
            break !state.shared.queue().is_empty() || !lowered;
        }
        match state.shared.queue().pop() {
            Some(message) => {
                items += 1;
                batch.take(message);
            }
            // Lowered only once empty, then looked at again: a push in between has asked for a wake or is found here.
            None if !lowered => {
                state.shared.queue().start_drain();
                lowered = true;
            }
            None => break false,
        }
    };
    let thrown = batch.end();
    state.draining.set(false);
    if more {
        later(state);
    }
    for error in thrown {
        // SAFETY: the value belongs to this callback's handle scope. Node reports it as uncaught.
        unsafe { sys::napi_fatal_exception(state.env, error) };
    }
}

struct Batch<'state> {
    state: &'state EnvState,
    copy: Option<Rc<CopyState>>,
    settled: Vec<Raw>,
    arguments: Vec<Raw>,
    thrown: Vec<Raw>,
    run: Option<Run>,
    nothing: Raw,
}

/// Queued calls of one function that follow each other.
struct Run {
    id: Handle,
    function: Raw,
    copy: Rc<CopyState>,
    calls: usize,
}

impl<'state> Batch<'state> {
    fn new(state: &'state EnvState, nothing: Raw) -> Self {
        Self { state, copy: None, settled: Vec::new(), arguments: Vec::new(), thrown: Vec::new(), run: None, nothing }
    }

    fn end(mut self) -> Vec<Raw> {
        self.flush();
        self.end_run();
        self.thrown
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Settled { copy, call, outcome } => self.settle(copy, call, outcome),
            Message::Queued(call) => {
                self.flush();
                self.queued(call);
            }
            Message::Blocking { call, reply, convert } => {
                self.flush();
                self.state.replies.borrow_mut().insert(reply, convert);
                if let Err(error) = self.blocking(call, reply) {
                    self.state.replies.borrow_mut().remove(&reply);
                    self.state.shared.waiters.answer(reply, Err(error));
                }
            }
            Message::Withdrawn(reply) => {
                self.state.replies.borrow_mut().remove(&reply);
            }
            Message::Remove(id) => {
                let removed = self.state.callbacks.borrow_mut().remove(id);
                drop(removed);
            }
            Message::Forget(thrown) => {
                let forgotten = self.state.thrown.borrow_mut().remove(&thrown);
                drop(forgotten);
            }
            Message::Log(event) => {
                self.flush();
                self.log(&event);
            }
        }
    }

    fn settle(&mut self, copy: u32, call: u32, outcome: Outcome) {
        let current = self.copy.as_ref().filter(|current| current.id == copy);
        let Some(copy) = current.map_or_else(|| self.state.copy(copy), |current| Some(Rc::clone(current))) else {
            return drop_contained(outcome);
        };
        if self.copy.as_ref().is_some_and(|current| current.id != copy.id) || self.settled.len() >= 2 * BATCH {
            self.flush();
        }
        let panicked = matches!(&outcome, Outcome::Error(error) if error.code == code::PANIC);
        let Some((item, stopped)) = copy.finish(call, panicked) else { return drop_contained(outcome) };
        let result = match (outcome, stopped) {
            // Stopped between its end and here. Its caller takes no result any more: an object would live with nobody to end it.
            (Outcome::Value(carried), Some(stop)) => {
                drop_contained(carried);
                Err(stop.into())
            }
            (Outcome::Value(carried), None) => self.value(&copy, item, carried),
            (Outcome::Error(error), _) => Err(error),
        };
        let value = result.and_then(|value| {
            js::uint32(self.state.env, call)
                .map(|number| (number, value))
                .map_err(|_| BoundaryError::new(code::RESOURCE_EXHAUSTED, "the JavaScript engine refused a value"))
        });
        match value {
            Ok((number, value)) => {
                self.copy = Some(copy);
                self.settled.extend([number, value]);
            }
            Err(error) => {
                self.flush();
                self.fail(copy, item, call, &error);
            }
        }
    }

    fn value(&self, copy: &Rc<CopyState>, item: &'static Item, carried: Carried) -> Result<Raw, BoundaryError> {
        let env = self.state.env;
        let simple = match carried {
            Carried::Undefined => js::undefined(env),
            Carried::Bool(yes) => js::boolean(env, yes),
            Carried::Number(number) => js::double(env, number),
            Carried::Later(make) => {
                let export = Export { copy: Rc::clone(copy), item };
                let scope = Scope::delivering(&export);
                // The value's own code runs here (its size, its destructor), with no trampoline around it.
                return panic::guard(|| make(&scope))
                    .and_then(|made| made.map_err(|failure| failure.into_boundary_error(&scope)));
            }
        };
        simple.map_err(|_| BoundaryError::new(code::RESOURCE_EXHAUSTED, "the JavaScript engine refused a value"))
    }

    fn flush(&mut self) {
        let Some(copy) = self.copy.take() else { return };
        let settled = std::mem::take(&mut self.settled);
        self.call_hook(&copy, Hook::Settle, &settled);
        self.settled = settled;
        self.settled.clear();
    }

    fn fail(&mut self, copy: Rc<CopyState>, item: &'static Item, call: u32, error: &BoundaryError) {
        let export = Export { copy, item };
        let scope = Scope::delivering(&export);
        let number = js::uint32(self.state.env, call);
        if let (Ok(number), Ok(arguments)) = (number, error_arguments(&scope, error)) {
            let arguments: Vec<_> = std::iter::once(number).chain(arguments).collect();
            self.call_hook(&export.copy, Hook::Fail, &arguments);
        }
    }

    fn call_hook(&mut self, copy: &CopyState, hook: Hook, arguments: &[Raw]) {
        let env = self.state.env;
        if let Some(function) = copy.hook(hook)
            && js::call(env, self.nothing, function, arguments).is_err()
        {
            self.thrown.extend(js::take_exception(env));
        }
    }

    fn look_up(&self, id: Handle) -> Result<(Raw, Rc<CopyState>), BoundaryError> {
        let callbacks = self.state.callbacks.borrow();
        let Function { reference, copy, .. } = callbacks.get(id)?;
        Ok((reference.get().ok_or_else(removed)?, Rc::clone(copy)))
    }

    /// A callback's arguments as values, in `self.arguments` after `before`.
    fn convert(&mut self, copy: &Rc<CopyState>, call: QueuedCall, before: &[Raw]) -> Result<(), BoundaryError> {
        self.arguments.clear();
        self.arguments.extend(before);
        let mut carried = call.arguments.into_iter().flatten();
        while let Some(argument) = carried.next() {
            match self.value(copy, callback::item(), argument) {
                Ok(value) => self.arguments.push(value),
                Err(error) => {
                    carried.for_each(drop_contained);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// The function of the run that a queued call belongs to, looked up once per run.
    fn in_run(&mut self, id: Handle) -> Option<(Raw, Rc<CopyState>)> {
        let same = self.run.as_ref().is_some_and(|run| run.id == id && run.calls < RUN);
        // One call of a run may have removed the function from under the next.
        if !same || self.state.callbacks.borrow().get(id).is_err() {
            self.end_run();
            // A call whose function was removed has nobody to go to, and nobody waits for it.
            let (function, copy) = self.look_up(id).ok()?;
            self.run = Some(Run { id, function, copy, calls: 0 });
        }
        let run = self.run.as_mut()?;
        run.calls += 1;
        Some((run.function, Rc::clone(&run.copy)))
    }

    fn end_run(&mut self) {
        if let Some(run) = self.run.take() {
            self.state.callbacks.borrow().delivered(run.id, run.calls);
        }
    }

    fn queued(&mut self, call: QueuedCall) {
        let Some((function, copy)) = self.in_run(call.id) else { return drop_contained(call) };
        let env = self.state.env;
        match self.convert(&copy, call, &[]) {
            Ok(()) => {
                if js::call(env, self.nothing, function, &self.arguments).is_err() {
                    self.thrown.extend(js::take_exception(env));
                }
            }
            // There is no caller to tell: it is reported as uncaught, as what a queued callback throws is.
            Err(error) => {
                let export = Export { copy, item: callback::item() };
                Failure::from(error).throw(&Scope::delivering(&export), &[]);
                self.thrown.extend(js::take_exception(env));
            }
        }
    }

    fn blocking(&mut self, call: QueuedCall, reply: u64) -> Result<(), BoundaryError> {
        self.end_run();
        let refused = |_| BoundaryError::new(code::RESOURCE_EXHAUSTED, "the JavaScript engine refused a value");
        let number = js::double(self.state.env, reply as f64).map_err(refused)?;
        let (function, copy) = self.look_up(call.id)?;
        self.convert(&copy, call, &[function, number])?;
        let arguments = std::mem::take(&mut self.arguments);
        self.state.handling_blocking.set(self.state.handling_blocking.get() + 1);
        self.call_hook(&copy, Hook::Answer, &arguments);
        self.state.handling_blocking.set(self.state.handling_blocking.get() - 1);
        self.arguments = arguments;
        Ok(())
    }

    fn log(&mut self, event: &log::Event) {
        event.delivered();
        let Some(copy) = self.state.copy(event.copy) else { return };
        if let Ok(arguments) = event.arguments(self.state.env) {
            self.call_hook(&copy, Hook::Log, &arguments);
        }
    }
}
