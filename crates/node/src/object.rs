//! Native objects at the boundary: how they are made, borrowed, shared and lent.

use std::{ops::Deref, sync::Arc};

use ferrule_core::{
    error::{BoundaryError, code},
    handle::{Handle, HandleError, Value},
};

use crate::{
    convert::{IntoJs, Param, number},
    environment::EnvState,
    failure::{Failure, Refusal},
    js::{self, Raw},
    scope::Scope,
};

/// A Rust type whose values JavaScript holds by handle.
pub trait Object: 'static {
    /// Its name in signatures and errors.
    const NAME: &'static str;

    /// What a value holds outside the JavaScript heap, in bytes; told to V8, so that it collects in time.
    fn native_bytes(&self) -> usize {
        0
    }
}

/// A new object on its way to JavaScript.
pub struct New<T> {
    value: T,
    parent: Option<Handle>,
}

impl<T: Object> New<T> {
    /// An object of its own.
    pub fn of(value: T) -> Self {
        Self { value, parent: None }
    }

    /// An object that ends with its parent.
    pub fn child_of(parent: Handle, value: T) -> Self {
        Self { value, parent: Some(parent) }
    }
}

pub(crate) fn handle_name<T: Object>(out: &mut String) {
    out.push_str("handle ");
    out.push_str(T::NAME);
}

impl<T: Object + Send + Sync> IntoJs for New<T> {
    fn type_name(out: &mut String) {
        handle_name::<T>(out);
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        let bytes = self.value.native_bytes();
        scope.state().insert(T::NAME, Value::Shared(Arc::new(self.value)), bytes, self.parent)
    }
}

/// A new object that stays on the JavaScript thread: for types that are not `Send` and `Sync`.
pub struct NewBound<T>(pub New<T>);

impl<T: Object> IntoJs for NewBound<T> {
    fn type_name(out: &mut String) {
        handle_name::<T>(out);
    }

    fn into_js(self, scope: &Scope) -> Result<Raw, Failure> {
        let bytes = self.0.value.native_bytes();
        scope.state().insert(T::NAME, Value::Bound(Box::new(self.0.value)), bytes, self.0.parent)
    }
}

impl EnvState {
    fn insert(&self, name: &'static str, value: Value, bytes: usize, parent: Option<Handle>) -> Result<Raw, Failure> {
        let handle = self.table.borrow_mut().insert(name, value, bytes, parent)?;
        self.report_bytes();
        Ok(js::double(self.env, handle.to_f64())?)
    }
}

/// What the TypeScript half passes for an object that was disposed.
const DISPOSED: f64 = -1.0;

#[cold]
pub(crate) fn refuse(error: HandleError, number: f64) -> Box<Refusal> {
    let code = BoundaryError::from(error).code;
    if let HandleError::Type { expected, found } = error {
        return Refusal::new(code, format!("a {expected}"), format!("a {found} (handle {number})"));
    }
    Refusal::new(code, "a usable object", format!("handle {number}: {error}"))
}

#[cold]
fn not_a_handle(number: f64, name: &'static str) -> Box<Refusal> {
    if number == DISPOSED {
        return Refusal::new(code::HANDLE_CLOSED, format!("a {name} in use"), "one that was disposed");
    }
    Refusal::new(code::HANDLE_INVALID, format!("a handle of a {name}"), format!("the number {number}"))
}

#[inline]
pub(crate) fn handle_of(number: f64, name: &'static str) -> Result<Handle, Box<Refusal>> {
    Handle::from_f64(number).ok_or_else(|| not_a_handle(number, name))
}

/// An active borrow: ended when dropped, and the object poisoned if that happens by a panic.
pub struct Borrowed<'call> {
    pub(crate) state: &'call EnvState,
    pub(crate) handle: Handle,
}

impl Drop for Borrowed<'_> {
    #[inline]
    fn drop(&mut self) {
        let removed = {
            let mut table = self.state.table.borrow_mut();
            if std::thread::panicking() {
                table.poison(self.handle);
            }
            table.release(self.handle)
        };
        if !removed.is_empty() {
            self.state.drop_removed(removed);
        }
        self.state.start_waiting(self.handle);
    }
}

impl<T: Object> Param for &T {
    type Gathered = f64;
    type Item<'call> = &'call T;
    type Guard<'call> = Borrowed<'call>;

    fn type_name(out: &mut String) {
        handle_name::<T>(out);
    }

    #[inline]
    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        number::read(scope, value)
    }

    #[inline]
    unsafe fn convert<'call>(scope: &'call Scope, gathered: &f64) -> Result<(&'call T, Borrowed<'call>), Box<Refusal>> {
        let handle = handle_of(*gathered, T::NAME)?;
        let state = scope.state();
        let mut table = state.table.borrow_mut();
        let Some(value) = table.share::<T>(handle, scope.operation()) else {
            return Err(refuse(table.why_not(handle, T::NAME, false), *gathered));
        };
        let value: *const T = value;
        // SAFETY: the table neither drops nor moves a value in use, and `Borrowed` ends the use after the function has
        // returned. No `&mut T` exists meanwhile: the table counts this use.
        Ok((unsafe { &*value }, Borrowed { state, handle }))
    }
}

impl<T: Object> Param for &mut T {
    type Gathered = f64;
    type Item<'call> = &'call mut T;
    type Guard<'call> = Borrowed<'call>;

    fn type_name(out: &mut String) {
        out.push_str("exclusive ");
        handle_name::<T>(out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        number::read(scope, value)
    }

    unsafe fn convert<'call>(
        scope: &'call Scope,
        gathered: &f64,
    ) -> Result<(&'call mut T, Borrowed<'call>), Box<Refusal>> {
        let handle = handle_of(*gathered, T::NAME)?;
        let state = scope.state();
        let mut table = state.table.borrow_mut();
        let value = table.borrow_mut::<T>(handle, T::NAME, scope.operation());
        let value: *mut T = value.map_err(|error| refuse(error, *gathered))?;
        // SAFETY: as for `&T`; the table granted the only use.
        Ok((unsafe { &mut *value }, Borrowed { state, handle }))
    }
}

/// A borrowed object together with its handle: for exports that make children of it or set it running.
pub struct This<'call, T> {
    value: &'call T,
    /// The object's handle.
    pub handle: Handle,
}

impl<T> Deref for This<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value
    }
}

impl<T: Object> Param for This<'_, T> {
    type Gathered = f64;
    type Item<'call> = This<'call, T>;
    type Guard<'call> = Borrowed<'call>;

    fn type_name(out: &mut String) {
        handle_name::<T>(out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        number::read(scope, value)
    }

    unsafe fn convert<'call>(
        scope: &'call Scope,
        gathered: &f64,
    ) -> Result<(This<'call, T>, Borrowed<'call>), Box<Refusal>> {
        // SAFETY: item and guard are passed on together, and so is the caller's promise.
        let (value, guard) = unsafe { <&T as Param>::convert(scope, gathered) }?;
        Ok((This { value, handle: guard.handle }, guard))
    }
}
