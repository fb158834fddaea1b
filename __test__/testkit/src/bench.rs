//! The same functions as `bench/peers/boundary` has in raw Node-API and with `#[napi]`.

use std::thread;

use ferrule_node::{Callback, Failure, New, Object, Queued, Scope, System};

pub(crate) struct Gauge {
    limit: u32,
}

impl Object for Gauge {
    const NAME: &'static str = "Gauge";
}

fn nothing() {}

fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

fn text_length(text: &str) -> u32 {
    text.len() as u32
}

fn greeting() -> &'static str {
    "hello from rust!"
}

fn echo(text: &str) -> String {
    text.to_owned()
}

fn gauge_new(limit: u32) -> New<Gauge> {
    New::of(Gauge { limit })
}

fn gauge_accepts(gauge: &Gauge, text: &str) -> bool {
    text.len() <= gauge.limit as usize
}

fn call_sync(times: u32, callback: Callback<(i32,), i32>) -> Result<i64, Failure> {
    let mut sum = 0;
    for number in 0..times {
        sum += i64::from(callback.call((number as i32,))?);
    }
    Ok(sum)
}

/// The function holds the event loop until its last call has arrived.
fn call_queued(scope: &Scope, times: u32, callback: Queued<(i32,)>) {
    callback.keep_alive(scope);
    thread::spawn(move || {
        for number in 0..times {
            // Refused only when the environment has gone or a million calls wait.
            if callback.call((number as i32,)).is_err() {
                break;
            }
        }
    });
}

async fn add_async(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

/// A plain read of every byte, as fast as the compiler makes it: the floor of what looks at them all.
fn sum_words(bytes: &[u8]) -> u32 {
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().fold(0, |sum: u64, word| sum.wrapping_add(u64::from_le_bytes(*word)));
    let rest = rest.iter().fold(0, |sum: u64, byte| sum.wrapping_add((*byte).into()));
    words.wrapping_add(rest) as u32
}

pub(crate) fn register(system: &mut System) {
    system
        .sync("nothing", &[], nothing)
        .sync("add", &["a", "b"], add)
        .sync("textLength", &["text"], text_length)
        .sync("greeting", &[], greeting)
        .sync("echo", &["text"], echo)
        .sync("gaugeNew", &["limit"], gauge_new)
        .sync("gaugeAccepts", &["gauge", "text"], gauge_accepts)
        .sync("callSync", &["times", "callback"], call_sync)
        .sync("callQueued", &["times", "callback"], call_queued)
        .future("addAsync", &["a", "b"], add_async)
        .sync("sumWords", &["data"], sum_words);
}
