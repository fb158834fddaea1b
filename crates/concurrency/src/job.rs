//! Jobs: what is run for the signals it is given, as long as somebody retains it.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use crate::{
    error::Error,
    shared::{Registry, Watched},
};

/// The signal that schedules a job.
const SCHEDULE: u32 = 0;
/// Signals are numbered up to this.
const LAST_SIGNAL: u32 = 31;

static JOBS: Registry<Shared> = Registry::new();

struct State {
    /// Raised and not taken yet, as bits: raised again before it is taken, a signal comes once.
    pending: u32,
    references: u64,
    /// The thread that runs it has ended.
    orphaned: bool,
}

impl State {
    fn has_ended(&self) -> bool {
        self.references == 0 || self.orphaned
    }
}

struct Shared {
    id: u64,
    accepted: u32,
    state: Watched<State>,
}

impl Drop for Shared {
    fn drop(&mut self) {
        JOBS.remove(self.id);
    }
}

/// One holder's view of a job. What the holder still retains when it is dropped is released.
///
/// `references` of the shared state is the sum of `held` over all holders.
pub struct Job {
    shared: Arc<Shared>,
    held: AtomicU32,
    runs: bool,
}

impl Job {
    /// A job that accepts the signals which are bits of `accepted`, retained once. The caller runs it: waits with
    /// [`ready`](Self::ready) and does what [`take`](Self::take) gives.
    pub fn create(accepted: u32) -> Result<Job, Error> {
        if accepted == 0 {
            return Err(Error::Range { name: "signals", least: 1, most: u32::MAX.into(), found: 0 });
        }
        let state = State { pending: 0, references: 1, orphaned: false };
        let shared = JOBS.add(|id| Shared { id, accepted, state: Watched::new(state) });
        Ok(Job { shared, held: AtomicU32::new(1), runs: true })
    }

    /// The job of that id, retained once more.
    pub fn open(id: u64) -> Result<Job, Error> {
        let shared = JOBS.find(id).ok_or(Error::Unknown { what: "job", id })?;
        let job = Job { shared, held: AtomicU32::new(0), runs: false };
        job.retain()?;
        Ok(job)
    }

    /// What [`open`](Self::open) finds it by.
    pub fn id(&self) -> u64 {
        self.shared.id
    }

    /// Raises a signal, 0 to 31. It is for the job's runner; raised again before it is taken, it comes once.
    pub fn signal(&self, signal: u32) -> Result<(), Error> {
        self.accepts(signal)?;
        let mut state = self.shared.state.lock();
        if state.has_ended() {
            return Err(Error::Ended);
        }
        state.pending |= 1 << signal;
        drop(state);
        self.shared.state.changed();
        Ok(())
    }

    /// Whether a signal can be raised here at all.
    pub(crate) fn accepts(&self, signal: u32) -> Result<(), Error> {
        if signal > LAST_SIGNAL {
            return Err(Error::Range { name: "signal", least: 0, most: LAST_SIGNAL.into(), found: signal.into() });
        }
        let accepted = self.shared.accepted;
        if accepted >> signal & 1 == 0 { Err(Error::Signal { signal, accepted }) } else { Ok(()) }
    }

    /// Raises signal 0.
    pub fn schedule(&self) -> Result<(), Error> {
        self.signal(SCHEDULE)
    }

    /// Keeps the job going until it is released once more; says how often it is retained now, by all.
    pub fn retain(&self) -> Result<u64, Error> {
        let mut state = self.shared.state.lock();
        if state.has_ended() {
            return Err(Error::Ended);
        }
        // Under the lock, as every change of it.
        let held = self.held.load(Ordering::Relaxed);
        let more = held.checked_add(1).ok_or(Error::Range {
            name: "references",
            least: 0,
            most: u32::MAX.into(),
            found: u64::from(held) + 1,
        })?;
        self.held.store(more, Ordering::Relaxed);
        state.references += 1;
        Ok(state.references)
    }

