//! Exports that leave the JavaScript thread, and their Sync doors.
//!
//! The JavaScript side numbers each call and passes the number first; the answer comes back under it through the queue.

use std::{
    any::Any,
    future::Future,
    pin::Pin,
    rc::Rc,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use ferrule_core::{
    cancel::CancelToken,
    error::{BoundaryError, code},
    handle::{Handle, HandleError},
    lane::{Submission, Task},
};
use napi_sys as sys;
use pin_project_lite::pin_project;
use smallbox::smallbox;

use crate::{
    convert::{AsyncParam, IntoJs, Param, number::Milliseconds},
    copy::{CallRecord, CopyState},
    environment::{EnvState, Message, Outcome, SharedEnvironment, deliver_here},
    failure::{Failure, Refusal},
    js::{self, Env, Raw},
    panic,
    scope::Scope,
    sync_export::{describe, enter, gather, summon},
    waiting::Waiting,
};

type Returned = Arc<Mutex<Option<Arc<dyn Any + Send + Sync>>>>;

/// One object lent to one call.
pub(crate) struct Loan {
    pub(crate) handle: Handle,
    /// Through which an exclusive loan comes back.
    pub(crate) returned: Option<Returned>,
}

type Acquire = Box<dyn FnOnce(&EnvState) -> Result<(), HandleError>>;

struct Want {
    handle: Handle,
    exclusive: bool,
    acquire: Acquire,
    returned: Option<Returned>,
}

/// What a call borrows while its arguments are converted.
#[derive(Default)]
pub struct Lending {
    pub(crate) loans: Vec<Loan>,
    want: Option<Want>,
}

impl Lending {
    /// The object is in use: the call will start when it is free. With two such objects two calls could wait for each
    /// other, so a call that takes several is refused instead.
    pub(crate) fn wait_for(&mut self, handle: Handle, exclusive: bool, acquire: Acquire) -> Result<(), Box<Refusal>> {
        if self.want.is_some() || !self.loans.is_empty() {
            return Err(Refusal::new(
                code::BUSY,
                "an object that is free (a call that takes several objects does not queue)",
                "one in use by another call",
            ));
        }
        self.want = Some(Want { handle, exclusive, acquire, returned: None });
        Ok(())
    }

    pub(crate) fn returned_through(&mut self, back: &Returned) {
        match &mut self.want {
            Some(want) => want.returned = Some(Arc::clone(back)),
            None => {
                if let Some(loan) = self.loans.last_mut() {
                    loan.returned = Some(Arc::clone(back));
                }
            }
        }
    }
}

impl Drop for Lending {
    fn drop(&mut self) {
        debug_assert!(self.loans.is_empty(), "loans are handed to a call record or released");
    }
}

impl EnvState {
    /// Ends a call's loans; objects it had are closed, poisoned or passed on as they must be.
    pub(crate) fn release(&self, loans: Vec<Loan>, panicked: bool) {
        for loan in loans {
            let removed = {
                let mut table = self.table.borrow_mut();
                let removed = match &loan.returned {
                    Some(returned) => {
                        let value = returned.lock().unwrap_or_else(PoisonError::into_inner).take();
                        table.give_back(loan.handle, value)
                    }
                    None => table.release(loan.handle),
                };
                if panicked {
                    table.poison(loan.handle);
                }
                removed
            };
            self.drop_removed(removed);
            self.start_waiting(loan.handle);
        }
    }
}

/// A function for the pool: its parameters, borrowed, then the token it checks between its steps.
pub trait BlockingExport<Marker>: Copy + Send + 'static {
    /// How many JavaScript arguments it takes, the call's number not counted.
    const ARITY: usize;
    /// Whether it lets threads wait for JavaScript.
    const ASKS_JAVASCRIPT: bool;
    /// What its parameters own while it runs elsewhere.
    type Owned: Send + 'static;
    /// What it returns.
    type Output: IntoJs + Send + 'static;

    /// Appends `(name: type, …) -> type`.
    fn signature(names: &[&str], out: &mut String);
    /// Converts the arguments behind the first into what leaves the thread.
    #[doc(hidden)]
    fn own(scope: &Scope, arguments: &[Raw], lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>>;
    /// Runs it anywhere.
    #[doc(hidden)]
    fn run(self, owned: &mut Self::Owned, token: &CancelToken) -> Self::Output;
    /// Runs it here, on borrowed arguments.
    #[doc(hidden)]
    fn run_here(self, scope: &Scope, arguments: &[Raw], token: &CancelToken) -> Result<Raw, Failure>;
}

/// An async function for the lane. It takes what it owns.
pub trait FutureExport<Marker>: Copy + Send + 'static {
    /// How many JavaScript arguments it takes, the call's number not counted.
    const ARITY: usize;
    /// What its parameters own.
    type Owned: Send + 'static;
    /// What it returns.
    type Output: IntoJs + Send + 'static;

    /// Appends `(name: type, …) -> type`.
    fn signature(names: &[&str], out: &mut String);
    /// Converts the arguments behind the first into what leaves the thread.
    #[doc(hidden)]
    fn own(scope: &Scope, arguments: &[Raw], lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>>;
    /// Makes the future.
    #[doc(hidden)]
    fn run(self, owned: Self::Owned) -> impl Future<Output = Self::Output> + Send + 'static;
}

macro_rules! async_exports {
    ($(($($type:ident $gathered:ident $value:ident $guard:ident),*);)*) => {$(
        impl<Function, Output, $($type),*> BlockingExport<fn($($type),*) -> Output> for Function
        where
            Output: IntoJs + Send + 'static,
            $($type: AsyncParam,)*
            Function: Copy + Send + 'static
                + Fn($($type,)* &CancelToken) -> Output
                + for<'call> Fn($($type::Item<'call>,)* &CancelToken) -> Output,
        {
            const ARITY: usize = 0 $(+ $type::ARITY)*;
            const ASKS_JAVASCRIPT: bool = false $(|| $type::ASKS_JAVASCRIPT)*;
            type Owned = ($($type::Owned,)*);
            type Output = Output;

            fn signature(names: &[&str], out: &mut String) {
                describe::<Output>(&[$(($type::ARITY, $type::type_name)),*], names, out);
            }

            #[allow(unused_mut, unused_variables, unused_assignments, clippy::unused_unit)]
            fn own(scope: &Scope, arguments: &[Raw], lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>> {
                let mut at = 1;
                $(let $gathered = gather::<$type>(scope, arguments, &mut at)?;)*
                Ok(($(
                    $type::own(scope, &$gathered.0, lending).map_err(|refusal| refusal.at($gathered.1))?,
                )*))
            }

            #[allow(unused_variables)]
            fn run(self, owned: &mut Self::Owned, token: &CancelToken) -> Output {
                let ($($value,)*) = owned;
                self($($type::lend($value),)* token)
            }

            #[allow(unused_mut, unused_variables, unused_assignments)]
            fn run_here(self, scope: &Scope, arguments: &[Raw], token: &CancelToken) -> Result<Raw, Failure> {
                let mut at = 1;
                $(let $gathered = gather::<$type>(scope, arguments, &mut at)?;)*
                let output = {
                    $(
                        // SAFETY: the guards outlive the call below, and the function cannot keep what it is lent.
                        let ($value, $guard) = unsafe { $type::convert(scope, &$gathered.0) }
                            .map_err(|refusal| refusal.at($gathered.1))?;
                    )*
                    self($($value,)* token)
                };
                output.into_js(scope)
            }
        }

        impl<Function, Running, $($type),*> FutureExport<fn($($type),*) -> Running> for Function
        where
            Running: Future + Send + 'static,
            Running::Output: IntoJs + Send + 'static,
            $($type: AsyncParam<Owned = $type> + Send + 'static,)*
            Function: Copy + Send + 'static + Fn($($type),*) -> Running,
        {
            const ARITY: usize = 0 $(+ $type::ARITY)*;
            type Owned = ($($type,)*);
            type Output = Running::Output;

            fn signature(names: &[&str], out: &mut String) {
                describe::<Running::Output>(&[$(($type::ARITY, $type::type_name)),*], names, out);
            }

            #[allow(unused_mut, unused_variables, unused_assignments, clippy::unused_unit)]
            fn own(scope: &Scope, arguments: &[Raw], lending: &mut Lending) -> Result<Self::Owned, Box<Refusal>> {
                let mut at = 1;
                $(let $gathered = gather::<$type>(scope, arguments, &mut at)?;)*
                Ok(($(
                    $type::own(scope, &$gathered.0, lending).map_err(|refusal| refusal.at($gathered.1))?,
                )*))
            }

            fn run(self, owned: Self::Owned) -> impl Future<Output = Self::Output> + Send + 'static {
                let ($($value,)*) = owned;
                self($($value),*)
            }
        }
    )*};
}

