//! `deref`.
use std::ops::{Deref, DerefMut};

#[derive(Debug)]
pub struct Drawer {
    items: u32,
}

impl Drawer {
    pub fn holding(items: u32) -> Self {
        Self { items }
    }

    pub fn items(&self) -> u32 {
        self.items
    }

    pub fn put_in(&mut self, more: u32) -> u32 {
        self.items += more;
        self.items
    }
}

/// Leads to its drawer.
#[derive(Debug)]
pub struct Desk {
    drawer: Drawer,
}

impl Desk {
    pub fn with_items(items: u32) -> Self {
        Self { drawer: Drawer { items } }
    }
}

impl Deref for Desk {
    type Target = Drawer;

    fn deref(&self) -> &Drawer {
        &self.drawer
    }
}

impl DerefMut for Desk {
    fn deref_mut(&mut self) -> &mut Drawer {
        &mut self.drawer
    }
}
