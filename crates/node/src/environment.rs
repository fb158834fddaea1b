//! One environment as its JavaScript thread has it, and one copy of the package inside it.
//!
//! Node gives each load of the addon in each thread its own `napi_env`; state hangs on that, never on the thread. A process
//! may also hold several copies of the TypeScript half over one environment (Jest's registries, a bundle beside the package):
//! each attaches for itself, gets its own functions, and is answered through its own hooks.
//!
//! Ends of life. Each function made for JavaScript holds its copy, each copy the state; both go when their functions were
//! collected. References to JavaScript values go earlier, in the cleanup hook, while Node-API still takes them back.

use std::{
    any::Any,
    cell::{Cell, RefCell},
    collections::HashMap,
    ffi::c_void,
    ptr,
    rc::{Rc, Weak},
    sync::Arc,
    thread::{self, ThreadId},
};

use ferrule_core::{
    callback::Registry,
    contained::drop_contained,
    environment::Environment,
    error::{BoundaryError, code},
    handle::{Handle, Removed, Table},
};
use napi_sys as sys;

use crate::{
    arena::Arena,
    callback::{Function, QueuedCall, ReplyConverter},
    convert::Carried,
    copy::CopyState,
    drain, exit,
    failure::Failure,
    js::{self, Env, Raw, Reference, Status, check},
    log, panic,
    waiting::WaitingCalls,
};

pub(crate) type Answer = Box<dyn Any + Send>;
pub(crate) type SharedEnvironment = Environment<Message, Answer>;

thread_local! {
    /// The environment a lane or pool thread works for. Calls answer through it, and need not count it each.
    static WORKS_FOR: RefCell<Option<Arc<SharedEnvironment>>> = const { RefCell::new(None) };
}

/// Sends something to the JavaScript thread this thread works for. An environment that has closed takes nothing.
pub(crate) fn deliver_here(message: Message) {
    WORKS_FOR.with_borrow(|environment| {
        if let Some(environment) = environment {
            let _ = environment.deliver(message);
        }
    });
}

fn shared_environment() -> Arc<SharedEnvironment> {
    let shared = SharedEnvironment::new();
    let environment = Arc::downgrade(&shared);
    shared.on_thread_start(Arc::new(move || {
        panic::mark_thread();
        WORKS_FOR.set(environment.upgrade());
    }));
    shared
}

/// How a call ended.
pub(crate) enum Outcome {
    Value(Carried),
    Error(BoundaryError),
}

/// What travels to the JavaScript thread.
pub(crate) enum Message {
    /// A call is done.
    Settled { copy: u32, call: u32, outcome: Outcome },
    /// A queued callback was called.
    Queued(QueuedCall),
    /// A blocking callback was called, and a thread waits.
    Blocking { call: QueuedCall, reply: u64, convert: ReplyConverter },
    /// The thread of a blocking callback waits no more.
    Withdrawn(u64),
    /// The last native holder of a function let go.
    Remove(Handle),
    /// Nobody needs a thrown value any more.
    Forget(u64),
    /// A log event for `onLog`.
    Log(log::Event),
}

/// Everything of an environment that belongs to its JavaScript thread.
pub(crate) struct EnvState {
    pub(crate) env: Env,
    pub(crate) thread: ThreadId,
    pub(crate) shared: Arc<SharedEnvironment>,
    pub(crate) table: RefCell<Table>,
    pub(crate) arena: Arena,
    pub(crate) callbacks: RefCell<Registry<Function>>,
    pub(crate) replies: RefCell<HashMap<u64, ReplyConverter>>,
    pub(crate) thrown: RefCell<HashMap<u64, Reference>>,
    pub(crate) next_thrown: Cell<u64>,
    pub(crate) waiting: WaitingCalls,
    /// Objects in RUNNING, and whether they hold the event loop.
    pub(crate) running: RefCell<HashMap<Handle, bool>>,
    pub(crate) handling_blocking: Cell<usize>,
    pub(crate) draining: Cell<bool>,
    pub(crate) copies: RefCell<HashMap<u32, Weak<CopyState>>>,
    pub(crate) next_copy: Cell<u32>,
    bridge: Cell<sys::napi_threadsafe_function>,
    holds: Cell<usize>,
    pub(crate) in_flight: Cell<usize>,
    reported_bytes: Cell<usize>,
    set_immediate: RefCell<Option<Reference>>,
    continue_drain: RefCell<Option<Reference>>,
}

