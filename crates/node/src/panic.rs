//! Panics become errors with their text and place, and are not printed: they are told to the caller instead.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use ferrule_core::error::{BoundaryError, code};

thread_local! {
    /// Whether panics of this thread are told to a caller: always on an environment's own, in a guard elsewhere.
    static TOLD: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Makes told panics silent and remembered; all others go to the hook that was there before. The hook is this library's
/// own: every cdylib carries its own standard library.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // `try_with`: a panic while the thread's locals are being destroyed must not become a second one.
            if !TOLD.try_with(Cell::get).unwrap_or(false) {
                return previous(info);
            }
            let place = info.location().map(ToString::to_string);
            let _ = PLACE.try_with(|slot| *slot.borrow_mut() = place);
        }));
    });
}

/// This is an environment's thread, JavaScript's, the lane's or the pool's: whatever panics on it is caught, and told where
/// there is somebody to tell. Marked once, so that a call costs nothing.
pub(crate) fn mark_thread() {
    install_hook();
    TOLD.set(true);
}

struct Told(bool);

impl Drop for Told {
    fn drop(&mut self) {
        TOLD.set(self.0);
    }
}

/// Runs engine code; a panic becomes `ERR_PANIC`.
pub(crate) fn guard<T>(work: impl FnOnce() -> T) -> Result<T, BoundaryError> {
    let _told = Told(TOLD.replace(true));
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(into_error)
}

#[cold]
pub(crate) fn into_error(payload: Box<dyn Any + Send>) -> BoundaryError {
    // Caught before, and let go on later.
    let payload = match payload.downcast::<BoundaryError>() {
        Ok(error) => return *error,
        Err(other) => other,
    };
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
