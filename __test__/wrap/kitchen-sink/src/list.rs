//! `list`.
use std::collections::{BTreeSet, HashSet, VecDeque};

pub fn scaled(values: &[f64], by: f64) -> Vec<f64> {
    values.iter().map(|value| value * by).collect()
}

pub fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

pub fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub fn unique(values: HashSet<u32>) -> BTreeSet<u32> {
    values.into_iter().collect()
}

pub fn rotated(mut values: VecDeque<i16>) -> VecDeque<i16> {
    values.rotate_left(1);
    values
}

pub async fn sorted_later(words: Vec<String>) -> Vec<String> {
    sorted(words)
}