async_exports! {
    ();
    (A a va ga);
    (A a va ga, B b vb gb);
    (A a va ga, B b vb gb, C c vc gc);
    (A a va ga, B b vb gb, C c vc gc, D d vd gd);
    (A a va ga, B b vb gb, C c vc gc, D d vd gd, E e ve ge);
    (A a va ga, B b vb gb, C c vc gc, D d vd gd, E e ve ge, F f vf gf);
    (A a va ga, B b vb gb, C c vc gc, D d vd gd, E e ve ge, F f vf gf, G g vg gg);
    (A a va ga, B b vb gb, C c vc gc, D d vd gd, E e ve ge, F f vf gf, G g vg gg, H h vh gh);
}

type Own<Owned> = fn(&Scope, &[Raw], &mut Lending) -> Result<Owned, Box<Refusal>>;

/// What the two starts share: number, arguments, loans; then `launch`, at once or when the object is free.
fn start<Owned: 'static>(
    scope: &Scope,
    arguments: &[Raw],
    own: Own<Owned>,
    launch: fn(&SharedEnvironment, Owned, Ticket) -> Result<(), BoundaryError>,
) -> Result<Raw, Failure> {
    let state = scope.state();
    state.shared.ensure_open()?;
    state.ensure_bridge()?;
    let mut at = 0;
    let (number, _) = gather::<u32>(scope, arguments, &mut at)?;
    // SAFETY: the value owns what it holds; its guard keeps nothing.
    let (call, ()) = unsafe { u32::convert(scope, &number) }?;
    let mut lending = Lending::default();
    let owned = match own(scope, arguments, &mut lending) {
        Ok(owned) => owned,
        Err(refusal) => {
            state.release(std::mem::take(&mut lending.loans), false);
            return Err(refusal.into());
        }
    };
    let token = CancelToken::new();
    let copy = scope.copy();
    let ticket = Ticket { copy: copy.id, call, token: token.clone() };
    let record = CallRecord {
        item: scope.item(),
        token,
        loans: std::mem::take(&mut lending.loans),
        waiting: lending.want.as_ref().map(|want| want.handle),
    };
    if let Err(record) = copy.begin(call, record) {
        // First: what was lent exclusively goes back by its drop.
        drop(owned);
        state.release(record.loans, false);
        return Err(BoundaryError::new(code::STATE, format!("{call} is no free number for a call")).into());
    }
    let started = match lending.want.take() {
        None => launch(&state.shared, owned, ticket),
        Some(want) => {
            let copy = Rc::clone(copy);
            state.wait(
                want.handle,
                Waiting {
                    copy: copy.id,
                    call,
                    exclusive: want.exclusive,
                    start: Box::new(move |state| {
                        (want.acquire)(state)?;
                        copy.lent(call, Loan { handle: want.handle, returned: want.returned });
                        launch(&state.shared, owned, ticket)
                    }),
                },
            );
            Ok(())
        }
    };
    if let Err(error) = started {
        copy.finish(call, false);
        return Err(error.into());
    }
    Ok(js::undefined(scope.env())?)
}

