//! `iterator`.

#[derive(Debug)]
pub struct Steps {
    left: u32,
}

impl Steps {
    pub fn down_from(left: u32) -> Self {
        Self { left }
    }
}

impl Iterator for Steps {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        Some(self.left)
    }
}
