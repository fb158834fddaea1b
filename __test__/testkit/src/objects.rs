//! Objects: shared, exclusive, bound to their thread, children, streams, running ones.

use std::{
    cell::Cell,
    rc::Rc,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use ferrule_node::{
    Callback, Consumable, Exclusive, Failure, New, NewBound, Object, Queued, Scope, Shared, System, This,
    core::{
        cancel::CancelToken,
        error::BoundaryError,
        lifecycle::{Lifecycle, State},
    },
};

/// Changed by `&mut self`.
struct Counter {
    value: i64,
    weight: usize,
}

impl Object for Counter {
    const NAME: &'static str = "Counter";

    fn native_bytes(&self) -> usize {
        self.weight
    }
}

fn counter_new(start: i64, weight: u32) -> New<Counter> {
    New::of(Counter { value: start, weight: weight as usize })
}

fn counter_value(counter: &Counter) -> i64 {
    counter.value
}

fn counter_add(counter: &mut Counter, amount: i64) -> i64 {
    counter.value += amount;
    counter.value
}

/// Holds the object exclusively while JavaScript runs.
fn counter_add_with(counter: &mut Counter, callback: Callback<(i64,), i64>) -> Result<i64, Failure> {
    counter.value += callback.call((counter.value,))?;
    Ok(counter.value)
}

/// Holds the object shared while JavaScript runs.
fn counter_visit(counter: &Counter, callback: Callback<(i64,), ()>) -> Result<i64, Failure> {
    callback.call((counter.value,))?;
    Ok(counter.value)
}

fn counter_panic(counter: &mut Counter) {
    counter.value += 1;
    panic!("half-way through {}", counter.value);
}

/// Takes its time, exclusively.
fn counter_add_slowly(
    counter: &mut Counter,
    amount: i64,
    milliseconds: u32,
    token: &CancelToken,
) -> Result<i64, BoundaryError> {
    for _ in 0..milliseconds {
        token.check()?;
        thread::sleep(Duration::from_millis(1));
    }
    counter.value += amount;
    Ok(counter.value)
}

/// Takes its time, shared.
fn counter_read_slowly(counter: &Counter, milliseconds: u32, token: &CancelToken) -> Result<i64, BoundaryError> {
    for _ in 0..milliseconds {
        token.check()?;
        thread::sleep(Duration::from_millis(1));
    }
    Ok(counter.value)
}

fn counter_panic_slowly(counter: &mut Counter, _: &CancelToken) -> i64 {
    panic!("on the pool at {}", counter.value)
}

async fn counter_add_later(mut counter: Exclusive<Counter>, amount: i64, milliseconds: u32) -> i64 {
    tokio::time::sleep(Duration::from_millis(u64::from(milliseconds))).await;
    counter.value += amount;
    counter.value
}

async fn counter_panic_later(mut counter: Exclusive<Counter>) -> i64 {
    counter.value += 1;
    tokio::task::yield_now().await;
    panic!("on the lane at {}", counter.value)
}

/// Keeps its parent's value alive.
struct View {
    of: Arc<Counter>,
}

impl Object for View {
    const NAME: &'static str = "View";
}

fn view_new(counter: Shared<Counter>, parent: This<Counter>) -> New<View> {
    New::child_of(parent.handle, View { of: Arc::clone(counter.arc()) })
}

fn view_value(view: &View) -> i64 {
    view.of.value
}

/// Not `Send`: lives on its JavaScript thread.
struct Bound(Rc<Cell<u32>>);

impl Object for Bound {
    const NAME: &'static str = "Bound";
}

fn bound_new() -> NewBound<Bound> {
    NewBound(New::of(Bound(Rc::new(Cell::new(0)))))
}

fn bound_next(bound: &Bound) -> u32 {
    bound.0.set(bound.0.get() + 1);
    bound.0.get()
}

/// A pulled stream of numbers.
struct Numbers {
    next: u32,
    end: u32,
    panic_at: Option<u32>,
}

impl Object for Numbers {
    const NAME: &'static str = "Numbers";
}

fn numbers_new(count: u32, panic_at: Option<u32>) -> New<Numbers> {
    New::of(Numbers { next: 0, end: count, panic_at })
}

fn numbers_next(numbers: &mut Numbers, max: u32, token: &CancelToken) -> Result<Option<Vec<u32>>, BoundaryError> {
    token.check()?;
    if numbers.next == numbers.end {
        return Ok(None);
    }
    let end = numbers.end.min(numbers.next.saturating_add(max.max(1)));
    let batch: Vec<_> = (numbers.next..end).collect();
    assert!(!numbers.panic_at.is_some_and(|at| batch.contains(&at)), "the stream broke");
    numbers.next = end;
    Ok(Some(batch))
}

/// Works by itself once started.
struct Ticker {
    lifecycle: Lifecycle,
    callback: Queued<(u32,)>,
    stop: Arc<AtomicBool>,
}

impl Object for Ticker {
    const NAME: &'static str = "Ticker";
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
    }
}