    /// Takes one [`retain`](Self::retain) of this holder back; says how often the job is retained now, by all. At 0 it takes no more
    /// signals, those raised before still come, and then it has ended.
    pub fn release(&self) -> Result<u64, Error> {
        let mut state = self.shared.state.lock();
        let held = self.held.load(Ordering::Relaxed);
        let less = held.checked_sub(1).ok_or(Error::NotRetained)?;
        self.held.store(less, Ordering::Relaxed);
        state.references -= 1;
        let references = state.references;
        drop(state);
        if references == 0 {
            self.shared.state.changed();
        }
        Ok(references)
    }

    /// How often the job is retained, by all.
    pub fn references(&self) -> u64 {
        self.shared.state.lock().references
    }

    /// Waits for signals, true, or for the end, false.
    pub async fn ready(&self) -> bool {
        let ready = |state: &State| (state.pending != 0 || state.has_ended()).then_some(state.pending != 0);
        self.shared.state.until(ready).await
    }

    /// Takes the signals that were raised, as bits; 0 when there are none.
    pub fn take(&self) -> u32 {
        std::mem::take(&mut self.shared.state.lock().pending)
    }

    /// Has it accept nothing more, whoever retains it: the runner has gone.
    pub fn orphan(&self) {
        let mut state = self.shared.state.lock();
        state.orphaned = true;
        state.pending = 0;
        drop(state);
        self.shared.state.changed();
    }

    /// Another view of the same job, for one that signals it and retains nothing.
    pub(crate) fn view(&self) -> Job {
        Job { shared: Arc::clone(&self.shared), held: AtomicU32::new(0), runs: false }
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        let held = *self.held.get_mut();
        if held > 0 {
            self.shared.state.lock().references -= u64::from(held);
            self.shared.state.changed();
        }
        if self.runs {
            self.orphan();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_signal_comes_once_until_it_is_taken() {
        let job = Job::create(u32::MAX).unwrap();
        for signal in [3, 31, 3, 0] {
            job.signal(signal).unwrap();
        }
        job.schedule().unwrap();
        assert_eq!((job.take(), job.take()), (1 << 31 | 0b1001, 0));
        assert!(matches!(job.signal(32), Err(Error::Range { found: 32, .. })));
        let narrow = Job::create(0b10).unwrap();
        assert_eq!(narrow.schedule(), Err(Error::Signal { signal: 0, accepted: 0b10 }));
        assert!(Job::create(0).is_err());
    }

    #[tokio::test]
    async fn released_as_often_as_retained_it_ends_after_what_was_raised() {
        let job = Job::create(1).unwrap();
        let other = Job::open(job.id()).unwrap();
        assert_eq!((other.retain(), job.release(), other.release()), (Ok(3), Ok(2), Ok(1)));
        assert_eq!(job.release(), Err(Error::NotRetained), "the other's is not this one's to give");
        other.schedule().unwrap();
        assert_eq!(other.release(), Ok(0));
        assert_eq!((other.schedule(), other.retain()), (Err(Error::Ended), Err(Error::Ended)));
        assert!(job.ready().await);
        assert_eq!(job.take(), 1);
        assert!(!job.ready().await);
    }

    #[test]
    fn a_holder_that_goes_releases_what_it_retains_and_a_runner_that_goes_ends_it() {
        let job = Job::create(1).unwrap();
        let other = Job::open(job.id()).unwrap();
        other.retain().unwrap();
        drop(other);
        assert_eq!(job.references(), 1);
        let (id, other) = (job.id(), Job::open(job.id()).unwrap());
        drop(job);
        assert_eq!(other.signal(0), Err(Error::Ended));
        assert_eq!(Job::open(id).err(), Some(Error::Ended));
        drop(other);
        assert_eq!(Job::open(id).err(), Some(Error::Unknown { what: "job", id }));
        assert!(!JOBS.knows(id));
    }

    #[test]
    fn references_of_many_threads_add_up() {
        let job = Job::create(u32::MAX).unwrap();
        thread::scope(|scope| {
            for signal in 0..8 {
                let id = job.id();
                scope.spawn(move || {
                    let mine = Job::open(id).unwrap();
                    for _ in 0..1_000 {
                        mine.retain().unwrap();
                        mine.signal(signal).unwrap();
                        mine.release().unwrap();
                    }
                });
            }
        });
        assert_eq!((job.references(), job.take()), (1, 0xFF));
    }
}
