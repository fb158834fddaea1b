//! Exports that run on the JavaScript thread: the trampoline every sync call passes through.

use std::{
    ffi::c_void,
    mem::MaybeUninit,
    panic::{AssertUnwindSafe, catch_unwind},
    ptr::{self, NonNull},
    slice,
};

use ferrule_core::error::{BoundaryError, code};
use napi_sys as sys;

use crate::{
    convert::{IntoJs, Param},
    failure::{Failure, Refusal},
    js::{Env, Raw},
    panic,
    scope::Scope,
    system::Export,
};

/// The most JavaScript arguments an export can have.
pub(crate) const MAX_ARGUMENTS: usize = 10;

type Arguments = [Raw; MAX_ARGUMENTS];

/// A plain function that can be exported. `Marker` is its own signature, for inference.
pub trait SyncExport<Marker>: Copy + 'static {
    /// How many JavaScript arguments it takes.
    const ARITY: usize;
    /// Whether JavaScript may run during the call.
    const CALLS_JAVASCRIPT: bool;

    /// Appends `(name: type, …) -> type`.
    fn signature(names: &[&str], out: &mut String);

    /// Converts, calls, converts back.
    #[doc(hidden)]
    fn run(self, scope: &Scope, arguments: &[Raw]) -> Result<Raw, Failure>;
}

/// A parameter's arity and the function that names its type.
pub(crate) type TypeOf = (usize, fn(&mut String));

/// Appends `(name: type, …) -> type`: a name for each parameter that JavaScript passes.
pub(crate) fn describe<Output: IntoJs>(parameters: &[TypeOf], names: &[&str], out: &mut String) {
    let passed = parameters.iter().filter(|(arity, _)| *arity > 0);
    out.push('(');
    for (at, (_, type_name)) in passed.enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        out.push_str(names.get(at).unwrap_or(&"?"));
        out.push_str(": ");
        type_name(out);
    }
    out.push_str(") -> ");
    Output::type_name(out);
}

/// The first step for one parameter; its position is told in the refusal.
#[inline]
pub(crate) fn gather<P: Param>(
    scope: &Scope,
    arguments: &[Raw],
    at: &mut usize,
) -> Result<(P::Gathered, usize), Box<Refusal>> {
    let index = *at;
    *at += P::ARITY;
    // What takes no argument never looks at the value.
    let value = if P::ARITY == 0 { ptr::null_mut() } else { arguments[index] };
    match P::gather(scope, value) {
        Ok(gathered) => Ok((gathered, index)),
        Err(refusal) => Err(refusal.at(index)),
    }
}

macro_rules! sync_exports {
    ($(($($type:ident $gathered:ident $value:ident $guard:ident),*);)*) => {$(
        impl<Function, Output, $($type),*> SyncExport<fn($($type),*) -> Output> for Function
        where
            Output: IntoJs,
            $($type: Param,)*
            Function: Copy + 'static + Fn($($type),*) -> Output + for<'call> Fn($($type::Item<'call>),*) -> Output,
        {
            const ARITY: usize = 0 $(+ $type::ARITY)*;
            const CALLS_JAVASCRIPT: bool = false $(|| $type::CALLS_JAVASCRIPT)*;

            fn signature(names: &[&str], out: &mut String) {
                describe::<Output>(&[$(($type::ARITY, $type::type_name)),*], names, out);
            }

            #[inline]
            #[allow(unused_mut, unused_variables, unused_assignments)]
            fn run(self, scope: &Scope, arguments: &[Raw]) -> Result<Raw, Failure> {
                let mut at = 0;
                $(let $gathered = gather::<$type>(scope, arguments, &mut at)?;)*
                let output = {
                    $(
                        // SAFETY: the guards outlive the call below, and the function cannot keep what it is lent.
                        let ($value, $guard) = match unsafe { $type::convert(scope, &$gathered.0) } {
                            Ok(converted) => converted,
                            Err(refusal) => return Err(refusal.at($gathered.1).into()),
                        };
                    )*
                    self($($value),*)
                };
                output.into_js(scope)
            }
        }
    )*};
}

sync_exports! {
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

/// The function behind a zero-sized function item.
#[inline]
pub(crate) fn summon<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0, "exports are plain functions, not closures that capture") };
    // SAFETY: a zero-sized type has no bytes to be wrong, and the value was inhabited when it was registered.
    unsafe { *NonNull::<F>::dangling().as_ptr() }
}

