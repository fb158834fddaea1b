//! One running call: its environment, its copy of the package, its export.

use std::cell::Ref;

use ferrule_core::handle::Handle;

use crate::{
    copy::{CopyState, Scratch},
    environment::EnvState,
    js::Env,
    system::{Export, Item},
};

/// What conversions and exports know about the call they serve. Never outlives it, never leaves its thread.
pub struct Scope {
    env: Env,
    export: *const Export,
    /// Whether byte arguments must be copied because JavaScript runs during the call.
    pub(crate) copies_bytes: bool,
    /// Whether the result is read before anything else can be returned: then it may go through the scratch array.
    returns_at_once: bool,
}

impl Scope {
    /// # Safety
    /// `env` is current on this thread and `export` stays valid for the scope's life.
    #[inline]
    pub(crate) unsafe fn new(env: Env, export: *const Export, copies_bytes: bool) -> Self {
        Self { env, export, copies_bytes, returns_at_once: true }
    }

    /// A scope for delivering a result or calling back, outside any call from JavaScript.
    pub(crate) fn delivering(export: &Export) -> Self {
        Self { env: export.copy.state.env, export, copies_bytes: true, returns_at_once: false }
    }

    #[inline]
    pub(crate) fn scratch(&self) -> Option<Ref<'_, Scratch>> {
        if !self.returns_at_once {
            return None;
        }
        Ref::filter_map(self.copy().scratch.borrow(), Option::as_ref).ok()
    }

    pub(crate) fn item(&self) -> &'static Item {
        self.export().item
    }

    /// An object's work has begun: it holds the event loop until it stops, is disposed or `unref`ed.
    pub fn running(&self, handle: Handle) {
        self.state().set_running(handle);
    }

    /// An object's work has ended.
    pub fn stopped(&self, handle: Handle) {
        self.state().set_stopped(handle);
    }

    pub(crate) fn env(&self) -> Env {
        self.env
    }

    #[inline]
    pub(crate) fn export(&self) -> &Export {
        // SAFETY: promised by whoever made the scope.
        unsafe { &*self.export }
    }

    #[inline]
    pub(crate) fn state(&self) -> &EnvState {
        &self.export().copy.state
    }

    pub(crate) fn copy(&self) -> &std::rc::Rc<CopyState> {
        &self.export().copy
    }

    /// The operation's name, `regex.isMatch`.
    #[inline]
    pub fn operation(&self) -> &'static str {
        self.export().item.operation
    }

    pub(crate) fn parameters(&self) -> &'static [&'static str] {
        &self.export().item.parameters
    }
}
