//! JavaScript functions in Rust's hands: called in place, queued, or waited for.

use std::{
    any::Any,
    marker::PhantomData,
    rc::Rc,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
};

use ferrule_core::{
    callback::{Line, Policy},
    cancel::{CancelToken, Stop},
    error::{BoundaryError, code},
    handle::Handle,
    pool,
};
use napi_sys as sys;

use crate::{
    async_export::Lending,
    convert::{AsyncParam, Carried, IntoJs, Param, owned_params},
    copy::CopyState,
    environment::{Answer, EnvState, Message, SharedEnvironment},
    failure::{Failure, Refusal, Thrown},
    js::{self, Raw, Reference},
    scope::Scope,
    system::Item,
};

/// A registered function, on its JavaScript thread.
pub(crate) struct Function {
    pub(crate) reference: Reference,
    pub(crate) copy: Rc<CopyState>,
    keep_alive: Arc<AtomicBool>,
}

impl Drop for Function {
    fn drop(&mut self) {
        if self.keep_alive.swap(false, Ordering::AcqRel) {
            self.copy.state.unhold();
        }
        self.copy.unroot();
    }
}

/// The most arguments a callback can have.
pub(crate) const MAX_CALLBACK_ARGUMENTS: usize = 4;

/// One call on its way to JavaScript: by id, so that nothing is counted per call.
pub(crate) struct QueuedCall {
    pub(crate) id: Handle,
    /// `None` behind the last one.
    pub(crate) arguments: [Option<Carried>; MAX_CALLBACK_ARGUMENTS],
}

/// Makes the answer of a blocking callback out of what JavaScript returned.
pub(crate) type ReplyConverter = fn(&Scope, Raw) -> Result<Answer, BoundaryError>;

/// The export that a callback's conversions name in their errors.
pub(crate) fn item() -> &'static Item {
    static ITEM: OnceLock<&'static Item> = OnceLock::new();
    ITEM.get_or_init(|| Box::leak(Box::new(Item::internal("callback"))))
}

/// The arguments of a callback: a tuple of up to four values.
pub trait CallbackArguments {
    /// Appends the types in signatures.
    fn type_name(out: &mut String);
    /// Prepares the values, on any thread.
    #[doc(hidden)]
    fn carry(self) -> Result<[Option<Carried>; MAX_CALLBACK_ARGUMENTS], BoundaryError>
    where
        Self: Send + 'static;
    /// Writes the values and returns how many they are.
    #[doc(hidden)]
    fn write(self, scope: &Scope, out: &mut [Raw; MAX_CALLBACK_ARGUMENTS]) -> Result<usize, Failure>;
}

/// What a callback may be passed: a value that may also be made on another thread.
pub trait CallbackArgument: IntoJs + Send + 'static {}

impl<T: IntoJs + Send + 'static> CallbackArgument for T {}

macro_rules! callback_arguments {
    ($($count:literal: $($type:ident $at:tt),*;)*) => {$(
        impl<$($type: CallbackArgument),*> CallbackArguments for ($($type,)*) {
            #[allow(unused_variables)]
            fn type_name(out: &mut String) {
                $(if $at > 0 { out.push_str(", "); } $type::type_name(out);)*
            }

            #[allow(unused_mut)]
            fn carry(self) -> Result<[Option<Carried>; MAX_CALLBACK_ARGUMENTS], BoundaryError>
            where
                Self: Send + 'static,
            {
                let mut carried = [None, None, None, None];
                $(carried[$at] = Some(self.$at.carry()?);)*
                Ok(carried)
            }

            #[inline]
            #[allow(unused_variables)]
            fn write(self, scope: &Scope, out: &mut [Raw; MAX_CALLBACK_ARGUMENTS]) -> Result<usize, Failure> {
                $(out[$at] = self.$at.into_js(scope)?;)*
                Ok($count)
            }
        }
    )*};
}

callback_arguments! {
    0: ;
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
}

/// A callback that returns nothing takes whatever JavaScript returns.
impl Param for () {
    type Gathered = ();
    type Item<'call> = ();
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        out.push_str("void");
    }

    fn gather(_: &Scope, _: Raw) -> Result<(), Box<Refusal>> {
        Ok(())
    }

    unsafe fn convert<'call>(_: &'call Scope, (): &()) -> Result<((), ()), Box<Refusal>> {
        Ok(((), ()))
    }
}

owned_params!(());

/// What a callback may return: a type that owns its value.
pub trait CallbackResult: AsyncParam<Owned = Self> {}