/// What Node-API calls for a sync export.
pub(crate) unsafe extern "C" fn trampoline<F: SyncExport<M>, M>(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    unsafe { enter(env, info, F::ARITY, F::CALLS_JAVASCRIPT, |scope, arguments| summon::<F>().run(scope, arguments)) }
}

/// The same for an export that keeps the JavaScript thread waiting for other threads: refused inside the handler of a
/// blocking callback, and threads that ask JavaScript meanwhile are refused.
pub(crate) unsafe extern "C" fn waiting_trampoline<F: SyncExport<M>, M>(
    env: Env,
    info: sys::napi_callback_info,
) -> Raw {
    // SAFETY: Node-API called us with its own arguments.
    unsafe {
        enter(env, info, F::ARITY, F::CALLS_JAVASCRIPT, |scope, arguments| {
            scope.state().ensure_may_wait()?;
            let _waits = scope.state().javascript_waits();
            summon::<F>().run(scope, arguments)
        })
    }
}

/// The part all trampolines share: arguments, their count, panics, errors.
///
/// # Safety
/// `env` and `info` are what Node-API passed to the callback of a function made by `System::open`.
#[inline]
pub(crate) unsafe fn enter(
    env: Env,
    info: sys::napi_callback_info,
    arity: usize,
    copies_bytes: bool,
    work: impl FnOnce(&Scope, &[Raw]) -> Result<Raw, Failure>,
) -> Raw {
    debug_assert!(arity <= MAX_ARGUMENTS);
    let mut count = arity;
    let mut arguments = MaybeUninit::<Arguments>::uninit();
    let mut data: *mut c_void = ptr::null_mut();
    // SAFETY: outputs live on this stack; Node-API writes as many arguments as `count` asks for, whatever was passed.
    unsafe {
        sys::napi_get_cb_info(env, info, &raw mut count, arguments.as_mut_ptr().cast(), ptr::null_mut(), &raw mut data);
    }
    // SAFETY: `data` is the `Export` the function was made with; it lives until the function is collected.
    let scope = unsafe { Scope::new(env, data.cast::<Export>(), copies_bytes) };
    if count != arity {
        wrong_count(&scope, arity, count);
        return ptr::null_mut();
    }
    // SAFETY: the first `arity` arguments were written, and that is how long the slice is.
    let arguments = unsafe { slice::from_raw_parts(arguments.as_ptr().cast::<Raw>(), arity) };
    match catch_unwind(AssertUnwindSafe(|| work(&scope, arguments))) {
        Ok(Ok(value)) => value,
        Ok(Err(failure)) => {
            failure.throw(&scope, arguments);
            ptr::null_mut()
        }
        Err(payload) => {
            Failure::Error(Box::new(panic::into_error(payload))).throw(&scope, &[]);
            ptr::null_mut()
        }
    }
}

#[cold]
fn wrong_count(scope: &Scope, expected: usize, found: usize) {
    let error = BoundaryError::new(
        code::INVALID_ARG_COUNT,
        match scope.parameters() {
            [] => format!("takes no arguments, got {found}"),
            [one] => format!("takes 1 argument ({one}), got {found}"),
            names => format!("takes {expected} arguments ({}), got {found}", names.join(", ")),
        },
    )
    .with("expected", expected as f64)
    .with("found", found as f64);
    Failure::Error(Box::new(error)).throw(scope, &[]);
}
