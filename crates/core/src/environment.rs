//! One JavaScript thread, seen from native code: its queue, lane, pool and waiters, and how all of them end.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    callback::Waiters,
    contained::drop_contained,
    error::{BoundaryError, code},
    gate::Gate,
    lane::Lane,
    lifecycle::{Lifecycle, State},
    pool::{Pool, Prepare},
    queue::Queue,
};

/// How long teardown waits for the lane and the pool before it leaves a stuck thread parked.
pub const GRACE: Duration = Duration::from_millis(500);

type Wake = Box<dyn Fn() + Send + Sync>;

/// The parts of an environment that other threads may touch. `M` is what travels to JavaScript, `R` a blocking
/// callback's answer.
pub struct Environment<M, R> {
    /// A small number for thread names and diagnostics.
    pub id: usize,
    /// Blocking callbacks that wait for this JavaScript thread.
    pub waiters: Waiters<R>,
    /// Created until first use, then running until teardown.
    pub lifecycle: Lifecycle,
    /// Calls whose caller has been told but whose work still runs.
    pub abandoned: AtomicUsize,
    queue: Queue<M>,
    gate: Gate,
    wake: OnceLock<Wake>,
    prepare: OnceLock<Prepare>,
    lane: OnceLock<Lane>,
    pool: OnceLock<Pool>,
    stuck: AtomicUsize,
}

