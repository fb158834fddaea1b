//! `callback`.

pub fn twice(value: u32, change: impl Fn(u32) -> u32) -> u32 {
    change(change(value))
}

pub fn each_letter(text: &str, mut visit: impl FnMut(char)) {
    text.chars().for_each(&mut visit);
}

pub fn once_given(make: impl FnOnce() -> String) -> usize {
    make().len()
}

pub fn any_of(values: &[u32], test: &dyn Fn(u32) -> bool) -> bool {
    values.iter().any(|value| test(*value))
}
