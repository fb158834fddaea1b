//! The three policies, from every thread.

use std::{
    cmp::Ordering,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::Duration,
};

use ferrule_node::{
    Blocking, Callback, Failure, New, Object, Queued, Scope, System, Throws,
    core::{
        cancel::CancelToken,
        error::{BoundaryError, code},
    },
    union_in,
};

fn call_text(callback: Callback<(&'static str,), String>) -> Result<String, Failure> {
    callback.call(("from rust",))
}

/// What a sync callback throws is passed over, and native code goes on.
fn call_twice_ignoring(callback: Callback<(i32,), i32>) -> i32 {
    let first = callback.call((1,)).unwrap_or(-1);
    first + callback.call((2,)).unwrap_or(-1)
}

fn panic_after(callback: Callback<(), ()>) -> Result<(), Failure> {
    callback.call(())?;
    panic!("after the callback")
}

/// Code that knows no JavaScript calls a closure, which cannot fail: what the callback throws ends that code.
fn sort_by(mut values: Vec<i32>, compare: Callback<(i32, i32), Ordering>) -> Result<Vec<i32>, Failure> {
    let throws = Throws::new();
    throws.catch(|| values.sort_by(|a, b| throws.or_throw(compare.call((*a, *b)))))?;
    Ok(values)
}

/// Code that keeps the closure's unwinding to itself, and goes on or panics.
fn keep_throw(callback: Callback<(char,), char>, panics: bool) -> Result<char, Failure> {
    let throws = Throws::new();
    throws.catch(|| {
        let kept = catch_unwind(AssertUnwindSafe(|| throws.or_throw(callback.call(('é',)))));
        assert!(!panics, "after the throw");
        kept.unwrap_or('?')
    })
}

union_in! {
    enum Question { ask: Ask = "ask" (callback: Blocking<(i32,), i32>, value: i32), silence: Silence = "silence" () }
}

/// As `askFromThread`, the function inside a union.
async fn ask_question(question: Question) -> Result<i32, BoundaryError> {
    match question {
        Question::Ask(callback, value) => ask_from_thread(callback, value).await,
        Question::Silence() => Ok(0),
    }
}

/// Waits on the pool for JavaScript's answer.
fn ask(callback: Blocking<(i32,), i32>, value: i32, token: &CancelToken) -> Result<i32, BoundaryError> {
    callback.call((value,), Some(token))
}

/// As `ask`, with a deadline of its own.
fn ask_within(
    callback: Blocking<(i32,), i32>,
    value: i32,
    milliseconds: u32,
    _: &CancelToken,
) -> Result<i32, BoundaryError> {
    let token = CancelToken::after(Some(Duration::from_millis(u64::from(milliseconds))));
    callback.call((value,), Some(&token))
}

/// A thread asks while the lane waits for it; through the Sync door JavaScript itself waits, and the thread is refused.
async fn ask_from_thread(callback: Blocking<(i32,), i32>, value: i32) -> Result<i32, BoundaryError> {
    let (answer, answered) = tokio::sync::oneshot::channel();
    thread::spawn(move || answer.send(callback.call((value,), None)));
    answered.await.map_err(|_| BoundaryError::new(code::ABORTED, "the asking thread ended"))?
}

/// On the JavaScript thread itself.
fn ask_here(callback: Blocking<(i32,), i32>, value: i32) -> Result<i32, BoundaryError> {
    callback.call((value,), None)
}

/// `times` calls into a queue of four while JavaScript is busy here; returns how many were refused.
fn flood(times: u32, callback: Queued<(u32,), 4>) -> u32 {
    let flooding = thread::spawn(move || {
        for number in 0..times {
            let _ = callback.call((number,));
        }
        callback.refused() as u32
    });
    flooding.join().unwrap_or(u32::MAX)
}

/// Queues some calls, then finishes: they must arrive before the call settles.
fn queue_then_finish(times: u32, callback: Queued<(u32,)>, _: &CancelToken) -> Result<u32, BoundaryError> {
    for number in 0..times {
        callback.call((number,))?;
    }
    Ok(times)
}

/// Keeps functions beyond the call that brought them.
struct Keeper {
    queued: Queued<(u32,)>,
    blocking: Blocking<(i32,), i32>,
}

impl Object for Keeper {
    const NAME: &'static str = "Keeper";
}

fn keeper_new(queued: Queued<(u32,)>, blocking: Blocking<(i32,), i32>) -> New<Keeper> {
    New::of(Keeper { queued, blocking })
}

fn keeper_keep_alive(scope: &Scope, keeper: &Keeper) {
    keeper.queued.keep_alive(scope);
}

fn keeper_call(keeper: &Keeper, value: u32) -> Result<(), BoundaryError> {
    keeper.queued.call((value,))
}

fn keeper_ask(keeper: &Keeper, value: i32, token: &CancelToken) -> Result<i32, BoundaryError> {
    keeper.blocking.call((value,), Some(token))
}

fn keeper_remove(scope: &Scope, keeper: &Keeper) {
    keeper.queued.remove(scope);
    keeper.blocking.remove(scope);
}

/// A foreign thread that calls for ever, until the environment tells it to stop. Nobody joins it.
fn call_for_ever(callback: Queued<(u32,)>) {
    thread::spawn(move || {
        let mut number = 0;
        loop {
            match callback.call((number,)) {
                Ok(()) => number = number.wrapping_add(1),
                Err(error) if error.code == code::QUEUE_FULL => thread::sleep(Duration::from_millis(1)),
                Err(_) => return,
            }
        }
    });
}

/// A foreign thread that asks for ever.
fn ask_for_ever(callback: Blocking<(i32,), i32>) {
    thread::spawn(move || while callback.call((1,), None).is_ok() {});
}

/// Waits on the JavaScript thread for a thread that asks it.
fn join_asking(callback: Blocking<(i32,), i32>, value: i32) -> Result<i32, BoundaryError> {
    let asking = thread::spawn(move || callback.call((value,), None));
    asking.join().map_err(|_| BoundaryError::new(code::PANIC, "the asking thread panicked"))?
}

/// Answers come back to threads that wait at the same time.
fn ask_from_many(callback: Blocking<(i32,), i32>, threads: u32, _: &CancelToken) -> Result<i64, BoundaryError> {
    let callback = Arc::new(callback);
    let asking: Vec<_> = (0..threads)
        .map(|number| {
            let callback = Arc::clone(&callback);
            thread::spawn(move || callback.call((number as i32,), None))
        })
        .collect();
    let mut sum = 0;
    for thread in asking {
        let answer = thread.join().map_err(|_| BoundaryError::new(code::PANIC, "an asking thread panicked"))?;
        sum += i64::from(answer?);
    }
    Ok(sum)
}

pub(crate) fn register(system: &mut System) {
    system
        .sync("callText", &["callback"], call_text)
        .sync("callTwiceIgnoring", &["callback"], call_twice_ignoring)
        .sync("panicAfter", &["callback"], panic_after)
        .sync("sortBy", &["values", "compare"], sort_by)
        .sync("keepThrow", &["callback", "panics"], keep_throw)
        .future("askQuestion", &["question"], ask_question)
        .blocking("ask", &["callback", "value"], ask)
        .blocking("askWithin", &["callback", "value", "milliseconds"], ask_within)
        .future("askFromThread", &["callback", "value"], ask_from_thread)
        .sync("askHere", &["callback", "value"], ask_here)
        .waits("joinAsking", &["callback", "value"], join_asking)
        .sync("flood", &["times", "callback"], flood)
        .blocking("queueThenFinish", &["times", "callback"], queue_then_finish)
        .sync("keeperNew", &["queued", "blocking"], keeper_new)
        .sync("keeperKeepAlive", &["keeper"], keeper_keep_alive)
        .sync("keeperCall", &["keeper", "value"], keeper_call)
        .blocking("keeperAsk", &["keeper", "value"], keeper_ask)
        .sync("keeperRemove", &["keeper"], keeper_remove)
        .sync("callForEver", &["callback"], call_for_ever)
        .sync("askForEver", &["callback"], ask_for_ever)
        .blocking("askFromMany", &["callback", "threads"], ask_from_many);
}
