//! `tuple`, `range`, `list`, `map`, `iterable`, `iterator-finite`.
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

pub fn split(text: &str) -> (&str, &str) {
    text.split_at(text.len() / 2)
}

pub fn middle(range: Range<usize>) -> usize {
    (range.start + range.end) / 2
}

pub fn sum(values: &[f64]) -> f64 {
    values.iter().sum()
}

pub fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

pub fn count(words: &[&str]) -> BTreeMap<String, u32> {
    let mut all = BTreeMap::new();
    for word in words {
        *all.entry((*word).to_owned()).or_insert(0) += 1;
    }
    all
}

pub fn distinct(values: HashSet<u32>) -> usize {
    values.len()
}

pub fn concat<I, T>(parts: I) -> String
where
    I: IntoIterator<Item = T>,
    T: AsRef<str>,
{
    parts.into_iter().map(|part| part.as_ref().to_owned()).collect()
}

pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
}

pub fn letters(text: &str) -> std::str::Chars<'_> {
    text.chars()
}
