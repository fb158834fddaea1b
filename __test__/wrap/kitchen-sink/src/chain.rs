//! `chain`.

#[derive(Debug)]
pub struct Recipe {
    steps: Vec<String>,
}

impl Recipe {
    pub fn blank() -> Self {
        Self { steps: Vec::new() }
    }

    pub fn step(&mut self, text: &str) -> &mut Self {
        self.steps.push(text.to_owned());
        self
    }

    pub fn text(&self) -> String {
        self.steps.join(", ")
    }
}
