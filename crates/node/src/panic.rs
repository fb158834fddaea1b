//! Panics become errors with their text and place, and are not printed: they are told to the caller instead.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use ferrule_core::error::{BoundaryError, code};

thread_local! {
    static GUARDED: Cell<usize> = const { Cell::new(0) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Makes panics inside [`guard`] silent and remembered; all others go to the hook that was there before.
pub(crate) fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // `try_with`: a panic while the thread's locals are being destroyed must not become a second one.
            if GUARDED.try_with(Cell::get).unwrap_or(0) == 0 {
                return previous(info);
            }
            let place = info.location().map(ToString::to_string);
            let _ = PLACE.try_with(|slot| *slot.borrow_mut() = place);
        }));
    });
}

struct Guarded;

impl Guarded {
    fn enter() -> Self {
        GUARDED.set(GUARDED.get() + 1);
        Self
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        GUARDED.set(GUARDED.get() - 1);
    }
}

/// Runs engine code; a panic becomes `ERR_PANIC`.
pub(crate) fn guard<T>(work: impl FnOnce() -> T) -> Result<T, BoundaryError> {
    let _guarded = Guarded::enter();
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(into_error)
}

/// Marks the running call as guarded without a closure: the trampolines' own cheap form. See [`guard`].
#[inline]
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    GUARDED.with(|depth| {
        depth.set(depth.get() + 1);
        let outcome = panic::catch_unwind(AssertUnwindSafe(work));
        depth.set(depth.get() - 1);
        outcome
    })
}

#[cold]
pub(crate) fn into_error(payload: Box<dyn Any + Send>) -> BoundaryError {
    let text = if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "(a panic without text)".to_owned()
    };
    // A payload's own destructor may panic again.
    let _ = panic::catch_unwind(AssertUnwindSafe(|| drop(payload)));
    let error = BoundaryError::new(code::PANIC, format!("the native code panicked: {text}"));
    match PLACE.with(|slot| slot.borrow_mut().take()) {
        Some(place) => error.with("location", place),
        None => error,
    }
}
