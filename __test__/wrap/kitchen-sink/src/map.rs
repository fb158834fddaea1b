//! `map`.
use std::collections::{BTreeMap, HashMap};

pub fn inverted(map: BTreeMap<String, u32>) -> HashMap<u32, String> {
    map.into_iter().map(|(key, value)| (value, key)).collect()
}

pub async fn inverted_later(map: BTreeMap<String, u32>) -> HashMap<u32, String> {
    inverted(map)
}
