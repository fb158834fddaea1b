//! How long to wait, and which size to take.

/// Milliseconds to wait from `now` until `wakeup`, both in seconds: none when that is past, never too few, the most there is when it is
/// no number or too far.
pub fn wait_milliseconds(wakeup: f64, now: f64) -> i32 {
    let wait = wakeup - now;
    if wait <= 0.0 {
        return 0;
    }
    let milliseconds = wait * 1000.0 + 1.0;
    // Not below: so is what is no number.
    if milliseconds < f64::from(i32::MAX) { milliseconds as i32 } else { i32::MAX }
}

/// What is wrong with a list of sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sizes {
    /// It is empty.
    None,
    /// This one is not larger than the one before it.
    NotAscending {
        /// Its place, from 0.
        index: usize,
    },
}

impl std::fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::None => formatter.write_str("there must be a size"),
            Self::NotAscending { index } => write!(formatter, "sizes must ascend; the one at {index} does not"),
        }
    }
}

impl std::error::Error for Sizes {}

/// The place of the smallest size that has room for `hint` bytes; of the largest when none has, or when the hint is negative.
///
/// # Errors
/// No sizes, or sizes that do not ascend.
pub fn pick_size(sizes: &[i32], hint: i32) -> Result<usize, Sizes> {
    if let Some(index) = sizes.windows(2).position(|pair| pair[1] <= pair[0]) {
        return Err(Sizes::NotAscending { index: index + 1 });
    }
    pick_size_unchecked(sizes, hint).ok_or(Sizes::None)
}

/// As [`pick_size`], without a look at the order: from the largest downwards as long as the one before has room. None: no sizes.
pub fn pick_size_unchecked(sizes: &[i32], hint: i32) -> Option<usize> {
    let last = sizes.len().checked_sub(1)?;
    let roomy = if hint < 0 { 0 } else { sizes[..last].iter().rev().take_while(|size| **size >= hint).count() };
    Some(last - roomy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn waits_are_rounded_up_and_never_wrap() {
        let infinity = f64::INFINITY;
        for (wakeup, now, milliseconds) in [
            (1.0, 1.0, 0),
            (0.0, 1.0, 0),
            (1e-9, 0.0, 1),
            (0.0015, 0.0, 2),
            (1.0, 0.0, 1001),
            (1e9, 0.0, i32::MAX),
            (infinity, 0.0, i32::MAX),
            (0.0, infinity, 0),
            (f64::NAN, 0.0, i32::MAX),
            (infinity, infinity, i32::MAX),
            (2_147_483.646, 0.0, i32::MAX),
            (2_147_483.6, 0.0, 2_147_483_601),
        ] {
            assert_eq!(wait_milliseconds(wakeup, now), milliseconds, "{wakeup} {now}");
        }
    }

    #[test]
    fn sizes_are_picked_and_checked() {
        let sizes = [48, 512, 2048, 16384, 262_144];
        for (hint, index) in [(-1, 4), (0, 0), (48, 0), (49, 1), (512, 1), (262_144, 4), (262_145, 4), (i32::MAX, 4)] {
            assert_eq!(pick_size(&sizes, hint), Ok(index), "{hint}");
        }
        assert_eq!(pick_size(&[], 1), Err(Sizes::None));
        assert_eq!(pick_size(&[1, 3, 3], 1), Err(Sizes::NotAscending { index: 2 }));
    }

    #[test]
    fn sizes_out_of_order_are_walked_from_the_last() {
        for (sizes, hint, index) in [(&[5, 1, 9][..], 2, 2), (&[5, 5, 5], 5, 0), (&[9, 1], 5, 0), (&[7], 9, 0)] {
            assert_eq!(pick_size_unchecked(sizes, hint), Some(index), "{sizes:?} {hint}");
        }
        assert_eq!(pick_size_unchecked(&[], -1), None);
    }

    proptest! {
        #[test]
        fn the_wait_is_over_when_it_is_time(wakeup in 0.0..1e6_f64, now in 0.0..1e6_f64) {
            let milliseconds = wait_milliseconds(wakeup, now);
            prop_assert!(f64::from(milliseconds) / 1000.0 >= wakeup - now - 1e-9);
            prop_assert!(milliseconds == 0 || f64::from(milliseconds) <= (wakeup - now) * 1000.0 + 1.0);
        }

        #[test]
        fn the_smallest_with_room_is_picked(mut sizes in prop::collection::btree_set(any::<i32>(), 1..16), hint in 0..i32::MAX) {
            let sizes: Vec<_> = std::mem::take(&mut sizes).into_iter().collect();
            let expected = sizes.iter().position(|size| *size >= hint).unwrap_or(sizes.len() - 1);
            prop_assert_eq!(pick_size(&sizes, hint), Ok(expected));
        }
    }
}
