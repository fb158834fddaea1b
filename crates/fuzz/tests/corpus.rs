//! What fuzzing has found so far, as it is and changed at random.

use std::{fs, path::Path};

use ferrule_fuzz::CHECKS;
use proptest::prelude::*;

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

#[test]
fn whatever_was_found_holds() {
    for (name, check) in CHECKS {
        let inputs = corpus(name);
        assert!(!inputs.is_empty(), "{name} has no corpus");
        for input in &inputs {
            check(input);
        }
    }
}

/// Bytes that parsers tell apart.
const TELLING: &[u8] = b"\0\xff\xfe\x80 \n\t\r#;:{}[]()\"-+09a.";

#[derive(Debug, Clone)]
enum Change {
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, u8),
    Remove(prop::sample::Index),
    Cut(prop::sample::Index),
    /// A part of another input, from its start.
    Append(prop::sample::Index, prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    let byte = || prop_oneof![any::<u8>(), prop::sample::select(TELLING)];
    prop_oneof![
        4 => (at(), byte()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (at(), byte()).prop_map(|(at, byte)| Change::Insert(at, byte)),
        2 => at().prop_map(Change::Remove),
        1 => at().prop_map(Change::Cut),
        1 => (at(), at()).prop_map(|(from, length)| Change::Append(from, length)),
    ]
}

fn changed(inputs: &[Vec<u8>], start: prop::sample::Index, changes: &[Change]) -> Vec<u8> {
    let mut input = start.get(inputs).clone();
    for change in changes {
        match change {
            Change::Insert(at, byte) => input.insert(at.index(input.len() + 1), *byte),
            Change::Append(from, length) => {
                let other = from.get(inputs);
                input.extend_from_slice(&other[..length.index(other.len() + 1)]);
            }
            _ if input.is_empty() => {}
            Change::Set(at, byte) => *at.get_mut(&mut input) = *byte,
            Change::Remove(at) => _ = input.remove(at.index(input.len())),
            Change::Cut(at) => input.truncate(at.index(input.len())),
        }
    }
    input
}

#[test]
fn whatever_is_made_of_that_holds() {
    for (name, check) in CHECKS {
        let inputs = corpus(name);
        let config = ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() };
        proptest!(config, |(start: prop::sample::Index, changes in prop::collection::vec(change(), 0..8))| {
            check(&changed(&inputs, start, &changes));
        });
    }
}

proptest! {
    #[test]
    fn whatever_comes_holds(bytes: Vec<u8>) {
        for (_, check) in CHECKS {
            check(&bytes);
        }
    }
}
