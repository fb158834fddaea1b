//! Items of an iterator in batches: one call of JavaScript reads several ahead.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    time::{Duration, Instant},
};

use ferrule_core::error::BoundaryError;

use crate::panic;

/// A batch ends early when reading it took this long: whoever waits for the first item does not pay for the last.
const LONGEST: Duration = Duration::from_millis(1);

/// Room that is made before there is anything to put there.
const MOST_ROOM: u32 = 256;

/// What is known of an iterator between two batches.
///
/// - An error or a panic ends a batch. What was read before it is handed out first; the next batch starts with it.
/// - `before` is the iterator as it stood before the last batch, and how many items that had. It is there only for iterators
///   that can turn back, and only while a batch of more than one may have items that nobody took.
pub struct Ahead<I> {
    before: Option<(I, u32)>,
    stop: Option<Stop>,
}

enum Stop {
    Failed(BoundaryError),
    Panicked(BoundaryError),
}

impl<I> Default for Ahead<I> {
    fn default() -> Self {
        Self { before: None, stop: None }
    }
}

impl<I> Ahead<I> {
    /// Up to `most` items, and whether there are no more. `convert` makes of each what crosses; an error that it gives stands in
    /// the item's place.
    ///
    /// # Errors
    /// That of the first item, or the one that ended the batch before.
    ///
    /// # Panics
    /// With the iterator, where no item was read before it did.
    pub fn read<J: Iterator, T>(
        &mut self,
        iterator: &mut J,
        most: u32,
        mut convert: impl FnMut(J::Item) -> Result<T, BoundaryError>,
    ) -> Result<(Vec<T>, bool), BoundaryError> {
        match self.stop.take() {
            Some(Stop::Failed(error)) => return Err(error),
            Some(Stop::Panicked(error)) => resume_unwind(Box::new(error)),
            None => {}
        }
        let mut items = Vec::with_capacity(most.min(MOST_ROOM) as usize);
        let begun = Instant::now();
        while items.len() < most as usize {
            match catch_unwind(AssertUnwindSafe(|| iterator.next().map(&mut convert))) {
                Ok(Some(Ok(item))) => items.push(item),
                Ok(None) => {
                    self.count(items.len());
                    return Ok((items, true));
                }
                Ok(Some(Err(error))) if items.is_empty() => return Err(error),
                Ok(Some(Err(error))) => {
                    self.stop = Some(Stop::Failed(error));
                    break;
                }
                Err(payload) if items.is_empty() => resume_unwind(payload),
                Err(payload) => {
                    self.stop = Some(Stop::Panicked(panic::into_error(payload)));
                    break;
                }
            }
            if begun.elapsed() > LONGEST {
                break;
            }
        }
        self.count(items.len());
        Ok((items, false))
    }

    #[expect(clippy::cast_possible_truncation, reason = "a batch has at most `most` items, a `u32`")]
    fn count(&mut self, read: usize) {
        if let Some((_, count)) = &mut self.before {
            *count = read as u32;
        }
    }
}

impl<I: Iterator + Clone> Ahead<I> {
    /// Puts the last `unread` items of the last batch back, and remembers the place when a batch of several follows.
    pub fn turn_back(&mut self, iterator: &mut I, unread: u32, most: u32) {
        if let Some((before, read)) = self.before.take()
            && unread > 0
        {
            *iterator = before;
            // What ended the batch comes again when its place does.
            self.stop = None;
            for _ in unread..read {
                iterator.next();
            }
        }
        if most > 1 {
            self.before = Some((iterator.clone(), 0));
        }
    }
}

/// An iterator without a name, over what crosses.
pub struct Items<'a, T> {
    iterator: Box<dyn Iterator<Item = Result<T, BoundaryError>> + 'a>,
    ahead: Ahead<()>,
}

impl<'a, T> Items<'a, T> {
    /// The items of an iterator.
    pub fn of(iterator: impl Iterator<Item = Result<T, BoundaryError>> + 'a) -> Self {
        Self { iterator: Box::new(iterator), ahead: Ahead::default() }
    }

