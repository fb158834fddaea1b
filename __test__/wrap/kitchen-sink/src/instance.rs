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
