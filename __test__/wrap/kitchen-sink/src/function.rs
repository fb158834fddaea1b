//! `function`.

pub fn to_title(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// As many arguments as an export takes.
#[allow(clippy::too_many_arguments)]
pub fn eight(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> u32 {
    [a, b, c, d, e, f, g, h].into_iter().map(u32::from).sum()
}

pub async fn to_title_later(text: String) -> String {
    to_title(&text)
}

#[allow(clippy::too_many_arguments)]
pub async fn eight_later(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> u32 {
    eight(a, b, c, d, e, f, g, h)
}
