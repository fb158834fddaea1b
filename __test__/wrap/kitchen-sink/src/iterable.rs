//! `iterable`.

pub fn strung(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().collect()
}

pub fn added(values: impl Iterator<Item = u32>) -> u64 {
    values.map(u64::from).sum()
}
