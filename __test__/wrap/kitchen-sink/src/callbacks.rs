//! `callback`, `callback-kept`, `function-pointer`.

pub fn count_by(text: &str, test: impl Fn(char) -> bool) -> usize {
    text.chars().filter(|letter| test(*letter)).count()
}

pub fn each_word<F: FnMut(&str)>(text: &str, visit: F) {
    text.split(' ').for_each(visit);
}

pub fn apply(value: u32, change: &dyn Fn(u32) -> u32) -> u32 {
    change(value)
}

pub fn keep(_action: impl Fn() -> u32 + Send + 'static) {}

pub fn pointer(value: u32, change: fn(u32) -> u32) -> u32 {
    change(value)
}