/// A started call's way to its answer.
pub(crate) struct Ticket {
    copy: u32,
    call: u32,
    token: CancelToken,
}

impl Ticket {
    /// On the thread that did the work: one of the environment's own.
    fn settle(self, outcome: Outcome) {
        deliver_here(Message::Settled { copy: self.copy, call: self.call, outcome });
    }
}

/// Runs the work unless the call was stopped before it began. `owned` is gone when the answer is on its way, so what the
/// call had borrowed is free when JavaScript hears of it.
fn outcome_of<Output: IntoJs + Send + 'static>(work: impl FnOnce() -> Output) -> Outcome {
    match panic::guard(work) {
        Ok(output) => match output.carry() {
            Ok(carried) => Outcome::Value(carried),
            Err(error) => Outcome::Error(error),
        },
        Err(error) => Outcome::Error(error),
    }
}

fn launch_blocking<F: BlockingExport<M>, M>(
    shared: &SharedEnvironment,
    mut owned: F::Owned,
    ticket: Ticket,
) -> Result<(), BoundaryError> {
    shared
        .pool()
        .spawn(Box::new(move || {
            let outcome = match ticket.token.check() {
                Ok(()) => outcome_of(|| summon::<F>().run(&mut owned, &ticket.token)),
                Err(stop) => Outcome::Error(stop.into()),
            };
            let outcome = match panic::guard(|| drop(owned)) {
                Ok(()) => outcome,
                Err(error) => Outcome::Error(error),
            };
            ticket.settle(outcome);
        }))
        .map_err(|error| {
            BoundaryError::new(code::RESOURCE_EXHAUSTED, format!("no thread could be started for the call: {error}"))
        })
}