impl EnvState {
    /// The state of a new environment, with its exit listener and cleanup hook in place.
    pub(crate) fn new(env: Env) -> Result<Rc<Self>, Failure> {
        panic::mark_thread();
        let global = js::global(env)?;
        let set_immediate = js::named(env, global, c"setImmediate")?;
        let state = Rc::new(Self {
            env,
            thread: thread::current().id(),
            shared: shared_environment(),
            table: RefCell::new(Table::new(random()?)),
            arena: Arena::new(),
            callbacks: RefCell::new(Registry::new(random()?)),
            replies: RefCell::default(),
            thrown: RefCell::default(),
            next_thrown: Cell::new(1),
            waiting: WaitingCalls::default(),
            running: RefCell::default(),
            handling_blocking: Cell::new(0),
            draining: Cell::new(false),
            copies: RefCell::default(),
            next_copy: Cell::new(1),
            bridge: Cell::new(ptr::null_mut()),
            holds: Cell::new(0),
            in_flight: Cell::new(0),
            reported_bytes: Cell::new(0),
            set_immediate: RefCell::new(Some(Reference::new(env, set_immediate, 1)?)),
            continue_drain: RefCell::new(None),
        });
        let function = state.function("continueDrain", continue_drain)?;
        *state.continue_drain.borrow_mut() = Some(Reference::new(env, function, 1)?);
        state.listen_for_exit()?;
        state.add_cleanup_hook();
        Ok(state)
    }

    /// A function whose data is this state.
    pub(crate) fn function(
        self: &Rc<Self>,
        name: &str,
        callback: unsafe extern "C" fn(Env, sys::napi_callback_info) -> Raw,
    ) -> Result<Raw, Failure> {
        let data = Rc::into_raw(Rc::clone(self)).cast_mut().cast();
        let function = js::function(self.env, name, Some(callback), data)?;
        // SAFETY: the count taken above is given back by the finaliser, when the function cannot be called any more.
        check(unsafe {
            sys::napi_add_finalizer(self.env, function, data, Some(release_state), ptr::null_mut(), ptr::null_mut())
        })?;
        Ok(function)
    }

    /// `process.exit` and an uncaught exception do not run the main thread's cleanup hook, but they emit `exit`. Once per thread,
    /// however often the addon is loaded there.
    fn listen_for_exit(self: &Rc<Self>) -> Result<(), Failure> {
        let listening = OPEN.with_borrow_mut(|open| {
            open.retain(|state| state.strong_count() > 0);
            open.push(Rc::downgrade(self));
            open.len() > 1
        });
        if listening {
            return Ok(());
        }
        exit::listen(self.env, self.function("closeBoundary", exit_listener)?)
    }

    fn add_cleanup_hook(self: &Rc<Self>) {
        let argument = Rc::into_raw(Rc::clone(self)).cast_mut().cast();
        // SAFETY: the count taken above is given back by `cleanup`, which runs once.
        unsafe { sys::napi_add_env_cleanup_hook(self.env, Some(cleanup), argument) };
    }

    /// The way from other threads to this one, made at first need: a system that only has sync exports costs no handle.
    pub(crate) fn ensure_bridge(&self) -> Result<(), BoundaryError> {
        if !self.bridge.get().is_null() {
            return Ok(());
        }
        self.make_bridge().map_err(|Status(status)| {
            BoundaryError::new(code::RESOURCE_EXHAUSTED, format!("no thread-safe function (Node-API status {status})"))
        })
    }