fn ticker_new(callback: Queued<(u32,)>) -> New<Ticker> {
    New::of(Ticker { lifecycle: Lifecycle::new(), callback, stop: Arc::default() })
}

fn ticker_start(scope: &Scope, ticker: This<Ticker>, milliseconds: u32) -> Result<(), BoundaryError> {
    ticker.lifecycle.advance(State::Starting)?;
    let (callback, stop) = (ticker.callback.clone(), Arc::clone(&ticker.stop));
    thread::spawn(move || {
        let mut tick = 0;
        while !stop.load(Ordering::Acquire) {
            thread::sleep(Duration::from_millis(u64::from(milliseconds)));
            tick += 1;
            if callback.call((tick,)).is_err() {
                break;
            }
        }
    });
    ticker.lifecycle.advance(State::Running)?;
    scope.running(ticker.handle);
    Ok(())
}

fn ticker_stop(scope: &Scope, ticker: This<Ticker>) -> Result<(), BoundaryError> {
    ticker.lifecycle.advance(State::Stopping)?;
    ticker.stop.store(true, Ordering::Release);
    scope.stopped(ticker.handle);
    ticker.lifecycle.advance(State::Stopped)
}

/// Given away once.
struct Ticket(Consumable<String>);

impl Object for Ticket {
    const NAME: &'static str = "Ticket";
}

fn ticket_new(name: String) -> New<Ticket> {
    New::of(Ticket(Consumable::new(name)))
}

fn ticket_name(ticket: &Ticket) -> Result<String, BoundaryError> {
    ticket.0.get().cloned()
}

fn ticket_rename(ticket: &mut Ticket, name: String) -> Result<(), BoundaryError> {
    *ticket.0.get_mut()? = name;
    Ok(())
}

fn ticket_redeem(ticket: &mut Ticket) -> Result<String, BoundaryError> {
    ticket.0.take("ticketRedeem")
}

fn ticket_redeem_slowly(ticket: &mut Ticket, milliseconds: u32, _: &CancelToken) -> Result<String, BoundaryError> {
    thread::sleep(Duration::from_millis(u64::from(milliseconds)));
    ticket.0.take("ticketRedeemSlowly")
}

pub(crate) fn register(system: &mut System) {
    system
        .sync("counterNew", &["start", "weight"], counter_new)
        .sync("counterValue", &["counter"], counter_value)
        .sync("counterAdd", &["counter", "amount"], counter_add)
        .sync("counterAddWith", &["counter", "callback"], counter_add_with)
        .sync("counterVisit", &["counter", "callback"], counter_visit)
        .sync("counterPanic", &["counter"], counter_panic)
        .blocking("counterAddSlowly", &["counter", "amount", "milliseconds"], counter_add_slowly)
        .blocking("counterReadSlowly", &["counter", "milliseconds"], counter_read_slowly)
        .blocking("counterPanicSlowly", &["counter"], counter_panic_slowly)
        .future("counterAddLater", &["counter", "amount", "milliseconds"], counter_add_later)
        .future("counterPanicLater", &["counter"], counter_panic_later)
        .sync("viewNew", &["counter", "parent"], view_new)
        .sync("viewValue", &["view"], view_value)
        .sync("boundNew", &[], bound_new)
        .sync("boundNext", &["bound"], bound_next)
        .sync("numbersNew", &["count", "panicAt"], numbers_new)
        .blocking("numbersNext", &["numbers", "max"], numbers_next)
        .sync("ticketNew", &["name"], ticket_new)
        .sync("ticketName", &["ticket"], ticket_name)
        .sync("ticketRename", &["ticket", "name"], ticket_rename)
        .sync("ticketRedeem", &["ticket"], ticket_redeem)
        .blocking("ticketRedeemSlowly", &["ticket", "milliseconds"], ticket_redeem_slowly)
        .sync("tickerNew", &["callback"], ticker_new)
        .sync("tickerStart", &["ticker", "milliseconds"], ticker_start)
        .sync("tickerStop", &["ticker"], ticker_stop);
}
