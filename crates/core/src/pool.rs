//! The lane's threads for blocking and CPU-heavy work.
//!
//! Tokio's own blocking pool panics when the system refuses a thread and cannot tell work that runs from work that waits
//! for JavaScript; both matter here, so this is a small pool of its own. Threads start when there is work and end after
//! [`IDLE`] without any.

use std::{
    cell::RefCell,
    collections::VecDeque,
    io,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak},
    thread,
    time::{Duration, Instant},
};

use crate::contained::drop_contained;

/// How long a thread waits for more work before it ends.
pub const IDLE: Duration = Duration::from_secs(10);

/// A piece of work. Dropping it unrun must also tell its caller: the pool drops what is queued when it closes.
pub type Job = Box<dyn FnOnce() + Send>;

/// What each thread of an environment does first.
pub type Prepare = Arc<dyn Fn() + Send + Sync>;

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    threads: usize,
    idle: usize,
    /// Threads that wait for JavaScript: they use no CPU and do not count against the limit.
    waiting: usize,
    closed: bool,
}

struct Shared {
    name: String,
    limit: usize,
    prepare: Prepare,
    state: Mutex<State>,
    work: Condvar,
    ended: Condvar,
}

thread_local! {
    static CURRENT: RefCell<Weak<Shared>> = const { RefCell::new(Weak::new()) };
}

/// A bounded pool of threads. Dropping it closes it without waiting.
pub struct Pool(Arc<Shared>);

impl Pool {
    /// A pool that runs at most `limit` jobs at once; its threads carry `name` and run `prepare` first.
    pub fn new(name: &str, limit: usize, prepare: Prepare) -> Self {
        Self(Arc::new(Shared {
            name: name.to_owned(),
            limit: limit.max(1),
            prepare,
            state: Mutex::default(),
            work: Condvar::new(),
            ended: Condvar::new(),
        }))
    }

    /// The limit the boundary uses: `max(4, cores)`.
    pub fn default_limit() -> usize {
        thread::available_parallelism().map_or(4, |cores| cores.get().max(4))
    }

    /// Queues a job. The error is the system's refusal to start a first thread, or that the pool is closed.
    pub fn spawn(&self, job: Job) -> io::Result<()> {
        let mut state = self.0.lock();
        if state.closed {
            return Err(io::Error::new(io::ErrorKind::BrokenPipe, "the pool is closed"));
        }
        state.jobs.push_back(job);
        match self.0.ensure_thread(state) {
            Ok(()) => Ok(()),
            Err((mut state, error)) => {
                // With any thread at work the job is merely late; with none it would never run.
                if state.threads > 0 {
                    return Ok(());
                }
                let job = state.jobs.pop_back();
                drop(state);
                drop(job);
                Err(error)
            }
        }
    }

    /// Refuses new jobs, drops queued ones, lets running ones end.
    pub fn close(&self) {
        let dropped = {
            let mut state = self.0.lock();
            state.closed = true;
            std::mem::take(&mut state.jobs)
        };
        self.0.work.notify_all();
        for job in dropped {
            drop_contained(job);
        }
    }

    /// After [`Pool::close`]: waits until all threads have ended or the time has come. Returns how many are still stuck.
    pub fn join(&self, until: Instant) -> usize {
        let mut state = self.0.lock();
        while state.threads > 0 {
            let Some(left) = until.checked_duration_since(Instant::now()) else { break };
            state = self.0.ended.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        state.threads
    }

    /// Threads, and jobs that wait for one.
    pub fn load(&self) -> (usize, usize) {
        let state = self.0.lock();
        (state.threads, state.jobs.len())
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.close();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // No user code runs under the lock; a poisoned state is still consistent.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sees to it that every queued job has a thread coming, within the limit.
    fn ensure_thread<'lock>(
        self: &Arc<Self>,
        mut state: MutexGuard<'lock, State>,
    ) -> Result<(), (MutexGuard<'lock, State>, io::Error)> {
        if state.idle >= state.jobs.len() {
            self.work.notify_one();
            return Ok(());
        }
        if state.threads - state.waiting >= self.limit {
            return Ok(());
        }
        let shared = Arc::clone(self);
        match thread::Builder::new().name(self.name.clone()).spawn(move || run(&shared)) {
            Ok(_) => {
                state.threads += 1;
                Ok(())
            }
            Err(error) => Err((state, error)),
        }
    }
}

fn run(shared: &Arc<Shared>) {
    (shared.prepare)();
    CURRENT.with(|current| *current.borrow_mut() = Arc::downgrade(shared));
    let mut state = shared.lock();
    loop {
        if let Some(job) = state.jobs.pop_front() {
            drop(state);
            // Jobs catch their own panics; this one keeps the count of threads right should one not.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
            state = shared.lock();
            continue;
        }
        if state.closed {
            break;
        }
        state.idle += 1;
        let (woken, timeout) = shared.work.wait_timeout(state, IDLE).unwrap_or_else(PoisonError::into_inner);
        state = woken;
        state.idle -= 1;
        if timeout.timed_out() && state.jobs.is_empty() {
            break;
        }
    }
    state.threads -= 1;
    drop(state);
    shared.ended.notify_all();
}

/// Runs `wait` on a pool thread without taking up its place: meanwhile another thread may work. Elsewhere just runs it.
pub fn while_waiting<T>(wait: impl FnOnce() -> T) -> T {
    struct Waiting(Arc<Shared>);
    impl Drop for Waiting {
        fn drop(&mut self) {
            self.0.lock().waiting -= 1;
        }
    }

    let pool = CURRENT.with(|current| current.borrow().upgrade());
    let _waiting = pool.map(|shared| {
        let mut state = shared.lock();
        state.waiting += 1;
        if state.jobs.is_empty() {
            drop(state);
        } else {
            // A refused thread only means that queued jobs wait for us, as they would have without this call.
            let _ = shared.ensure_thread(state);
        }
        Waiting(shared)
    });
    wait()
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(5)
    }