    fn make_bridge(&self) -> Result<(), Status> {
        let env = self.env;
        let (name, resource) = (js::string(env, "ferrule")?, js::object(env)?);
        let context: *const Self = self;
        let mut bridge = ptr::null_mut();
        // SAFETY: `context` is this state; its count is raised below and given back when the function is finalised.
        check(unsafe {
            sys::napi_create_threadsafe_function(
                env,
                ptr::null_mut(),
                resource,
                name,
                0,
                1,
                context.cast_mut().cast(),
                Some(finalize_bridge),
                context.cast_mut().cast(),
                Some(on_wake),
                &raw mut bridge,
            )
        })?;
        // SAFETY: states only exist inside an `Rc`. Node removes hooks by function and argument; adding ours again puts it
        // behind the thread-safe function's own, and hooks run last in first out: ours shuts the gate first.
        unsafe {
            Rc::increment_strong_count(context);
            sys::napi_unref_threadsafe_function(env, bridge);
            sys::napi_remove_env_cleanup_hook(env, Some(cleanup), context.cast_mut().cast());
            sys::napi_add_env_cleanup_hook(env, Some(cleanup), context.cast_mut().cast());
        }
        self.bridge.set(bridge);
        let remote = Bridge(bridge);
        self.shared.on_wake(Box::new(move || remote.wake()));
        Ok(())
    }

    /// Holds the event loop open until [`unhold`](Self::unhold).
    pub(crate) fn hold(&self) {
        self.holds.set(self.holds.get() + 1);
        // Without a bridge there is no handle to hold the loop by, and no thread it could be held for.
        if self.holds.get() == 1 && self.ensure_bridge().is_ok() {
            // SAFETY: the bridge is alive until teardown clears it.
            unsafe { sys::napi_ref_threadsafe_function(self.env, self.bridge.get()) };
        }
    }

    pub(crate) fn unhold(&self) {
        self.holds.set(self.holds.get() - 1);
        if self.holds.get() == 0 && !self.bridge.get().is_null() {
            // SAFETY: as in `hold`.
            unsafe { sys::napi_unref_threadsafe_function(self.env, self.bridge.get()) };
        }
    }

    pub(crate) fn in_flight(&self) -> usize {
        self.in_flight.get()
    }

    /// Whether the thread may wait inside a native call: not while a blocking callback is being handled on it.
    pub(crate) fn ensure_may_wait(&self) -> Result<(), BoundaryError> {
        self.shared.ensure_open()?;
        if self.handling_blocking.get() == 0 {
            return Ok(());
        }
        Err(BoundaryError::new(
            code::WOULD_DEADLOCK,
            "a call that waits was made inside the handler of a blocking callback; use its async door there",
        ))
    }

