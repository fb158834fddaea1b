//! `tuple`.

pub fn swapped(pair: (u32, String)) -> (String, u32) {
    (pair.1, pair.0)
}

/// As long as a tuple may be.
pub fn six(a: (u8, u8, u8, u8, u8, u8)) -> (u8, u8, u8, u8, u8, u8) {
    (a.5, a.4, a.3, a.2, a.1, a.0)
}

pub async fn swapped_later(pair: (u32, String)) -> (String, u32) {
    swapped(pair)
}