impl<T: AsyncParam<Owned = T>> CallbackResult for T {}

fn convert_result<R: CallbackResult>(scope: &Scope, value: Raw) -> Result<R, BoundaryError> {
    let mut lending = Lending::default();
    let result = R::gather(scope, value).and_then(|gathered| R::own(scope, &gathered, &mut lending));
    scope.state().release(std::mem::take(&mut lending.loans), false);
    result.map_err(|refusal| match refusal.take_exception(scope.env()) {
        Some(thrown) => scope.state().thrown_error(thrown),
        None => refusal.into_result_error(scope.env(), value),
    })
}

fn function_type<A: CallbackArguments, R: Param>(policy: &str, out: &mut String) {
    out.push_str(policy);
    out.push_str(" (");
    A::type_name(out);
    out.push_str(") => ");
    R::type_name(out);
}

fn require_function(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
    match js::type_of(scope.env(), value) {
        sys::ValueType::napi_function => Ok(value),
        _ => Err(Refusal::wrong_type("a function")),
    }
}

/// Policy `sync`: a function called on the JavaScript thread, during the native call that received it.
pub struct Callback<'call, A, R> {
    scope: &'call Scope,
    function: Raw,
    this: Raw,
    types: PhantomData<fn(A) -> R>,
}

impl<A: CallbackArguments, R: CallbackResult> Callback<'_, A, R> {
    /// Calls it. What it throws comes back as the very value, when the export returns the failure.
    #[inline]
    pub fn call(&self, arguments: A) -> Result<R, Failure> {
        let env = self.scope.env();
        let handles = js::HandleScope::open(env)?;
        let mut values = [std::ptr::null_mut(); MAX_CALLBACK_ARGUMENTS];
        let count = arguments.write(self.scope, &mut values)?;
        if let Ok(value) = js::call(env, self.this, self.function, &values[..count]) {
            return convert_result(self.scope, value).map_err(Failure::from);
        }
        // Closed first: the thrown value must outlive this scope.
        drop(handles);
        Err(js::take_exception(env).map_or(Failure::Pending, |value| Failure::Thrown(Thrown(value))))
    }
}

impl<A: CallbackArguments, R: CallbackResult> Param for Callback<'_, A, R> {
    const CALLS_JAVASCRIPT: bool = true;
    type Gathered = Raw;
    type Item<'call> = Callback<'call, A, R>;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        function_type::<A, R>("sync", out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        require_function(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Callback<'call, A, R>, ()), Box<Refusal>> {
        let this = js::undefined(scope.env()).map_err(|_| Refusal::pending())?;
        Ok((Callback { scope, function: *gathered, this, types: PhantomData }, ()))
    }
}

/// A registered function as other threads hold it; the last holder's drop removes it.
struct Remote {
    line: Arc<Line>,
    shared: Arc<SharedEnvironment>,
    thread: ThreadId,
    keep_alive: Arc<AtomicBool>,
}

impl Drop for Remote {
    fn drop(&mut self) {
        let _ = self.shared.deliver(Message::Remove(self.line.id));
    }
}

impl Remote {
    fn register(scope: &Scope, function: Raw, policy: Policy) -> Result<Arc<Self>, BoundaryError> {
        let state = scope.state();
        state.shared.ensure_open()?;
        state.ensure_bridge()?;
        let reference = Reference::new(scope.env(), function, 1)
            .map_err(|_| BoundaryError::new(code::RESOURCE_EXHAUSTED, "the function could not be referred to"))?;
        let keep_alive = Arc::new(AtomicBool::new(false));
        let copy = Rc::clone(scope.copy());
        copy.root();
        let function = Function { reference, copy, keep_alive: Arc::clone(&keep_alive) };
        let line = state.callbacks.borrow_mut().add(function, policy)?;
        Ok(Arc::new(Self { line, shared: Arc::clone(&state.shared), thread: state.thread, keep_alive }))
    }

    fn keep_alive(&self, scope: &Scope) {
        // A removed function lets go of the loop only once, and has done so.
        let registered = scope.state().callbacks.borrow().get(self.line.id).is_ok();
        if registered && !self.keep_alive.swap(true, Ordering::AcqRel) {
            scope.state().hold();
        }
    }

    /// Forgets the function now, on its JavaScript thread.
    fn remove(&self, scope: &Scope) {
        let removed = scope.state().callbacks.borrow_mut().remove(self.line.id);
        drop(removed);
    }
}

