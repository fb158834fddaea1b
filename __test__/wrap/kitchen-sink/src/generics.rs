//! `instance`, `choice`, `extension`, `trait-method`, `generic`.

/// A pair of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair<T> {
    first: T,
    second: T,
}

pub type NumberPair = Pair<f64>;

impl<T> Pair<T> {
    pub fn new(first: T, second: T) -> Self {
        Self { first, second }
    }

    pub fn first(&self) -> &T {
        &self.first
    }
}

impl Pair<f64> {
    pub fn sum(&self) -> f64 {
        self.first + self.second
    }
}

/// A unit of length.
pub trait Length {
    fn metres(&self) -> f64;

    fn kilometres(&self) -> f64 {
        self.metres() / 1000.0
    }
}

#[derive(Debug, Clone)]
pub struct Mile {
    count: f64,
}

impl Mile {
    pub fn new(count: f64) -> Self {
        Self { count }
    }
}

impl Length for Mile {
    fn metres(&self) -> f64 {
        self.count * 1609.344
    }
}

#[derive(Debug, Clone)]
pub struct Yard {
    count: f64,
}

impl Yard {
    pub fn new(count: f64) -> Self {
        Self { count }
    }
}

impl Length for Yard {
    fn metres(&self) -> f64 {
        self.count * 0.9144
    }
}

pub fn rounded<L: Length>(length: &L) -> f64 {
    length.metres().round()
}

/// Gives text a method.
pub trait Shout {
    fn shout(&self) -> String;
}

impl Shout for str {
    fn shout(&self) -> String {
        self.to_uppercase() + "!"
    }
}

pub fn made<T: Default>() -> T {
    T::default()
}

pub fn smallest<T: Ord + Clone>(values: &[T]) -> Option<T> {
    values.iter().min().cloned()
}
