//! The lane: one environment's async thread.
//!
//! A current-thread Tokio runtime driven by an OS thread of its own. JavaScript submits futures in batches (one wake
//! however many), Sync doors drive theirs with [`Lane::block_on`] on the calling thread while the lane keeps I/O and timers
//! going: a second runtime would hang, since a connection's driver task lives where the connection was opened.

use std::{
    cell::Cell,
    future::{Future, poll_fn},
    io,
    pin::Pin,
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::Poll,
    thread,
    time::{Duration, Instant},
};

use smallbox::{SmallBox, space::S8};
use tokio::{runtime, sync::Notify};

use crate::{
    cancel::{CancelToken, Stop},
    contained::drop_contained,
    error::{BoundaryError, code},
    queue::Queue,
};

/// A future of the lane's.
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What makes a future once it has reached the lane. Called once. Kept in the queue itself when it is small, so that no memory
/// is taken on one thread to be given back on another.
pub type Submission = SmallBox<dyn FnMut() -> Task + Send, S8>;

/// How many submissions are started before the lane looks at I/O, timers and running tasks again.
const BATCH: usize = 128;

/// The longest the lane looks for more before it sleeps: about what it costs to wake two sleeping cores, its own and
/// JavaScript's.
const LONGEST_LOOK: Duration = Duration::from_micros(100);
/// How long it looks once more came soon after it slept; each further time doubles that.
const FIRST_LOOK: Duration = Duration::from_micros(10);
/// A pause this long between two looks: the core was taken away, so somebody needs it more.
const TAKEN_AWAY: Duration = Duration::from_micros(40);

struct Shared {
    submitted: Queue<Submission>,
    /// How many were submitted.
    count: AtomicU64,
    /// How many of those were polled once; all, when the lane has ended.
    started: (Mutex<u64>, Condvar),
    wake: Notify,
    stopping: AtomicBool,
    ended: (Mutex<bool>, Condvar),
}

impl Shared {
    fn has_started(&self, more: u64) {
        let mut count = self.started.0.lock().unwrap_or_else(PoisonError::into_inner);
        *count = count.saturating_add(more);
        self.started.1.notify_all();
    }
}

/// A running lane. Dropping it closes it without waiting.
pub struct Lane {
    shared: Arc<Shared>,
    runtime: runtime::Handle,
}