fn register<T>(scope: &Scope, function: Raw, policy: Policy, wrap: fn(Arc<Remote>) -> T) -> Result<T, Box<Refusal>> {
    Remote::register(scope, function, policy)
        .map(wrap)
        .map_err(|error| Refusal::new(error.code, "a function that can be registered", error.message))
}

/// Policy `queued`: callable from any thread, never waits, returns nothing. `CAPACITY` calls may be undelivered; further
/// ones are refused with `ERR_QUEUE_FULL` and counted.
pub struct Queued<A, const CAPACITY: usize = { 1 << 20 }> {
    remote: Arc<Remote>,
    types: PhantomData<fn(A)>,
}

impl<A: CallbackArguments + Send + 'static, const CAPACITY: usize> Queued<A, CAPACITY> {
    /// Queues a call.
    pub fn call(&self, arguments: A) -> Result<(), BoundaryError> {
        let Remote { line, shared, .. } = &*self.remote;
        let arguments = arguments.carry()?;
        line.reserve()?;
        let call = QueuedCall { id: line.id, arguments };
        shared.deliver(Message::Queued(call)).map_err(|_| {
            line.delivered(1);
            BoundaryError::new(code::ENVIRONMENT_CLOSED, "the JavaScript environment of this callback has ended")
        })
    }
}

impl<A, const CAPACITY: usize> Clone for Queued<A, CAPACITY> {
    fn clone(&self) -> Self {
        Self { remote: Arc::clone(&self.remote), types: PhantomData }
    }
}

impl<A: CallbackArguments + 'static, const CAPACITY: usize> Queued<A, CAPACITY> {
    /// Holds the event loop open while the function is registered; off unless asked for.
    pub fn keep_alive(&self, scope: &Scope) {
        self.remote.keep_alive(scope);
    }

    /// Removes the function now: later calls are refused with `ERR_CALLBACK_REMOVED`.
    pub fn remove(&self, scope: &Scope) {
        self.remote.remove(scope);
    }

    /// How many calls found the queue full.
    pub fn refused(&self) -> usize {
        self.remote.line.refused()
    }
}

impl<A: CallbackArguments + 'static, const CAPACITY: usize> Param for Queued<A, CAPACITY> {
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        function_type::<A, ()>("queued", out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        require_function(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        let policy = Policy::Queued { capacity: CAPACITY };
        Ok((register(scope, *gathered, policy, |remote| Self { remote, types: PhantomData })?, ()))
    }
}

impl<A: CallbackArguments + 'static, const CAPACITY: usize> AsyncParam for Queued<A, CAPACITY> {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &Raw, _: &mut Lending) -> Result<Self, Box<Refusal>> {
        // SAFETY: the callback owns its registration; its guard keeps nothing.
        unsafe { Self::convert(scope, gathered) }.map(|(callback, ())| callback)
    }

    fn lend(owned: &mut Self) -> Self {
        owned.clone()
    }
}

/// Policy `blocking`: callable from any thread but JavaScript's own; the caller waits for the answer.
pub struct Blocking<A, R> {
    remote: Arc<Remote>,
    types: PhantomData<fn(A) -> R>,
}

impl<A, R> Clone for Blocking<A, R> {
    fn clone(&self) -> Self {
        Self { remote: Arc::clone(&self.remote), types: PhantomData }
    }
}

impl<A: CallbackArguments + 'static, R: CallbackResult + 'static> Blocking<A, R> {
    /// Holds the event loop open while the function is registered; off unless asked for.
    pub fn keep_alive(&self, scope: &Scope) {
        self.remote.keep_alive(scope);
    }

    /// Removes the function now: later calls are refused with `ERR_CALLBACK_REMOVED`.
    pub fn remove(&self, scope: &Scope) {
        self.remote.remove(scope);
    }
}

impl<A: CallbackArguments + 'static, R: CallbackResult + 'static> Param for Blocking<A, R> {
    const ASKS_JAVASCRIPT: bool = true;
    type Gathered = Raw;
    type Item<'call> = Self;
    type Guard<'call> = ();

    fn type_name(out: &mut String) {
        function_type::<A, R>("blocking", out);
    }

    fn gather(scope: &Scope, value: Raw) -> Result<Raw, Box<Refusal>> {
        require_function(scope, value)
    }

    unsafe fn convert<'call>(scope: &'call Scope, gathered: &Raw) -> Result<(Self, ()), Box<Refusal>> {
        Ok((register(scope, *gathered, Policy::Blocking, |remote| Self { remote, types: PhantomData })?, ()))
    }
}