impl<M: Send + 'static, R: Send + 'static> Environment<M, R> {
    /// A running environment; threads and the wake function come at first need.
    pub fn new() -> Arc<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let lifecycle = Lifecycle::new();
        lifecycle.advance(State::Starting).and_then(|()| lifecycle.advance(State::Running)).expect("a new lifecycle");
        Arc::new(Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            waiters: Waiters::new(),
            lifecycle,
            abandoned: AtomicUsize::new(0),
            queue: Queue::new(),
            gate: Gate::new(),
            wake: OnceLock::new(),
            prepare: OnceLock::new(),
            lane: OnceLock::new(),
            pool: OnceLock::new(),
            stuck: AtomicUsize::new(0),
        })
    }

    /// Sets how JavaScript is woken. Called once, on the JavaScript thread, before anything can be delivered.
    pub fn on_wake(&self, wake: Wake) {
        let _ = self.wake.set(wake);
    }

    /// Sets what each thread of this environment does first. Called once, before any is started.
    pub fn on_thread_start(&self, prepare: Prepare) {
        let _ = self.prepare.set(prepare);
    }

    fn prepare(&self) -> Prepare {
        self.prepare.get().map_or_else(|| Arc::new(|| ()) as Prepare, Arc::clone)
    }

    /// Sends something to JavaScript. Gives it back when the environment no longer takes anything.
    pub fn deliver(&self, message: M) -> Result<(), M> {
        if self.gate.is_closed() {
            return Err(message);
        }
        // Only the wake touches Node-API, so only it passes the gate. What is pushed while the gate closes is dropped by
        // teardown or with the environment.
        if self.queue.push(message)
            && let Some(_pass) = self.gate.enter()
            && let Some(wake) = self.wake.get()
        {
            wake();
        }
        Ok(())
    }

    /// What was delivered. JavaScript thread only.
    pub fn queue(&self) -> &Queue<M> {
        &self.queue
    }

    /// Refuses new async work once teardown has begun.
    pub fn ensure_open(&self) -> Result<(), BoundaryError> {
        if self.lifecycle.state() == State::Running {
            return Ok(());
        }
        Err(BoundaryError::new(code::ENVIRONMENT_CLOSED, "this JavaScript environment is shutting down"))
    }

    /// The lane, started at first use. JavaScript thread only.
    pub fn lane(&self) -> Result<&Lane, BoundaryError> {
        if let Some(lane) = self.lane.get() {
            return Ok(lane);
        }
        self.ensure_open()?;
        let prepare = self.prepare();
        let lane = Lane::start(&format!("ferrule-lane-{}", self.id), move || prepare()).map_err(|error| {
            BoundaryError::new(code::RESOURCE_EXHAUSTED, format!("the lane's thread could not be started: {error}"))
        })?;
        Ok(self.lane.get_or_init(|| lane))
    }

    /// The blocking pool, made at first use. JavaScript thread only.
    pub fn pool(&self) -> &Pool {
        self.pool.get_or_init(|| Pool::new(&format!("ferrule-pool-{}", self.id), Pool::default_limit(), self.prepare()))
    }

    /// Whether the lane was started, and the pool's threads and queued jobs.
    pub fn load(&self) -> (bool, usize, usize) {
        let (threads, queued) = self.pool.get().map_or((0, 0), Pool::load);
        (self.lane.get().is_some(), threads, queued)
    }

    /// Threads that teardown had to leave behind.
    pub fn stuck(&self) -> usize {
        self.stuck.load(Ordering::Relaxed)
    }

    /// Phases 1 and 2 of teardown: shut the gate, then end the lane and the pool within [`GRACE`]. The caller has already
    /// stopped the tokens of calls in flight; phase 3, freeing, is its own. Running it twice is fine.
    pub fn close(&self) {
        if self.lifecycle.advance(State::Stopping).is_err() {
            return;
        }
        self.gate.close();
        self.waiters.close();
        let until = Instant::now() + GRACE;
        if let Some(lane) = self.lane.get() {
            lane.close();
        }
        let mut stuck = 0;
        if let Some(pool) = self.pool.get() {
            pool.close();
            stuck += pool.join(until);
        }
        if let Some(lane) = self.lane.get()
            && !lane.join(until)
        {
            stuck += 1;
        }
        self.stuck.store(stuck, Ordering::Relaxed);
        self.queue.start_drain();
        while let Some(message) = self.queue.pop() {
            drop_contained(message);
        }
        self.lifecycle.advance(State::Stopped).expect("only one caller passes the first step");
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn teardown_ends_lane_and_pool_and_refuses_what_comes_after() {
        let environment = Environment::<u32, ()>::new();
        let (wakes, woken) = mpsc::channel();
        environment.on_wake(Box::new(move || wakes.send(()).unwrap()));
        let remote = Arc::clone(&environment);
        environment.pool().spawn(Box::new(move || remote.deliver(1).unwrap())).unwrap();
        woken.recv_timeout(Duration::from_secs(5)).unwrap();
        environment.lane().unwrap();
        environment.close();
        environment.close();
        assert_eq!(environment.stuck(), 0);
        assert_eq!(environment.deliver(2), Err(2));
        assert_eq!(environment.ensure_open().unwrap_err().code, code::ENVIRONMENT_CLOSED);
        assert!(environment.queue().is_empty(), "what was not fetched was dropped");
    }

    #[test]
    fn a_stuck_pool_thread_is_left_after_the_grace_period() {
        let environment = Environment::<u32, ()>::new();
        let (finish, gate) = mpsc::channel::<()>();
        let (started, starts) = mpsc::channel();
        let stuck = move || {
            started.send(()).unwrap();
            let _ = gate.recv();
        };
        environment.pool().spawn(Box::new(stuck)).unwrap();
        starts.recv().unwrap();
        let before = Instant::now();
        environment.close();
        assert!(before.elapsed() >= GRACE && before.elapsed() < GRACE * 6);
        assert_eq!(environment.stuck(), 1);
        drop(finish);
    }

    #[test]
    fn javascript_is_woken_once_per_batch() {
        let environment = Environment::<u32, ()>::new();
        let (wakes, woken) = mpsc::channel();
        environment.on_wake(Box::new(move || wakes.send(()).unwrap()));
        for number in 0..100 {
            environment.deliver(number).unwrap();
        }
        assert_eq!(woken.try_iter().count(), 1);
        environment.queue().start_drain();
        assert_eq!(std::iter::from_fn(|| environment.queue().pop()).count(), 100);
        environment.deliver(100).unwrap();
        assert_eq!(woken.try_iter().count(), 1);
    }
}
