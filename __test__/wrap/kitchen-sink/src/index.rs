//! `index`.
use std::ops::Index;

#[derive(Debug)]
pub struct Shelf {
    items: Vec<String>,
}

impl Shelf {
    pub fn with(items: Vec<String>) -> Self {
        Self { items }
    }
}

impl Index<usize> for Shelf {
    type Output = String;

    fn index(&self, place: usize) -> &String {
        &self.items[place]
    }
}
