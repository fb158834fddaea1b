//! `handle`, `constructor`, `static`, `method`, `chain`, `field`, `constant`, and what traits give.
use std::fmt;
use std::ops::{Add, AddAssign, Index, Neg};
use std::str::FromStr;

use crate::result::ParseError;

/// A counter with a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counter {
    pub name: String,
    count: u32,
    history: Vec<u32>,
}

impl Counter {
    pub const LIMIT: u32 = 1000;

    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub fn starting_at(count: u32) -> Self {
        Self { count, ..Self::default() }
    }

    pub fn count(&self) -> u32 {
        self.count
    }

    pub fn increment(&mut self) -> u32 {
        self.history.push(self.count);
        self.count += 1;
        self.count
    }

    pub fn named(&mut self, name: &str) -> &mut Self {
        self.name = name.to_owned();
        self
    }

    pub fn absorb(&mut self, other: &mut Counter) {
        self.count += std::mem::take(&mut other.count);
    }

    pub fn into_name(self) -> String {
        self.name
    }

    pub fn fill(&self, target: &mut [u32]) {
        target.fill(self.count);
    }

    /// # Safety
    /// None is needed; the signature is what counts.
    pub unsafe fn unchecked(&self) -> u32 {
        self.count
    }
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.count)
    }
}

impl FromStr for Counter {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        crate::result::parse(text).map(Self::starting_at)
    }
}

impl From<u32> for Counter {
    fn from(count: u32) -> Self {
        Self::starting_at(count)
    }
}

impl Add for Counter {
    type Output = Counter;

    fn add(self, other: Counter) -> Counter {
        Self::starting_at(self.count + other.count)
    }
}

impl Add<u32> for Counter {
    type Output = Counter;

    fn add(self, other: u32) -> Counter {
        Self::starting_at(self.count + other)
    }
}

impl AddAssign<u32> for Counter {
    fn add_assign(&mut self, other: u32) {
        self.count += other;
    }
}

impl Neg for Counter {
    type Output = i64;

    fn neg(self) -> i64 {
        -i64::from(self.count)
    }
}

impl Index<usize> for Counter {
    type Output = u32;

    fn index(&self, place: usize) -> &u32 {
        &self.history[place]
    }
}

impl FromIterator<u32> for Counter {
    fn from_iter<I: IntoIterator<Item = u32>>(items: I) -> Self {
        Self::starting_at(items.into_iter().sum())
    }
}

/// Not `Clone`: by value it is used up.
pub struct Ticket {
    number: u32,
}

impl Ticket {
    pub fn new(number: u32) -> Self {
        Self { number }
    }

    pub fn redeem(self) -> u32 {
        self.number
    }
}

pub fn redeem_both(first: Ticket, second: Ticket) -> u32 {
    first.number + second.number
}

/// Counts down.
#[derive(Debug, Clone)]
pub struct Countdown(u32);

impl Countdown {
    pub fn from_top(top: u32) -> Self {
        Self(top)
    }
}

impl Iterator for Countdown {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}
