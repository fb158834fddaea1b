//! The boundary's own exports: what every object and every call needs, whatever its system.

use std::sync::atomic::Ordering;

use ferrule_core::{
    cancel::Stop,
    error::{BoundaryError, code},
    handle::Handle,
    lifecycle::State,
};

use crate::{convert::any::Any, failure::Failure, log, object::handle_of, scope::Scope, system::System};

pub(crate) fn register(system: &mut System) {
    system
        .sync("dispose", &["handle"], dispose)
        .sync("finalize", &["handle"], finalize)
        .sync("hold", &["handle", "held"], hold)
        .sync("isHeld", &["handle"], is_held)
        .sync("cancel", &["call"], cancel)
        .sync("abandoned", &["change"], abandoned)
        .sync("answer", &["reply", "ok", "value"], answer)
        .sync("prepare", &[], prepare)
        .sync("logLevel", &["level"], log_level)
        .sync("counts", &[], counts)
        .sync("handles", &[], handles);
}

fn handle(number: f64) -> Result<Handle, Failure> {
    Ok(handle_of(number, "native object")?)
}

/// The handle of an object that can be used.
fn usable(scope: &Scope, number: f64) -> Result<Handle, Failure> {
    let handle = handle(number)?;
    scope.state().table.borrow().check(handle)?;
    Ok(handle)
}

/// Closes an object and its children. Twice is fine.
fn dispose(scope: &Scope, number: f64) -> Result<(), Failure> {
    let state = scope.state();
    let handle = handle(number)?;
    let removed = state.table.borrow_mut().close(handle)?;
    if !removed.is_empty() {
        state.drop_removed(removed);
    }
    state.stop_closed();
    Ok(())
}

/// The JavaScript object was collected: releases the native one and leaves its children alone.
fn finalize(scope: &Scope, number: f64) {
    let state = scope.state();
    let Some(handle) = Handle::from_f64(number) else { return };
    let removed = state.table.borrow_mut().abandon(handle);
    if !removed.is_empty() {
        state.drop_removed(removed);
    }
    state.stop_closed();
}

/// `ref()` and `unref()` of a running object.
fn hold(scope: &Scope, number: f64, held: bool) -> Result<(), Failure> {
    scope.state().set_held(usable(scope, number)?, held);
    Ok(())
}

/// `hasRef()`.
fn is_held(scope: &Scope, number: f64) -> Result<bool, Failure> {
    let handle = handle(number)?;
    Ok(scope.state().running.borrow().get(&handle) == Some(&true))
}

/// Asks a call to stop. It still settles, once, when its work has acknowledged.
fn cancel(scope: &Scope, call: u32) {
    let copy = scope.copy();
    let waiting = copy.with_call(call, |record| {
        record.token.stop(Stop::Aborted);
        record.waiting
    });
    if let Some(Some(handle)) = waiting {
        scope.state().stop_waiting(handle, copy.id, call);
    }
}

/// Counts calls whose caller was told while their work still runs.
fn abandoned(scope: &Scope, change: i32) {
    let count = &scope.state().shared.abandoned;
    if change > 0 {
        count.fetch_add(1, Ordering::Relaxed);
    } else {
        let _ = count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |count| count.checked_sub(1));
    }
}

/// What a blocking callback returned or threw.
fn answer(scope: &Scope, reply: u64, ok: bool, value: Any) {
    let state = scope.state();
    let Some(convert) = state.replies.borrow_mut().remove(&reply) else { return };
    let outcome = if ok { convert(scope, value.0) } else { Err(state.thrown_error(value.0)) };
    state.shared.waiters.answer(reply, outcome);
}

/// Makes the bridge to other threads. The TypeScript half calls it in an empty async context, which the thread-safe
/// function then keeps.
fn prepare(scope: &Scope) -> Result<(), BoundaryError> {
    scope.state().shared.ensure_open()?;
    scope.state().ensure_bridge()
}

fn log_level(scope: &Scope, level: u8) -> Result<(), BoundaryError> {
    if level > 5 {
        return Err(BoundaryError::new(code::OUT_OF_RANGE, format!("level must be 0 to 5, got {level}")));
    }
    log::set_level(scope.copy(), level);
    scope.state().ensure_bridge()
}

/// For `diagnostics()`: calls in flight, abandoned calls, callbacks held, callback calls refused, blocking callbacks
/// waiting, lane started, pool threads, pool jobs queued, threads left stuck, messages undelivered, native bytes, handle
/// slots retired, lifecycle state.
fn counts(scope: &Scope) -> Vec<f64> {
    let state = scope.state();
    let (lane, threads, queued) = state.shared.load();
    let callbacks = state.callbacks.borrow();
    let table = state.table.borrow();
    let lifecycle = match state.shared.lifecycle.state() {
        State::Created | State::Starting => 0,
        State::Running => 1,
        State::Stopping => 2,
        State::Stopped => 3,
    };
    [
        state.in_flight(),
        state.shared.abandoned.load(Ordering::Relaxed),
        callbacks.len(),
        callbacks.refused(),
        state.shared.waiters.len(),
        usize::from(lane),
        threads,
        queued,
        state.shared.stuck(),
        state.shared.queue().len(),
        table.bytes(),
        table.retired(),
        lifecycle,
    ]
    .into_iter()
    .map(|count| count as f64)
    .collect()
}

/// Live objects by type.
fn handles(scope: &Scope) -> Vec<(&'static str, u32)> {
    scope.state().table.borrow().by_type().into_iter().map(|(name, count)| (name, count as u32)).collect()
}
