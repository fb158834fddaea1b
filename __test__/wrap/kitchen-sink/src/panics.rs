//! Panics where nobody expects them.
use std::cmp::Ordering;
use std::fmt;
use std::future;
use std::io::Write;
use std::ops::{Add, AddAssign, Index, Neg};
use std::str::FromStr;
use std::sync::atomic::{self, AtomicBool};

use crate::error::LimitError;

/// Panics in whatever is done with it; in its destructor when it is armed.
pub struct Grenade {
    pub name: String,
    armed: bool,
}

impl Grenade {
    pub fn new(armed: bool) -> Self {
        Self { name: "grenade".to_owned(), armed }
    }

    pub fn pull(&self) -> u32 {
        panic!("pulled")
    }

    pub fn shake(&mut self) -> &mut Self {
        panic!("shaken")
    }

    pub fn is_armed(&self) -> bool {
        self.armed
    }

    /// Used up, and dropped inside.
    pub fn throw(self) -> bool {
        self.armed
    }

    pub async fn pull_later(&self) -> u32 {
        panic!("pulled later")
    }

    /// As many; all are dropped where the list is.
    pub fn many(count: u32, armed: bool) -> Vec<Self> {
        (0..count).map(|_| Self::new(armed)).collect()
    }
}

impl fmt::Display for Grenade {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("shown")
    }
}

impl Drop for Grenade {
    fn drop(&mut self) {
        if self.armed {
            self.armed = false;
            panic!("dropped");
        }
    }
}

/// Panics in each of the traits that give a class its methods.
#[derive(Debug)]
pub struct Touchy;

impl Touchy {
    pub fn calm() -> Self {
        Self
    }

    pub fn counted(self) -> u32 {
        1
    }
}

impl Clone for Touchy {
    fn clone(&self) -> Self {
        panic!("cloned")
    }
}

impl Default for Touchy {
    fn default() -> Self {
        panic!("defaulted")
    }
}

impl PartialEq for Touchy {
    fn eq(&self, _: &Self) -> bool {
        panic!("equalled")
    }
}

impl Eq for Touchy {}

impl PartialOrd for Touchy {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Touchy {
    fn cmp(&self, _: &Self) -> Ordering {
        panic!("compared")
    }
}

impl FromStr for Touchy {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        panic!("parsed {text}")
    }
}

impl From<u32> for Touchy {
    fn from(value: u32) -> Self {
        panic!("converted {value}")
    }
}

impl TryFrom<bool> for Touchy {
    type Error = LimitError;

    fn try_from(value: bool) -> Result<Self, LimitError> {
        panic!("tried {value}")
    }
}

impl Neg for Touchy {
    type Output = u32;

    fn neg(self) -> u32 {
        panic!("negated")
    }
}

impl Index<usize> for Touchy {
    type Output = u32;

    fn index(&self, place: usize) -> &u32 {
        panic!("indexed at {place}")
    }
}

/// Copies are fine; what is done with them is not.
#[derive(Debug, Clone)]
pub struct Sum(u32);

impl Sum {
    pub fn of(value: u32) -> Self {
        Self(value)
    }

    pub fn value(&self) -> u32 {
        self.0
    }
}

impl Add for Sum {
    type Output = Sum;

    fn add(self, other: Sum) -> Sum {
        panic!("added {} and {}", self.0, other.0)
    }
}

impl AddAssign<u32> for Sum {
    fn add_assign(&mut self, other: u32) {
        self.0 += 1;
        panic!("assigned {other}")
    }
}

/// Panics at its third item.
#[derive(Debug)]
pub struct Spool(u32);

impl Spool {
    pub fn wound() -> Self {
        Self(0)
    }
}

impl Iterator for Spool {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.0 += 1;
        if self.0 == 3 {
            panic!("item 3");
        }
        Some(self.0)
    }
}

/// A constructor that panics.
pub struct Dud;

impl Dud {
    pub fn new() -> Self {
        panic!("constructed")
    }
}

/// Borrows; one of its getters panics.
pub struct Spark<'t> {
    text: &'t str,
}

impl<'t> Spark<'t> {
    pub fn text(&self) -> &'t str {
        self.text
    }

    pub fn brightness(&self) -> u32 {
        panic!("looked at")
    }
}

pub fn spark(text: &str) -> Spark<'_> {
    Spark { text }
}

/// An error that cannot say what it is.
#[derive(Debug)]
pub struct Unspeakable;

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("spoken")
    }
}

impl std::error::Error for Unspeakable {}

pub fn unspeakable() -> Result<u32, Unspeakable> {
    Err(Unspeakable)
}

/// An error whose destructor panics.
#[derive(Debug)]
pub struct Barbed;

impl fmt::Display for Barbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("barbed")
    }
}

impl std::error::Error for Barbed {}

impl Drop for Barbed {
    fn drop(&mut self) {
        panic!("error dropped")
    }
}

pub fn barbed() -> Result<u32, Barbed> {
    Err(Barbed)
}

/// A result that panics where it is shown.
struct Shy;

impl fmt::Display for Shy {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("displayed")
    }
}

pub fn shy() -> impl fmt::Display {
    Shy
}

pub fn failing() -> u32 {
    panic!("failed")
}

pub fn failing_items(count: u32) -> Vec<u32> {
    (0..count).map(|item| if item == 2 { panic!("item {item}") } else { item }).collect()
}

/// Panics while it is collected.
pub fn failing_walk(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').map(|word| if word == "stop" { panic!("walked") } else { word })
}

/// Panics after what it called.
pub fn failing_after(value: u32, call: impl Fn(u32) -> u32) -> u32 {
    panic!("after {}", call(value))
}

pub fn failing_writer(mut writer: impl Write) -> std::io::Result<()> {
    writer.write_all(b"half")?;
    panic!("written")
}

pub async fn failing_later() -> u32 {
    panic!("later")
}

/// Panics after it waited.
pub async fn failing_after_wait() -> u32 {
    let first = AtomicBool::new(true);
    future::poll_fn(|context| {
        if first.swap(false, atomic::Ordering::Relaxed) {
            context.waker().wake_by_ref();
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(())
    })
    .await;
    panic!("after the wait")
}

/// Never ends; panics when it is dropped.
pub async fn never_quietly() -> u32 {
    let _guard = Grenade::new(true);
    future::pending().await
}

/// The panic carries no text.
pub fn failing_with_number() -> u32 {
    std::panic::panic_any(7_u32)
}

/// The destructor of what the panic carries panics too.
pub fn failing_twice() -> u32 {
    std::panic::panic_any(Grenade::new(true))
}

/// The text is not one that a terminal should show.
pub fn failing_with_controls() -> u32 {
    panic!("\0 \u{1b}[31m \u{202e} */ `${{x}}` \"'")
}
