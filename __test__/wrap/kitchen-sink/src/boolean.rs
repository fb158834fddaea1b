//! `boolean`.

pub fn invert(value: bool) -> bool {
    !value
}

pub async fn invert_later(value: bool) -> bool {
    !value
}
