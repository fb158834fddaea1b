//! Objects in the hands of async calls, and of other objects: shared, or lent to one call at a time.

use std::{
    any::Any,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use ferrule_core::error::code;

use crate::{
    async_export::{Lending, Loan},
    convert::{AsyncParam, Param, number},
    failure::Refusal,
    js::Raw,
    object::{Borrowed, Object, handle_name, handle_of, refuse},
    scope::Scope,
};

/// What an async call has of an object: at once, or when earlier exclusive calls on it have ended.
enum Lent<T> {
    Now(Arc<T>),
    Later(Arc<OnceLock<Arc<T>>>),
}

impl<T> Lent<T> {
    fn get(&self) -> &Arc<T> {
        match self {
            Self::Now(value) => value,
            Self::Later(value) => value.get().expect("a waiting call starts when it was lent its object"),
        }
    }
}

/// An object shared with an async call or kept by another object. The JavaScript object may be disposed meanwhile; the
/// value lives as long as anybody has it.
pub struct Shared<T>(Lent<T>);

impl<T> Shared<T> {
    /// The value itself.
    pub fn arc(&self) -> &Arc<T> {
        self.0.get()
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.get()
    }
}

/// Borrows a shared object of this thread for `look`, checking its handle.
fn lend<T: Object + Send + Sync>(
    scope: &Scope,
    number: f64,
    exclusive: bool,
    lending: &mut Lending,
) -> Result<Lent<T>, Box<Refusal>> {
    let handle = handle_of(number, T::NAME)?;
    let state = scope.state();
    let holder = scope.operation();
    let mut table = state.table.borrow_mut();
    if table.is_busy(handle, exclusive) || state.is_waited_for(handle) {
        let cell = Arc::new(OnceLock::new());
        let filled = Arc::clone(&cell);
        lending.wait_for(
            handle,
            exclusive,
            Box::new(move |state| {
                let mut table = state.table.borrow_mut();
                let value = if exclusive {
                    table.lend_exclusive::<T>(handle, T::NAME, holder)
                } else {
                    table.lend_shared::<T>(handle, T::NAME, holder)
                }?;
                let _ = filled.set(value);
                Ok(())
            }),
        )?;
        return Ok(Lent::Later(cell));
    }
    let value = if exclusive {
        table.lend_exclusive::<T>(handle, T::NAME, holder)
    } else {
        table.lend_shared::<T>(handle, T::NAME, holder)
    };
    let value = value.map_err(|error| refuse(error, number))?;
    lending.loans.push(Loan { handle, returned: None });
    Ok(Lent::Now(value))
}

impl<T: Object + Send + Sync> AsyncParam for &T {
    type Owned = Shared<T>;

    fn own(scope: &Scope, gathered: &f64, lending: &mut Lending) -> Result<Shared<T>, Box<Refusal>> {
        lend(scope, *gathered, false, lending).map(Shared)
    }

    fn lend(owned: &mut Shared<T>) -> &T {
        owned
    }
}

impl<T: Object + Send + Sync> Param for Shared<T> {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = Borrowed<'call>;

    fn type_name(out: &mut String) {
        handle_name::<T>(out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        number::read(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &f64) -> Result<(Self, Borrowed<'call>), Box<Refusal>> {
        let handle = handle_of(*gathered, T::NAME)?;
        let state = scope.state();
        let value = state.table.borrow_mut().lend_shared::<T>(handle, T::NAME, scope.operation());
        let value = value.map_err(|error| refuse(error, *gathered))?;
        Ok((Self(Lent::Now(value)), Borrowed { state, handle }))
    }
}

impl<T: Object + Send + Sync> AsyncParam for Shared<T> {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &f64, lending: &mut Lending) -> Result<Self, Box<Refusal>> {
        lend(scope, *gathered, false, lending).map(Self)
    }

    fn lend(owned: &mut Self) -> Self {
        Self(Lent::Now(Arc::clone(owned.arc())))
    }
}

/// An object that one async call has to itself; calls on it queue, first in first out.
pub struct Exclusive<T: Send + Sync + 'static> {
    lent: Lent<T>,
    value: Option<Arc<T>>,
    back: Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>,
}

impl<T: Send + Sync> Exclusive<T> {
    fn value(&mut self) -> &mut Arc<T> {
        if self.value.is_none() {
            // Taken out of the lending cell, so that this is the only reference left.
            let empty = Lent::Later(Arc::new(OnceLock::new()));
            self.value = Some(match std::mem::replace(&mut self.lent, empty) {
                Lent::Now(value) => value,
                Lent::Later(cell) => Arc::try_unwrap(cell)
                    .ok()
                    .and_then(OnceLock::into_inner)
                    .expect("the table's side of the cell is dropped before the call starts"),
            });
        }
        self.value.as_mut().expect("just filled")
    }
}

impl<T: Send + Sync> Deref for Exclusive<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().unwrap_or_else(|| self.lent.get())
    }
}

impl<T: Send + Sync> DerefMut for Exclusive<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::get_mut(self.value()).expect("lent exclusively: the table gave its only reference")
    }
}

impl<T: Send + Sync + 'static> Drop for Exclusive<T> {
    fn drop(&mut self) {
        // A call that was never lent its object has nothing to give back.
        let value = self.value.take().or_else(|| match &self.lent {
            Lent::Now(value) => Some(Arc::clone(value)),
            Lent::Later(cell) => cell.get().map(Arc::clone),
        });
        *self.back.lock().unwrap_or_else(PoisonError::into_inner) = value.map(|value| value as _);
    }
}

fn lend_exclusively<T: Object + Send + Sync>(
    scope: &Scope,
    number: f64,
    lending: &mut Lending,
) -> Result<Exclusive<T>, Box<Refusal>> {
    let lent = lend(scope, number, true, lending)?;
    let back = Arc::default();
    lending.returned_through(&back);
    Ok(Exclusive { lent, value: None, back })
}

impl<T: Object + Send + Sync> AsyncParam for &mut T {
    type Owned = Exclusive<T>;

    fn own(scope: &Scope, gathered: &f64, lending: &mut Lending) -> Result<Exclusive<T>, Box<Refusal>> {
        lend_exclusively(scope, *gathered, lending)
    }

    fn lend(owned: &mut Exclusive<T>) -> &mut T {
        owned
    }
}

impl<T: Object + Send + Sync> Param for Exclusive<T> {
    type Gathered = f64;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        <&mut T as Param>::type_name(out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<f64, Box<Refusal>> {
        number::read(scope, value)
    }

    unsafe fn convert<'call>(_: &'call Scope, _: &f64) -> Result<(Self, ()), Box<Refusal>> {
        Err(Refusal::new(code::UNSUPPORTED, "taken by an async export", "a sync export, which takes &mut instead"))
    }
}

impl<T: Object + Send + Sync> AsyncParam for Exclusive<T> {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &f64, lending: &mut Lending) -> Result<Self, Box<Refusal>> {
        lend_exclusively(scope, *gathered, lending)
    }

    fn lend(owned: &mut Self) -> Self {
        let lent = std::mem::replace(&mut owned.lent, Lent::Later(Arc::new(OnceLock::new())));
        // The emptied one must not report the object lost: only the new one gives it back.
        let back = std::mem::take(&mut owned.back);
        Self { lent, value: owned.value.take(), back }
    }
}