fn launch_future<F: FutureExport<M>, M>(
    shared: &SharedEnvironment,
    owned: F::Owned,
    ticket: Ticket,
) -> Result<(), BoundaryError> {
    let mut call = Some((owned, ticket));
    let submission: Submission = smallbox!(move || {
        let (owned, ticket) = call.take().expect("the lane makes each future once");
        Box::pin(async move {
            // The arguments are dropped with the future, before the answer is on its way.
            let future = Some(async move { summon::<F>().run(owned).await });
            let outcome = Contained { future, token: &ticket.token }.await;
            ticket.settle(outcome);
        }) as Task
    });
    shared.lane()?.submit(submission);
    Ok(())
}

pin_project! {
    /// Polls a future with its panics caught and its token watched, and drops it before it reports.
    struct Contained<'token, Running> {
        #[pin]
        future: Option<Running>,
        token: &'token CancelToken,
    }
}

impl<Running> Future for Contained<'_, Running>
where
    Running: Future,
    Running::Output: IntoJs + Send + 'static,
{
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else { unreachable!("polled after it was ready") };
        let outcome = match this.token.stopped() {
            Some(stop) => Outcome::Error(stop.into()),
            None => match panic::guard(|| future.poll(context)) {
                // Only a future that waits needs to be woken by its token.
                Ok(Poll::Pending) => match this.token.poll_stopped(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(stop) => Outcome::Error(stop.into()),
                },
                Ok(Poll::Ready(output)) => outcome_of(|| output),
                Err(error) => Outcome::Error(error),
            },
        };
        let dropped = panic::guard(|| this.future.set(None));
        Poll::Ready(dropped.map_or_else(Outcome::Error, |()| outcome))
    }
}

pub(crate) unsafe extern "C" fn start_blocking<F: BlockingExport<M>, M>(
    env: Env,
    info: sys::napi_callback_info,
) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    unsafe {
        enter(env, info, F::ARITY + 1, true, |scope, arguments| {
            start(scope, arguments, F::own, launch_blocking::<F, M>)
        })
    }
}

pub(crate) unsafe extern "C" fn start_future<F: FutureExport<M>, M>(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    unsafe {
        enter(env, info, F::ARITY + 1, true, |scope, arguments| start(scope, arguments, F::own, launch_future::<F, M>))
    }
}

/// The first argument of a Sync door.
fn timeout(scope: &Scope, arguments: &[Raw]) -> Result<CancelToken, Failure> {
    let mut at = 0;
    let (gathered, _) = gather::<Option<Milliseconds>>(scope, arguments, &mut at)?;
    // SAFETY: the value owns what it holds; its guard keeps nothing.
    let (timeout, _) = unsafe { <Option<Milliseconds> as Param>::convert(scope, &gathered) }?;
    Ok(CancelToken::after(timeout.map(Milliseconds::duration)))
}

pub(crate) unsafe extern "C" fn blocking_sync<F: BlockingExport<M>, M>(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    unsafe {
        enter(env, info, F::ARITY + 1, false, |scope, arguments| {
            let token = timeout(scope, arguments)?;
            // A thread that asks while this one may be joining it would wait for ever.
            let _waits = F::ASKS_JAVASCRIPT.then(|| scope.state().javascript_waits());
            summon::<F>().run_here(scope, arguments, &token)
        })
    }
}

pub(crate) unsafe extern "C" fn future_sync<F: FutureExport<M>, M>(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    unsafe {
        enter(env, info, F::ARITY + 1, true, |scope, arguments| {
            let state = scope.state();
            let token = timeout(scope, arguments)?;
            state.ensure_may_wait()?;
            let mut lending = Lending::default();
            let mut panicked = false;
            let outcome = F::own(scope, arguments, &mut lending).map_err(Failure::from).and_then(|owned| {
                if lending.want.is_some() {
                    return Err(BoundaryError::from(HandleError::Busy { holder: "an async call" }).into());
                }
                let lane = state.shared.lane()?;
                let _waits = state.javascript_waits();
                // Inside the driven block, so that an engine that makes timers finds its runtime.
                let driven = panic::guard(|| lane.block_on(&token, async move { summon::<F>().run(owned).await }));
                panicked = driven.is_err();
                driven.and_then(|outcome| outcome).map_err(Failure::from)
            });
            state.release(std::mem::take(&mut lending.loans), panicked);
            outcome?.into_js(scope)
        })
    }
}

impl CopyState {
    /// Adds the object a waiting call was lent.
    fn lent(&self, call: u32, loan: Loan) {
        self.with_call(call, |record| {
            record.waiting = None;
            record.loans.push(loan);
        });
    }
}
