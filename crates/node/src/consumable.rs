//! A value that one call may take away for good.

use ferrule_core::error::{BoundaryError, code};

/// What a class holds whose objects can be consumed: the value, or the name of the export that took it.
///
/// The handle stays valid; every later use is `ERR_HANDLE_CLOSED`, which names the export.
pub struct Consumable<T>(Result<T, &'static str>);

impl<T> Consumable<T> {
    /// A value that is there.
    pub fn new(value: T) -> Self {
        Self(Ok(value))
    }

    /// The value, while it is there.
    #[inline]
    pub fn get(&self) -> Result<&T, BoundaryError> {
        self.0.as_ref().map_err(|by| consumed(by))
    }

    /// The value to change, while it is there.
    #[inline]
    pub fn get_mut(&mut self) -> Result<&mut T, BoundaryError> {
        self.0.as_mut().map_err(|by| consumed(by))
    }

    /// Takes the value; later uses name `by`.
    #[inline]
    pub fn take(&mut self, by: &'static str) -> Result<T, BoundaryError> {
        match std::mem::replace(&mut self.0, Err(by)) {
            Ok(value) => Ok(value),
            Err(earlier) => {
                self.0 = Err(earlier);
                Err(consumed(earlier))
            }
        }
    }
}

#[cold]
fn consumed(by: &'static str) -> BoundaryError {
    BoundaryError::new(code::HANDLE_CLOSED, format!("the object was consumed by {by}")).with("consumedBy", by)
}