    /// Marks the thread as waiting: blocking callbacks that need it are refused meanwhile.
    pub(crate) fn javascript_waits(&self) -> JavascriptWaits<'_> {
        self.shared.waiters.begin_wait();
        JavascriptWaits(self)
    }

    pub(crate) fn copy(&self, id: u32) -> Option<Rc<CopyState>> {
        self.copies.borrow().get(&id).and_then(Weak::upgrade)
    }

    /// Drops what left the table. Outside any borrow: a destructor may come back here.
    #[cold]
    pub(crate) fn drop_removed(&self, removed: Removed) {
        for value in removed {
            drop_contained(value);
        }
        self.report_bytes();
    }

    /// Tells V8 how much memory hangs on its objects.
    pub(crate) fn report_bytes(&self) {
        let bytes = self.table.borrow().bytes();
        let change = bytes as i64 - self.reported_bytes.replace(bytes) as i64;
        if change != 0 {
            let mut total = 0;
            // SAFETY: no argument but the environment and an output on this stack.
            unsafe { sys::napi_adjust_external_memory(self.env, change, &raw mut total) };
        }
    }

    /// An object reached RUNNING: it holds the event loop until it stops, is disposed or `unref`ed.
    pub(crate) fn set_running(&self, handle: Handle) {
        if self.running.borrow_mut().insert(handle, true).is_none() {
            self.hold();
        }
    }

    pub(crate) fn set_stopped(&self, handle: Handle) {
        if self.running.borrow_mut().remove(&handle) == Some(true) {
            self.unhold();
        }
    }

    /// Objects were closed, and the children of theirs: none of them holds the event loop any more.
    pub(crate) fn stop_closed(&self) {
        let closed: Vec<_> = {
            let table = self.table.borrow();
            self.running.borrow().keys().copied().filter(|handle| table.is_closed(*handle)).collect()
        };
        for handle in closed {
            self.set_stopped(handle);
        }
    }

    /// `ref()` and `unref()`.
    pub(crate) fn set_held(&self, handle: Handle, held: bool) {
        let before = self.running.borrow_mut().get_mut(&handle).map(|slot| std::mem::replace(slot, held));
        match (before, held) {
            (Some(false), true) => self.hold(),
            (Some(true), false) => self.unhold(),
            _ => {}
        }
    }

    /// How a drain begun by a wake goes on: re-arming the wake inside its own dispatch would starve timers.
    fn drain_in_immediate(&self) {
        let set_immediate = self.set_immediate.borrow().as_ref().and_then(Reference::get);
        let again = self.continue_drain.borrow().as_ref().and_then(Reference::get);
        if let (Some(set_immediate), Some(again), Ok(this)) = (set_immediate, again, js::undefined(self.env)) {
            // Fails only with an exception pending, which an environment that is being torn down has.
            let _ = js::call(self.env, this, set_immediate, &[again]);
        }
    }

    /// How a drain begun by `setImmediate` goes on. Immediates hold the event loop: with nothing but them, a thread that
    /// calls fast enough would hold it for ever; a wake holds it only where something is meant to.
    fn drain_in_wake(&self) {
        if !self.bridge.get().is_null() {
            Bridge(self.bridge.get()).wake();
        }
    }

    /// Phases 1 and 2 of teardown.
    pub(crate) fn close(&self) {
        let copies: Vec<_> = self.copies.borrow().values().filter_map(Weak::upgrade).collect();
        for copy in copies {
            copy.stop_calls();
        }
        self.shared.close();
    }

    /// Phase 3: everything that refers to JavaScript, then the objects.
    fn free(&self) {
        log::forget(&self.shared);
        // A host may run the next environment on this thread: it must listen anew.
        OPEN.with_borrow_mut(|open| open.retain(|state| !ptr::eq(state.as_ptr(), self)));
        let functions = self.callbacks.borrow_mut().clear();
        functions.into_iter().for_each(drop_contained);
        self.thrown.borrow_mut().clear();
        self.replies.borrow_mut().clear();
        self.waiting.clear();
        *self.set_immediate.borrow_mut() = None;
        *self.continue_drain.borrow_mut() = None;
        let copies: Vec<_> = self.copies.borrow_mut().drain().filter_map(|(_, copy)| copy.upgrade()).collect();
        for copy in copies {
            copy.free();
        }
        let removed = self.table.borrow_mut().close_all();
        self.drop_removed(removed);
        let bridge = self.bridge.replace(ptr::null_mut());
        if !bridge.is_null() {
            // SAFETY: the gate is closed, so no thread is inside a call of it and none will be. Node frees it when its own
            // cleanup hook, which runs after ours, has closed its handle.
            unsafe { sys::napi_release_threadsafe_function(bridge, sys::ThreadsafeFunctionReleaseMode::release) };
        }
    }
}

/// Ends the thread's waiting when dropped.
pub(crate) struct JavascriptWaits<'state>(&'state EnvState);

