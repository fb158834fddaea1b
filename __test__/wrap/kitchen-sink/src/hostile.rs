//! Panics where nobody expects them.
use std::fmt;

pub struct Grenade {
    armed: bool,
}

impl Grenade {
    pub fn new(armed: bool) -> Self {
        Self { armed }
    }

    pub fn pull(&self) -> u32 {
        panic!("pulled")
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

pub fn failing_items(count: u32) -> Vec<u32> {
    (0..count).map(|item| if item == 2 { panic!("item {item}") } else { item }).collect()
}

pub async fn failing_later() -> u32 {
    panic!("later")
}
