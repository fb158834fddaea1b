//! `method`.

/// By `&self`, `&mut self` and `self`.
#[derive(Debug)]
pub struct Pile {
    items: Vec<String>,
}

impl Pile {
    pub fn empty() -> Self {
        Self { items: Vec::new() }
    }

    pub fn push(&mut self, item: String) -> usize {
        self.items.push(item);
        self.items.len()
    }

    pub fn top(&self) -> Option<&str> {
        self.items.last().map(String::as_str)
    }

    pub fn into_items(self) -> Vec<String> {
        self.items
    }

    pub async fn push_later(&mut self, item: String) -> usize {
        self.push(item)
    }
}
