//! `clone`.

#[derive(Clone)]
pub struct Sheep {
    name: String,
}

impl Sheep {
    pub fn called(name: &str) -> Self {
        Self { name: name.to_owned() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn set_name(&mut self, name: &str) {
        self.name = name.to_owned();
    }
}