impl Drop for JavascriptWaits<'_> {
    fn drop(&mut self) {
        self.0.shared.waiters.end_wait();
    }
}

/// The thread-safe function, as other threads have it.
struct Bridge(sys::napi_threadsafe_function);

// SAFETY: `napi_call_threadsafe_function` is made to be called from any thread; the environment's gate keeps everybody out
// once the function may be gone.
unsafe impl Send for Bridge {}
// SAFETY: as above; Node serialises the calls itself.
unsafe impl Sync for Bridge {}

impl Bridge {
    fn wake(&self) {
        // SAFETY: called inside the gate, so the function is alive. It fails only when Node is closing it, and then nobody
        // is left to wake.
        unsafe {
            sys::napi_call_threadsafe_function(self.0, ptr::null_mut(), sys::ThreadsafeFunctionCallMode::nonblocking);
        }
    }
}

thread_local! {
    /// The environments of this thread that `exit` has to close.
    static OPEN: RefCell<Vec<Weak<EnvState>>> = const { RefCell::new(Vec::new()) };
}

fn random() -> Result<u64, BoundaryError> {
    getrandom::u64().map_err(|error| {
        BoundaryError::new(code::RESOURCE_EXHAUSTED, format!("the system gave no random numbers: {error}"))
    })
}

/// # Safety
/// `data` is a counted state pointer made by `Rc::into_raw`.
unsafe fn state_of<'state>(data: *mut c_void) -> &'state EnvState {
    // SAFETY: promised by the caller; the count outlives this call.
    unsafe { &*data.cast::<EnvState>() }
}

/// The state a function made by [`EnvState::function`] carries, and its first argument.
///
/// # Safety
/// `info` is what Node-API passed to such a function.
pub(crate) unsafe fn called<'state>(env: Env, info: sys::napi_callback_info) -> (&'state EnvState, Raw) {
    let (mut count, mut argument, mut data) = (1, ptr::null_mut(), ptr::null_mut());
    // SAFETY: promised by the caller; outputs live on this stack.
    unsafe {
        sys::napi_get_cb_info(env, info, &raw mut count, &raw mut argument, ptr::null_mut(), &raw mut data);
        (state_of(data), argument)
    }
}

unsafe extern "C" fn release_state(_: Env, data: *mut c_void, _: *mut c_void) {
    // SAFETY: gives back the count that `EnvState::function` took.
    unsafe { Rc::decrement_strong_count(data.cast::<EnvState>()) };
}

unsafe extern "C" fn finalize_bridge(_: Env, data: *mut c_void, _: *mut c_void) {
    // SAFETY: gives back the count that `make_bridge` took.
    unsafe { Rc::decrement_strong_count(data.cast::<EnvState>()) };
}

unsafe extern "C" fn on_wake(env: Env, _: Raw, context: *mut c_void, _: *mut c_void) {
    // Node passes no environment when it only empties the queue at the end.
    if env.is_null() {
        return;
    }
    // SAFETY: the context is the state, counted until the bridge is finalised.
    drain::drain(unsafe { state_of(context) }, EnvState::drain_in_immediate);
}

unsafe extern "C" fn continue_drain(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    drain::drain(unsafe { called(env, info) }.0, EnvState::drain_in_wake);
    ptr::null_mut()
}

unsafe extern "C" fn exit_listener(_: Env, _: sys::napi_callback_info) -> Raw {
    // Closed outside the borrow: closing runs destructors.
    let open: Vec<_> = OPEN.with_borrow(|open| open.iter().filter_map(Weak::upgrade).collect());
    for state in open {
        state.close();
    }
    ptr::null_mut()
}

unsafe extern "C" fn cleanup(argument: *mut c_void) {
    // SAFETY: the argument is the counted state pointer passed when the hook was added, given back here, once.
    let state = unsafe { Rc::from_raw(argument.cast::<EnvState>()) };
    state.close();
    state.free();
}
