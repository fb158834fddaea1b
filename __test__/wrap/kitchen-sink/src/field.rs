//! `field`.

pub struct Label {
    pub title: String,
    pub size: (u16, u16),
    pub note: Option<String>,
    secret: u32,
}

impl Label {
    pub fn titled(title: &str) -> Self {
        Self { title: title.to_owned(), size: (2, 3), note: None, secret: 7 }
    }

    pub fn rename(&mut self, title: String) {
        self.secret += 1;
        self.note = Some(std::mem::replace(&mut self.title, title));
    }
}