    #[test]
    fn runs_jobs_side_by_side_up_to_the_limit() {
        let pool = Pool::new("test", 2, Arc::new(|| ()));
        let (started, starts) = mpsc::channel();
        let (finish, gate) = mpsc::channel::<()>();
        let gate = Arc::new(Mutex::new(gate));
        for job in 0..3 {
            let (started, gate) = (started.clone(), Arc::clone(&gate));
            pool.spawn(Box::new(move || {
                started.send(job).unwrap();
                let _ = gate.lock().unwrap().recv();
            }))
            .unwrap();
        }
        let mut first = [starts.recv().unwrap(), starts.recv().unwrap()];
        first.sort_unstable();
        assert_eq!(first, [0, 1]);
        assert!(starts.recv_timeout(Duration::from_millis(50)).is_err(), "the third job waits for a thread");
        finish.send(()).unwrap();
        assert_eq!(starts.recv().unwrap(), 2);
        drop(finish);
        pool.close();
        assert_eq!(pool.join(soon()), 0);
    }

    #[test]
    fn a_job_that_waits_for_javascript_leaves_its_place_to_another() {
        let pool = Pool::new("test", 1, Arc::new(|| ()));
        let (answer, question) = mpsc::channel::<()>();
        let (done, outcome) = mpsc::channel();
        pool.spawn(Box::new(move || {
            while_waiting(|| question.recv().unwrap());
            done.send("first").unwrap();
        }))
        .unwrap();
        // With the only place taken this job would never run, and the first would wait for ever.
        pool.spawn(Box::new(move || answer.send(()).unwrap())).unwrap();
        assert_eq!(outcome.recv_timeout(Duration::from_secs(5)), Ok("first"));
    }

    #[test]
    fn closing_drops_what_is_queued_and_counts_what_is_stuck() {
        let pool = Pool::new("test", 1, Arc::new(|| ()));
        let (started, starts) = mpsc::channel();
        let (finish, gate) = mpsc::channel::<()>();
        pool.spawn(Box::new(move || {
            started.send(()).unwrap();
            let _ = gate.recv();
        }))
        .unwrap();
        starts.recv().unwrap();
        let (ran, runs) = mpsc::channel();
        pool.spawn(Box::new(move || ran.send(()).unwrap())).unwrap();
        pool.close();
        assert!(runs.recv().is_err(), "the queued job was dropped, not run");
        assert_eq!(pool.join(Instant::now() + Duration::from_millis(20)), 1);
        assert!(pool.spawn(Box::new(|| ())).is_err());
        finish.send(()).unwrap();
        assert_eq!(pool.join(soon()), 0);
    }

    #[test]
    fn a_panic_ends_the_job_and_not_the_thread() {
        let pool = Pool::new("test", 1, Arc::new(|| ()));
        pool.spawn(Box::new(|| panic!("expected by the test"))).unwrap();
        let (done, outcome) = mpsc::channel();
        pool.spawn(Box::new(move || done.send(()).unwrap())).unwrap();
        assert!(outcome.recv_timeout(Duration::from_secs(5)).is_ok());
        assert_eq!(pool.load().0, 1);
    }
}
