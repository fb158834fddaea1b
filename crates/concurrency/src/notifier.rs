//! Telling many jobs at once.

use std::sync::{Mutex, PoisonError};

use crate::{error::Error, job::Job};

/// Jobs that wait to be told something, each by a signal of its own. It retains none of them.
#[derive(Default)]
pub struct Notifier {
    waiting: Mutex<Vec<(Job, u32)>>,
}

impl Notifier {
    /// One that nobody waits for.
    pub fn create() -> Notifier {
        Notifier::default()
    }

    /// Has the next [`notify`](Self::notify) raise `signal` at the job, once.
    pub fn subscribe(&self, job: &Job, signal: u32) -> Result<(), Error> {
        job.accepts(signal)?;
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push((job.view(), signal));
        Ok(())
    }

    /// Raises the signals that were asked for, in that order, and forgets them; says how many jobs were there to take theirs.
    pub fn notify(&self) -> usize {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        waiting.iter().filter(|(job, signal)| job.signal(*signal).is_ok()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_each_subscriber_once_and_passes_over_those_that_ended() {
        let (first, second) = (Job::create(u32::MAX).unwrap(), Job::create(0b100).unwrap());
        let gone = Job::create(1).unwrap();
        let notifier = Notifier::create();
        notifier.subscribe(&first, 1).unwrap();
        notifier.subscribe(&first, 7).unwrap();
        notifier.subscribe(&second, 2).unwrap();
        notifier.subscribe(&gone, 0).unwrap();
        assert_eq!(notifier.subscribe(&second, 1), Err(Error::Signal { signal: 1, accepted: 0b100 }));
        drop(gone);
        assert_eq!((notifier.notify(), notifier.notify()), (3, 0));
        assert_eq!((first.take(), second.take()), (0b1000_0010, 0b100));
        assert_eq!(first.references(), 1, "it retained none");
    }
}
