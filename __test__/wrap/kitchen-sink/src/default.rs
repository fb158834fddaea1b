//! `default`.

#[derive(Debug)]
pub struct Settings {
    depth: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { depth: 3 }
    }
}

impl Settings {
    pub fn depth(&self) -> u8 {
        self.depth
    }
}
