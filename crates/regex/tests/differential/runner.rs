//! Runs a property from a seed that is known when it fails.

use std::hash::{BuildHasher, RandomState};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};

pub(crate) fn hold<S: Strategy>(inputs: S, property: impl Fn(S::Value) -> TestCaseResult) {
    let seed = std::env::var("FERRULE_PROPTEST_SEED")
        .map_or_else(|_| RandomState::new().hash_one(0), |seed| seed.parse().expect("the seed is a number"));
    let cases = std::env::var("PROPTEST_CASES").map_or(1_000, |cases| cases.parse().expect("the cases are a number"));
    let config = Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    if let Err(failure) = TestRunner::new(config).run(&inputs, property) {
        panic!("{failure}\nrepeat with FERRULE_PROPTEST_SEED={seed}");
    }
}