impl Lane {
    /// Starts the thread; `prepare` runs on it first.
    pub fn start(name: &str, prepare: impl FnOnce() + Send + 'static) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let shared = Arc::new(Shared {
            submitted: Queue::new(),
            count: AtomicU64::new(0),
            started: (Mutex::new(0), Condvar::new()),
            wake: Notify::new(),
            stopping: AtomicBool::new(false),
            ended: (Mutex::new(false), Condvar::new()),
        });
        let driver = Arc::clone(&shared);
        thread::Builder::new().name(name.to_owned()).spawn(move || {
            prepare();
            runtime.block_on(drive(&driver, Patience::new()));
            // Dropping the runtime drops every task; a panic in one's destructor must not leave `ended` unset.
            drop_contained(runtime);
            while let Some(submission) = driver.submitted.pop() {
                drop_contained(submission);
            }
            driver.has_started(u64::MAX);
            *driver.ended.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
            driver.ended.1.notify_all();
        })?;
        Ok(Self { shared, runtime: handle })
    }

    /// Hands a future to the lane.
    pub fn submit(&self, submission: Submission) {
        self.shared.count.fetch_add(1, Ordering::Relaxed);
        if self.shared.submitted.push(submission) {
            self.shared.wake.notify_one();
        }
    }

    /// Drives a future on the calling thread, once the lane has started everything that was submitted before: calls begin in the
    /// order in which they were made, by whichever door. It stops at the token's deadline; nothing else can stop it, since the
    /// thread that could is this one.
    pub fn block_on<T>(&self, token: &CancelToken, future: impl Future<Output = T>) -> Result<T, BoundaryError> {
        let _driving = Driving::begin()?;
        self.catch_up(token.deadline())?;
        self.runtime
            .block_on(async {
                match token.deadline() {
                    Some(deadline) => {
                        tokio::time::timeout_at(deadline.into(), future).await.map_err(|_| Stop::TimedOut)
                    }
                    None => Ok(future.await),
                }
            })
            .map_err(BoundaryError::from)
    }

    /// Waits until the lane has started what was submitted so far, or has ended. Not in the runtime, whose timers stand still
    /// while the lane is stuck in a poll.
    fn catch_up(&self, until: Option<Instant>) -> Result<(), Stop> {
        let target = self.shared.count.load(Ordering::Relaxed);
        let (started, more) = &self.shared.started;
        let mut count = started.lock().unwrap_or_else(PoisonError::into_inner);
        while *count < target {
            count = match until {
                None => more.wait(count).unwrap_or_else(PoisonError::into_inner),
                Some(until) => {
                    let left = until.checked_duration_since(Instant::now()).ok_or(Stop::TimedOut)?;
                    more.wait_timeout(count, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
        Ok(())
    }

    /// Asks the lane to end: its futures are dropped at their next suspension.
    pub fn close(&self) {
        self.shared.stopping.store(true, Ordering::Release);
        self.shared.wake.notify_one();
    }

    /// After [`Lane::close`]: waits until the thread has ended or the time has come. False: it is stuck in a poll.
    pub fn join(&self, until: Instant) -> bool {
        let mut ended = self.shared.ended.0.lock().unwrap_or_else(PoisonError::into_inner);
        while !*ended {
            let Some(left) = until.checked_duration_since(Instant::now()) else { break };
            ended = self.shared.ended.1.wait_timeout(ended, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *ended
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        self.close();
    }
}

async fn drive(shared: &Shared, mut patience: Patience) {
    loop {
        let slept = Instant::now();
        shared.wake.notified().await;
        patience.woken_after(slept.elapsed());
        let mut started = start_submitted(shared).await;
        // While the flag is up, submitting costs JavaScript no system call, and a lane that looks needs no waking. Calls that wait
        // for something else are not answered any sooner by it, and what they wait for may need this core.
        let mut found = Instant::now();
        let mut looked = found;
        while started != Started::Waiting && looked - found < patience.look && !shared.stopping.load(Ordering::Acquire)
        {
            tokio::task::yield_now().await;
            started = start_submitted(shared).await;
            let now = Instant::now();
            if started != Started::Nothing {
                found = now;
            } else if now - looked > TAKEN_AWAY {
                patience.taken_away();
            }
            looked = now;
        }
        shared.submitted.start_drain();
        start_submitted(shared).await;
        if shared.stopping.load(Ordering::Acquire) {
            return;
        }
    }
}

/// How long the lane looks for more before it sleeps, learned from how soon more came: the way a hypervisor decides how long
/// to poll before it halts a processor. Where calls are rare, or cores are, it does not look at all.
struct Patience {
    look: Duration,
    longest: Duration,
}

impl Patience {
    fn new() -> Self {
        // A lane that looks must not take JavaScript's only core.
        let alone = thread::available_parallelism().is_ok_and(|cores| cores.get() > 1);
        Self { look: Duration::ZERO, longest: if alone { LONGEST_LOOK } else { Duration::ZERO } }
    }

    /// It slept, and more came after this time: soon enough that looking would have paid, or not.
    fn woken_after(&mut self, idle: Duration) {
        self.look = if idle < self.longest { (self.look * 2).clamp(FIRST_LOOK, self.longest) } else { Duration::ZERO };
    }

    fn taken_away(&mut self) {
        self.look = Duration::ZERO;
    }
}

/// What came of what was submitted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Started {
    Nothing,
    /// All of it is answered.
    Answered,
    /// Some of it waits.
    Waiting,
}

/// Starts what was submitted.
async fn start_submitted(shared: &Shared) -> Started {
    let (mut started, mut waiting) = (0, false);
    while let Some(mut submission) = shared.submitted.pop() {
        let mut task = submission();
        // Many calls are ready at their first poll: those need no task of their own. The others are polled again by theirs,
        // which then holds the waker that counts.
        let first = poll_fn(|context| Poll::Ready(task.as_mut().poll(context))).await;
        if first.is_pending() {
            tokio::spawn(task);
            waiting = true;
        }
        started += 1;
        if started % BATCH == 0 {
            shared.has_started(BATCH as u64);
            tokio::task::yield_now().await;
        }
    }
    if started % BATCH != 0 {
        shared.has_started((started % BATCH) as u64);
    }
    match (started, waiting) {
        (0, _) => Started::Nothing,
        (_, false) => Started::Answered,
        (_, true) => Started::Waiting,
    }
}

thread_local! {
    static DRIVING: Cell<bool> = const { Cell::new(false) };
}

/// One future at a time per thread: Tokio would panic, and a nested wait could wait for the outer one.
struct Driving;

impl Driving {
    fn begin() -> Result<Self, BoundaryError> {
        if DRIVING.replace(true) {
            return Err(BoundaryError::new(
                code::REENTRANT,
                "a Sync call was made while another Sync call is driven on this thread; use the async door inside callbacks",
            ));
        }
        Ok(Self)
    }
}

impl Drop for Driving {
    fn drop(&mut self) {
        DRIVING.set(false);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use smallbox::smallbox;

    use super::*;

    fn submit(lane: &Lane, future: impl Future<Output = ()> + Send + 'static) {
        let mut future = Some(future);
        lane.submit(smallbox!(move || Box::pin(future.take().unwrap()) as Task));
    }

    /// Has the lane stick in a poll until the sender is dropped.
    fn stuck(lane: &Lane) -> mpsc::Sender<()> {
        let (finish, gate) = mpsc::channel();
        let (started, starts) = mpsc::channel();
        submit(lane, async move {
            started.send(()).unwrap();
            let _ = gate.recv();
        });
        starts.recv().unwrap();
        finish
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(5)
    }

    #[test]
    fn runs_submitted_futures_on_its_own_thread() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let (done, outcome) = mpsc::channel();
        for number in 0..300 {
            let done = done.clone();
            submit(&lane, async move {
                tokio::task::yield_now().await;
                done.send((number, thread::current().name().map(str::to_owned))).unwrap();
            });
        }
        let mut numbers: Vec<_> = (0..300)
            .map(|_| {
                let (number, name) = outcome.recv_timeout(Duration::from_secs(5)).unwrap();
                assert_eq!(name.as_deref(), Some("lane-test"));
                number
            })
            .collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(0..300));
        lane.close();
        assert!(lane.join(soon()));
    }

    #[test]
    fn looks_longer_while_work_comes_soon_and_not_at_all_when_it_does_not() {
        let mut patience = Patience { look: Duration::ZERO, longest: LONGEST_LOOK };
        let soon = Duration::from_micros(30);
        let looks: Vec<_> = (0..6)
            .map(|_| {
                patience.woken_after(soon);
                patience.look.as_micros()
            })
            .collect();
        assert_eq!(looks, [10, 20, 40, 80, 100, 100]);
        patience.woken_after(LONGEST_LOOK);
        assert_eq!(patience.look, Duration::ZERO);
        patience.woken_after(soon);
        patience.taken_away();
        assert_eq!(patience.look, Duration::ZERO);
        let mut only_core = Patience { look: Duration::ZERO, longest: Duration::ZERO };
        only_core.woken_after(Duration::ZERO);
        assert_eq!(only_core.look, Duration::ZERO);
    }

    #[test]
    fn a_sync_call_is_driven_here_while_the_lane_keeps_the_timers() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let here = thread::current().id();
        let answer = lane.block_on(&CancelToken::new(), async move {
            tokio::time::sleep(Duration::from_millis(5)).await;
            thread::current().id() == here
        });
        assert_eq!(answer, Ok(true));
    }

    #[test]
    fn a_sync_call_begins_behind_what_was_submitted_before_it() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let begun = Arc::new(AtomicU64::new(0));
        for round in 1..=200 {
            for _ in 0..round % 3 {
                let begun = Arc::clone(&begun);
                submit(&lane, async move {
                    begun.fetch_add(1, Ordering::Relaxed);
                    std::future::pending::<()>().await;
                });
            }
            let seen = lane.block_on(&CancelToken::new(), async { begun.load(Ordering::Relaxed) });
            assert_eq!(seen, Ok((1..=round).map(|round| round % 3).sum()));
        }
    }

    #[test]
    fn a_sync_call_behind_a_stuck_poll_ends_at_its_deadline() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let finish = stuck(&lane);
        let token = CancelToken::after(Some(Duration::from_millis(10)));
        assert_eq!(lane.block_on(&token, async {}).unwrap_err().code, code::TIMEOUT);
        drop(finish);
        assert_eq!(lane.block_on(&CancelToken::new(), async { 3 }), Ok(3));
    }

    #[test]
    fn a_sync_call_ends_at_its_deadline() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let token = CancelToken::after(Some(Duration::from_millis(10)));
        let error = lane.block_on(&token, std::future::pending::<()>()).unwrap_err();
        assert_eq!(error.code, code::TIMEOUT);
    }

    #[test]
    fn a_sync_call_inside_a_sync_call_is_refused() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let inner =
            lane.block_on(&CancelToken::new(), async { lane.block_on(&CancelToken::new(), async { 1 }) }).unwrap();
        assert_eq!(inner.unwrap_err().code, code::REENTRANT);
        assert_eq!(lane.block_on(&CancelToken::new(), async { 2 }), Ok(2), "and the thread is usable again");
    }

    #[test]
    fn closing_drops_unfinished_futures() {
        struct Told(mpsc::Sender<()>);
        impl Drop for Told {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let lane = Lane::start("lane-test", || ()).unwrap();
        let (dropped, drops) = mpsc::channel();
        let told = Told(dropped);
        submit(&lane, async move {
            let _told = told;
            std::future::pending::<()>().await;
        });
        lane.close();
        assert!(lane.join(soon()));
        assert_eq!(drops.recv_timeout(Duration::from_secs(5)), Ok(()));
    }

    #[test]
    fn a_lane_stuck_in_a_poll_is_reported_and_not_waited_for() {
        let lane = Lane::start("lane-test", || ()).unwrap();
        let finish = stuck(&lane);
        lane.close();
        assert!(!lane.join(Instant::now() + Duration::from_millis(20)));
        drop(finish);
        assert!(lane.join(soon()));
    }
}
