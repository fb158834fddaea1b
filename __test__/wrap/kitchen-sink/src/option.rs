//! `option` and `option-nested`.

pub fn find(text: &str, from: Option<usize>) -> Option<usize> {
    text.get(from.unwrap_or(0)..)?.find('a')
}

pub fn nested() -> Option<Option<u8>> {
    None
}

pub async fn find_later(text: String, from: Option<usize>) -> Option<usize> {
    find(&text, from)
}
