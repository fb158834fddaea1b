//! Everything that goes wrong: panics everywhere, work that does not stop, errors with details, logging.

use std::{fmt, thread, time::Duration};

use ferrule_node::{
    New, Object, System,
    core::{
        cancel::CancelToken,
        contract::{Report, checked},
        error::{BoundaryError, code},
    },
    describe,
    describe::with_detail,
    string_enum,
};

fn pause(milliseconds: u32) {
    thread::sleep(Duration::from_millis(u64::from(milliseconds)));
}

fn panic_here(text: &str) {
    panic!("{text}")
}

fn panic_work(text: &str, _: &CancelToken) {
    panic!("{text}")
}

async fn panic_later(text: String) {
    tokio::task::yield_now().await;
    panic!("{text}")
}

/// Panics when it is dropped.
struct Grenade;

impl Drop for Grenade {
    fn drop(&mut self) {
        panic!("dropped")
    }
}

impl Object for Grenade {
    const NAME: &'static str = "Grenade";
}

fn grenade_new() -> New<Grenade> {
    New::of(Grenade)
}

/// An object as the result of work that takes its time.
fn grenade_work(milliseconds: u32, _: &CancelToken) -> New<Grenade> {
    pause(milliseconds);
    New::of(Grenade)
}

/// Panics when it is asked for its size, on the JavaScript thread.
struct Unsizable;

impl Object for Unsizable {
    const NAME: &'static str = "Unsizable";

    fn native_bytes(&self) -> usize {
        panic!("no size")
    }
}

fn unsizable_new() -> New<Unsizable> {
    New::of(Unsizable)
}

fn unsizable_work(_: &CancelToken) -> New<Unsizable> {
    New::of(Unsizable)
}

/// A pool thread that looks at nothing.
fn stuck_work(milliseconds: u32, _: &CancelToken) {
    pause(milliseconds);
}

/// A pool thread that looks every millisecond.
fn careful_work(milliseconds: u32, token: &CancelToken) -> Result<(), BoundaryError> {
    for _ in 0..milliseconds {
        token.check()?;
        pause(1);
    }
    Ok(())
}

/// A future that blocks the lane.
async fn stuck_lane(milliseconds: u32) {
    pause(milliseconds);
}

async fn sleep(milliseconds: u32) -> u32 {
    tokio::time::sleep(Duration::from_millis(u64::from(milliseconds))).await;
    milliseconds
}

async fn never() {
    std::future::pending::<()>().await;
}

fn refuse(number: f64) -> Result<(), BoundaryError> {
    Err(BoundaryError::new(code::UNSUPPORTED, "refused on request")
        .with("number", number)
        .with("text", "a fact")
        .with("yes", true))
}

string_enum! {
    /// What an error's type can do.
    enum Telling { Display = "display", Debug = "debug", Neither = "neither" }
}

/// Says what it is in two ways.
#[derive(Debug)]
struct Spoken;

impl fmt::Display for Spoken {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("in plain words")
    }
}

#[derive(Debug)]
struct Shown;

struct Mute;

/// As generated glue tells an error of a type it knows nothing of.
fn tell(telling: Telling, letter: char, missing: Option<u8>) -> Result<(), BoundaryError> {
    let text = match telling {
        Telling::Display => describe!(&Spoken),
        Telling::Debug => describe!(&Shown),
        Telling::Neither => describe!(&Mute),
    };
    let error = with_detail(BoundaryError::new(code::UNSUPPORTED, text), "letter", &letter);
    Err(with_detail(error, "missing", &missing))
}

async fn refuse_later(number: f64) -> Result<u32, BoundaryError> {
    refuse(number).map(|()| 0)
}

fn log(level: u8, text: &str) {
    match level {
        1 => tracing::error!(number = 7, kind = "test", "{text}"),
        2 => tracing::warn!(number = 7, kind = "test", "{text}"),
        3 => tracing::info!(number = 7, kind = "test", "{text}"),
        4 => tracing::debug!(number = 7, kind = "test", "{text}"),
        _ => tracing::trace!(number = 7, kind = "test", "{text}"),
    }
}

pub(crate) fn register(system: &mut System) {
    system
        .api_version(3)
        .sync("panic", &["text"], panic_here)
        .blocking("panicWork", &["text"], panic_work)
        .future("panicLater", &["text"], panic_later)
        .sync("grenadeNew", &[], grenade_new)
        .blocking("grenadeWork", &["milliseconds"], grenade_work)
        .sync("unsizableNew", &[], unsizable_new)
        .blocking("unsizableWork", &[], unsizable_work)
        .blocking("stuckWork", &["milliseconds"], stuck_work)
        .blocking("carefulWork", &["milliseconds"], careful_work)
        .future("stuckLane", &["milliseconds"], stuck_lane)
        .future("sleep", &["milliseconds"], sleep)
        .future("never", &[], never)
        .sync("refuse", &["number"], refuse)
        .sync("tell", &["telling", "letter", "missing"], tell)
        .future("refuseLater", &["number"], refuse_later)
        .sync("log", &["level", "text"], log)
        .group("drills", &[("panic", "panic"), ("stick", "stuckWork"), ("vanish", "vanish")])
        .report(&wrong_at_seven());
}

/// Of an implementation that is not taken.
fn wrong_at_seven() -> Report {
    let reference: fn(&u32) -> u32 = |number| number + number;
    let candidate: fn(&u32) -> u32 = |number| if *number == 7 { 0 } else { number << 1 };
    checked("double", reference, ("shift".to_owned(), candidate), 0..100, |double, number| double(number)).1
}