    /// As [`Ahead::read`].
    ///
    /// # Errors
    /// That of the first item, or the one that ended the batch before.
    pub fn read(&mut self, most: u32) -> Result<(Vec<T>, bool), BoundaryError> {
        self.ahead.read(&mut self.iterator, most, |item| item)
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use ferrule_core::error::code;

    use super::*;

    type Batch = Result<(Vec<u32>, bool), BoundaryError>;

    fn batch<I, J: Iterator<Item = u32>>(ahead: &mut Ahead<I>, iterator: &mut J, most: u32) -> Batch {
        ahead.read(iterator, most, Ok)
    }

    #[test]
    fn a_batch_has_as_many_as_asked_for_and_knows_the_end() {
        let (mut ahead, mut iterator) = (Ahead::<()>::default(), 0..5);
        assert_eq!(batch(&mut ahead, &mut iterator, 2).unwrap(), (vec![0, 1], false));
        assert_eq!(batch(&mut ahead, &mut iterator, 3).unwrap(), (vec![2, 3, 4], false));
        assert_eq!(batch(&mut ahead, &mut iterator, 3).unwrap(), (vec![], true));
    }

    #[test]
    fn a_batch_of_an_endless_iterator_that_is_slow_ends_early() {
        let (mut ahead, mut iterator) = (Ahead::<()>::default(), 0..);
        let mut slow = iterator.by_ref().inspect(|_| std::thread::sleep(LONGEST));
        let (items, ended) = batch(&mut ahead, &mut slow, 200).unwrap();
        assert!(!items.is_empty() && items.len() < 200 && !ended);
    }

    #[test]
    fn an_error_comes_behind_the_items_before_it_and_the_rest_behind_it() {
        let fails = || BoundaryError::new(code::STATE, "two");
        let (mut ahead, mut iterator) = (Ahead::<()>::default(), 0..4);
        let mut read = || ahead.read(&mut iterator, 9, |item| if item == 2 { Err(fails()) } else { Ok(item) });
        assert_eq!(read().unwrap(), (vec![0, 1], false));
        assert_eq!(read().unwrap_err().code, code::STATE);
        assert_eq!(read().unwrap(), (vec![3], true));
    }

    #[test]
    fn a_panic_comes_behind_the_items_before_it() {
        let mut ahead = Ahead::<()>::default();
        let mut iterator = (0..4).inspect(|item| assert_ne!(*item, 2, "two"));
        assert_eq!(batch(&mut ahead, &mut iterator, 9).unwrap(), (vec![0, 1], false));
        let payload = catch_unwind(AssertUnwindSafe(|| batch(&mut ahead, &mut iterator, 9))).unwrap_err();
        assert!(panic::into_error(payload).message.contains("two"));
    }

    #[test]
    fn what_nobody_took_is_put_back() {
        let (mut ahead, mut iterator) = (Ahead::default(), 0..9);
        let mut read = |unread, most| {
            ahead.turn_back(&mut iterator, unread, most);
            let items = batch(&mut ahead, &mut iterator, most).unwrap().0;
            (items, iterator.clone())
        };
        assert_eq!(read(0, 4).0, [0, 1, 2, 3]);
        assert_eq!(read(3, 0), (vec![], 1..9));
        assert_eq!(read(0, 9).0, [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(read(1, 2).0, [8]);
        assert_eq!(read(0, 0), (vec![], 9..9));
    }

    #[test]
    fn a_panic_that_was_put_back_comes_again_at_its_place() {
        let (mut ahead, mut iterator) = (Ahead::default(), [1, 2, 0].into_iter().map(|item: u32| 6 / item));
        ahead.turn_back(&mut iterator, 0, 9);
        assert_eq!(batch(&mut ahead, &mut iterator, 9).unwrap().0, [6, 3]);
        ahead.turn_back(&mut iterator, 1, 9);
        assert_eq!(batch(&mut ahead, &mut iterator, 9).unwrap().0, [3]);
        assert!(catch_unwind(AssertUnwindSafe(|| batch(&mut ahead, &mut iterator, 9))).is_err());
    }
}
