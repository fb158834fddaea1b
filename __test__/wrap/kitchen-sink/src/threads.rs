//! Types that stay on their thread, and async functions.
use std::rc::Rc;

#[derive(Debug, Clone)]
pub struct Local(Rc<String>);

impl Local {
    pub fn new(text: &str) -> Self {
        Self(Rc::new(text.to_owned()))
    }

    pub fn text(&self) -> String {
        self.0.as_str().to_owned()
    }
}

pub async fn doubled(value: u32) -> u32 {
    value * 2
}

pub async fn local(value: u32) -> Local {
    Local::new(&value.to_string())
}
