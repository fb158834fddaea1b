//! `map-pairs`.
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Town {
    name: String,
}

impl Town {
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }
}

pub fn inhabitants(towns: &[String], each: u32) -> BTreeMap<Town, u32> {
    towns.iter().zip(1..).map(|(name, place)| (Town::named(name), place * each)).collect()
}
