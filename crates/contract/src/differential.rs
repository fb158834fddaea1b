//! Faster implementations, and what they must agree with before they are used.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// A faster implementation that differs from its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The input, printed.
    pub input: String,
    /// The reference's answer, printed.
    pub expected: String,
    /// The candidate's answer, printed.
    pub found: String,
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What is computed.
    pub name: &'static str,
    /// The faster implementation.
    pub candidate: String,
    /// Inputs that both agreed on.
    pub agreed: u64,
    /// None: the faster implementation is in use. Else its reference is.
    pub difference: Option<Difference>,
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, candidate, agreed, difference } = self;
        match difference {
            None => write!(formatter, "{name}: {candidate} agreed with the reference on {agreed} inputs"),
            Some(Difference { input, expected, found }) => {
                write!(
                    formatter,
                    "{name}: for {input} expected {expected}, {candidate} gave {found}; the reference is used"
                )
            }
        }
    }
}

/// Compares `candidate` with `reference` over all inputs and gives the one to use: the candidate only when it never differed and
/// never panicked.
pub fn checked<F, I: fmt::Debug, O: PartialEq + fmt::Debug>(
    name: &'static str,
    reference: F,
    (candidate_name, candidate): (String, F),
    inputs: impl IntoIterator<Item = I>,
    apply: impl Fn(&F, &I) -> O,
) -> (F, Report) {
    let mut report = Report { name, candidate: candidate_name, agreed: 0, difference: None };
    for input in inputs {
        let expected = apply(&reference, &input);
        let found = catch_unwind(AssertUnwindSafe(|| apply(&candidate, &input))).map_err(|_| "a panic");
        if found.as_ref() != Ok(&expected) {
            let found = found.map_or_else(str::to_owned, |found| format!("{found:?}"));
            report.difference =
                Some(Difference { input: format!("{input:?}"), expected: format!("{expected:?}"), found });
            return (reference, report);
        }
        report.agreed += 1;
    }
    (candidate, report)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Double = fn(&u32) -> u32;

    fn check(candidate: Double) -> (Double, Report) {
        let reference: Double = |n| n + n;
        checked("double", reference, ("shift".to_owned(), candidate), 0..1000, |double, input| double(input))
    }

    #[test]
    fn a_faster_implementation_is_taken_only_when_it_never_differs() {
        let (chosen, report) = check(|n| n << 1);
        assert_eq!((chosen(&4), report.agreed, report.difference), (8, 1000, None));
        let (chosen, report) = check(|n| if *n == 77 { 0 } else { n << 1 });
        assert_eq!((chosen(&77), report.agreed), (154, 77));
        assert_eq!(report.to_string(), "double: for 77 expected 154, shift gave 0; the reference is used");
    }

    #[test]
    fn a_faster_implementation_that_panics_is_not_taken() {
        let (_, report) = check(|_| panic!("expected by the test"));
        assert_eq!(report.difference.unwrap().found, "a panic");
    }
}
