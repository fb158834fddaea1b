//! `instance`.

#[derive(Debug, Clone, PartialEq)]
pub struct Holder<T> {
    held: T,
}

pub type TextHolder = Holder<String>;

impl<T: Clone> Holder<T> {
    pub fn of(held: T) -> Self {
        Self { held }
    }

    pub fn held(&self) -> T {
        self.held.clone()
    }

    pub fn replace(&mut self, by: T) -> T {
        std::mem::replace(&mut self.held, by)
    }
}

/// A trait that references have: what takes one takes any holder, lent.
pub trait Open {
    type Inside;

    fn open(self) -> Self::Inside;
}

impl<T: Clone> Open for &Holder<T> {
    type Inside = T;

    fn open(self) -> T {
        self.held.clone()
    }
}

pub fn opened<O: Open>(holder: O) -> O::Inside {
    holder.open()
}

/// Found through what makes it.
pub struct Shelf<T> {
    all: Vec<T>,
}

impl<T: Clone> Shelf<T> {
    pub fn last(&self) -> Option<T> {
        self.all.last().cloned()
    }
}

pub fn shelved<O: Open>(holder: O) -> Shelf<O::Inside> {
    Shelf { all: vec![holder.open()] }
}

/// No parameter has a default; the alias says one.
pub struct Ledger<K, V, S> {
    rows: std::collections::HashMap<K, V, S>,
}

pub type Prices<K, V, S = std::collections::hash_map::RandomState> = Ledger<K, V, S>;

impl<K, V, S> Ledger<K, V, S>
where
    K: std::hash::Hash + Eq,
    V: Copy + std::ops::Add<Output = V>,
    S: std::hash::BuildHasher + Default,
{
    pub fn new() -> Self {
        Self { rows: std::collections::HashMap::default() }
    }

    pub fn set(&mut self, key: K, value: V) {
        self.rows.insert(key, value);
    }

    pub fn sum(&self, one: &K, other: &K) -> Option<V> {
        Some(*self.rows.get(one)? + *self.rows.get(other)?)
    }
}

/// Only for those that hold lists.
impl<T: Clone> Holder<Vec<T>> {
    pub fn length(&self) -> usize {
        self.held.len()
    }
}