impl<A: CallbackArguments + 'static, R: CallbackResult + 'static> AsyncParam for Blocking<A, R> {
    type Owned = Self;

    fn own(scope: &Scope, gathered: &Raw, _: &mut Lending) -> Result<Self, Box<Refusal>> {
        // SAFETY: the callback owns its registration; its guard keeps nothing.
        unsafe { Self::convert(scope, gathered) }.map(|(callback, ())| callback)
    }

    fn lend(owned: &mut Self) -> Self {
        owned.clone()
    }
}

impl<A: CallbackArguments + Send + 'static, R: CallbackResult + Send + 'static> Blocking<A, R> {
    /// Calls it and waits: for the answer, the token, or the end of the environment. A promise it returns is awaited.
    pub fn call(&self, arguments: A, token: Option<&CancelToken>) -> Result<R, BoundaryError> {
        let Remote { line, shared, thread, .. } = &*self.remote;
        if thread::current().id() == *thread {
            return Err(BoundaryError::new(
                code::WOULD_DEADLOCK,
                "a blocking callback was called on the JavaScript thread, which would wait for itself; use a sync callback there",
            ));
        }
        let arguments = arguments.carry()?;
        line.reserve()?;
        let waiter = shared.waiters.register()?;
        let call = QueuedCall { id: line.id, arguments };
        let message = Message::Blocking {
            call,
            reply: waiter.id,
            convert: |scope, value| convert_result::<R>(scope, value).map(|result| Box::new(result) as Answer),
        };
        if shared.deliver(message).is_err() {
            let closed = BoundaryError::from(Stop::Closed);
            shared.waiters.answer(waiter.id, Err(closed.clone()));
            return Err(closed);
        }
        let answer = pool::while_waiting(|| shared.waiters.wait(&waiter, token)).inspect_err(|_| {
            // It may never be answered: the JavaScript side must not wait for that.
            let _ = shared.deliver(Message::Withdrawn(waiter.id));
        })?;
        Ok(*(answer as Box<dyn Any>).downcast::<R>().expect("converted to this very type"))
    }
}

/// Tells the JavaScript thread when nobody needs a thrown value any more.
struct Cause {
    key: u64,
    shared: Arc<SharedEnvironment>,
}

impl Drop for Cause {
    fn drop(&mut self) {
        let _ = self.shared.deliver(Message::Forget(self.key));
    }
}

impl EnvState {
    /// An error for native code out of what JavaScript threw; the value itself is kept as its cause.
    pub(crate) fn thrown_error(&self, value: Raw) -> BoundaryError {
        let error = BoundaryError::new(code::CALLBACK_THREW, format!("the callback threw {}", self.thrown_text(value)));
        let key = self.next_thrown.replace(self.next_thrown.get() + 1);
        // In an array: a primitive cannot be referred to by itself.
        let kept = js::array(self.env, 1)
            .and_then(|array| js::set_element(self.env, array, 0, value).map(|()| array))
            .and_then(|array| Reference::new(self.env, array, 1));
        let Ok(reference) = kept else { return error };
        self.thrown.borrow_mut().insert(key, reference);
        let cause = Cause { key, shared: Arc::clone(&self.shared) };
        BoundaryError { cause: Some(Arc::new(cause)), ..error }
    }

    fn thrown_text(&self, value: Raw) -> String {
        let described = crate::failure::describe(self.env, value);
        if !js::is_error(self.env, value) {
            return described;
        }
        let message = js::named(self.env, value, c"message").ok().and_then(|message| {
            let mark = self.arena.mark();
            // SAFETY: the mark outlives the bytes, which are copied at once.
            let text =
                unsafe { self.arena.read(self.env, message) }.ok().map(|bytes| String::from_utf8_lossy(bytes).into());
            drop(mark);
            text
        });
        // The getter of `message` may have thrown.
        js::take_exception(self.env);
        message.map_or(described, |message: String| format!("an error: {message}"))
    }

    /// The thrown value behind an error, if it came from this environment.
    pub(crate) fn cause_of(&self, error: &BoundaryError) -> Option<Raw> {
        let cause = error.cause.as_ref()?.downcast_ref::<Cause>()?;
        if !Arc::ptr_eq(&cause.shared, &self.shared) {
            return None;
        }
        let array = self.thrown.borrow().get(&cause.key)?.get()?;
        js::element(self.env, array, 0).ok()
    }
}
