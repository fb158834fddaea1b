//! One copy of the package's TypeScript half, attached to an environment: its hooks, its scratch array, its calls in flight.

use std::{
    cell::{Cell, RefCell},
    ptr,
    rc::Rc,
};

use ferrule_core::{
    cancel::{CancelToken, Stop},
    contained::drop_contained,
    handle::Handle,
};
use napi_sys as sys;

use crate::{
    async_export::Loan,
    environment::EnvState,
    failure::Failure,
    js::{self, Raw, Reference, check},
    system::Item,
};

/// What one call in flight needs when it ends.
pub(crate) struct CallRecord {
    pub(crate) item: &'static Item,
    pub(crate) token: CancelToken,
    pub(crate) loans: Vec<Loan>,
    /// The object it waits for.
    pub(crate) waiting: Option<Handle>,
}

/// The typed array through which small lists of numbers cross.
pub(crate) struct Scratch {
    pub(crate) data: *mut u32,
    pub(crate) length: usize,
    reference: Reference,
}

impl Scratch {
    /// The same memory as doubles: half as many as it has elements.
    #[allow(clippy::cast_ptr_alignment, reason = "engines align a buffer for every element type there is")]
    pub(crate) fn doubles(&self) -> *mut f64 {
        self.data.cast()
    }
}

/// Elements of a scratch array: 4 KiB, hundreds of matches.
const SCRATCH: usize = 1024;

/// One copy of the TypeScript half.
pub(crate) struct CopyState {
    pub(crate) id: u32,
    pub(crate) state: Rc<EnvState>,
    /// The copy's hooks object: weak while nothing is under way, so that a copy whose module is gone can go too.
    hooks: RefCell<Option<Reference>>,
    pub(crate) scratch: RefCell<Option<Scratch>>,
    calls: RefCell<Vec<Option<CallRecord>>>,
    /// Keeps the copy alive while calls are in flight or functions registered.
    roots: Cell<usize>,
    rooted: RefCell<Option<Rc<CopyState>>>,
}

/// The copy's hooks by index, as `src/boundary/attach.ts` passes them.
#[derive(Clone, Copy)]
pub(crate) enum Hook {
    Error = 0,
    Settle = 1,
    Fail = 2,
    Answer = 3,
    Log = 4,
}

impl CopyState {
    pub(crate) fn attach(state: &Rc<EnvState>, hooks: Raw) -> Result<Rc<Self>, Failure> {
        let env = state.env;
        let (mut data, mut buffer, mut array) = (ptr::null_mut(), ptr::null_mut(), ptr::null_mut());
        // SAFETY: outputs live on this stack; the array covers the new buffer exactly.
        check(unsafe { sys::napi_create_arraybuffer(env, SCRATCH * 4, &raw mut data, &raw mut buffer) })?;
        // SAFETY: as above.
        check(unsafe {
            sys::napi_create_typedarray(env, sys::TypedarrayType::uint32_array, SCRATCH, buffer, 0, &raw mut array)
        })?;
        let scratch = Scratch { data: data.cast(), length: SCRATCH, reference: Reference::new(env, array, 1)? };
        let copy = Rc::new(Self {
            id: state.next_copy.replace(state.next_copy.get() + 1),
            state: Rc::clone(state),
            hooks: RefCell::new(Some(Reference::new(env, hooks, 0)?)),
            scratch: RefCell::new(Some(scratch)),
            calls: RefCell::default(),
            roots: Cell::new(0),
            rooted: RefCell::new(None),
        });
        let mut copies = state.copies.borrow_mut();
        copies.retain(|_, copy| copy.strong_count() > 0);
        copies.insert(copy.id, Rc::downgrade(&copy));
        drop(copies);
        Ok(copy)
    }

    pub(crate) fn scratch_array(&self) -> Option<Raw> {
        self.scratch.borrow().as_ref().and_then(|scratch| scratch.reference.get())
    }

    pub(crate) fn hook(&self, hook: Hook) -> Option<Raw> {
        let hooks = self.hooks.borrow().as_ref().and_then(Reference::get)?;
        js::element(self.state.env, hooks, hook as u32).ok()
    }

    /// Keeps the copy and its hooks alive until [`unroot`](Self::unroot).
    pub(crate) fn root(self: &Rc<Self>) {
        self.roots.set(self.roots.get() + 1);
        if self.roots.get() == 1 {
            *self.rooted.borrow_mut() = Some(Rc::clone(self));
            if let Some(hooks) = &*self.hooks.borrow() {
                hooks.strengthen();
            }
        }
    }

    pub(crate) fn unroot(self: &Rc<Self>) {
        self.roots.set(self.roots.get() - 1);
        if self.roots.get() == 0 {
            if let Some(hooks) = &*self.hooks.borrow() {
                hooks.weaken();
            }
            let rooted = self.rooted.borrow_mut().take();
            drop(rooted);
        }
    }

    /// A call starts under the number its JavaScript side gave it. A number in use gives the record back.
    pub(crate) fn begin(self: &Rc<Self>, call: u32, record: CallRecord) -> Result<(), CallRecord> {
        let mut calls = self.calls.borrow_mut();
        let index = call as usize;
        if index == calls.len() {
            calls.push(None);
        }
        let free = calls.get(index).is_some_and(Option::is_none);
        if !free {
            return Err(record);
        }
        calls[index] = Some(record);
        drop(calls);
        self.root();
        self.state.in_flight.set(self.state.in_flight.get() + 1);
        self.state.hold();
        Ok(())
    }

    /// A call ended: frees its number and what it had borrowed. Tells whether it had been stopped, too.
    pub(crate) fn finish(self: &Rc<Self>, call: u32, panicked: bool) -> Option<(&'static Item, Option<Stop>)> {
        let record = self.calls.borrow_mut().get_mut(call as usize).and_then(Option::take)?;
        self.state.release(record.loans, panicked);
        self.state.in_flight.set(self.state.in_flight.get() - 1);
        self.state.unhold();
        self.unroot();
        Some((record.item, record.token.stopped()))
    }

    /// Asks every call in flight to stop: the environment ends.
    pub(crate) fn stop_calls(&self) {
        for record in self.calls.borrow().iter().flatten() {
            record.token.stop(Stop::Closed);
        }
    }

    /// Lets go of everything that refers to JavaScript, and of the calls.
    pub(crate) fn free(&self) {
        *self.hooks.borrow_mut() = None;
        *self.scratch.borrow_mut() = None;
        let calls = std::mem::take(&mut *self.calls.borrow_mut());
        calls.into_iter().for_each(drop_contained);
        let rooted = self.rooted.borrow_mut().take();
        drop(rooted);
    }

    pub(crate) fn with_call<T>(&self, call: u32, look: impl FnOnce(&mut CallRecord) -> T) -> Option<T> {
        self.calls.borrow_mut().get_mut(call as usize).and_then(Option::as_mut).map(look)
    }
}
