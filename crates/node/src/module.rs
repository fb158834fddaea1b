//! The addon's entry: what `require` of the binary gives, and how a copy of the package attaches to it.

use std::{ffi::c_void, ptr, rc::Rc};

use ferrule_core::contract::{self, BOUNDARY_ABI, Report};
use napi_sys as sys;

use crate::{
    copy::CopyState,
    environment::EnvState,
    failure::Failure,
    js::{self, Env, Raw, check},
    management, pin,
    system::{self, Register, System},
};

/// What an addon is made of.
pub struct Registration {
    /// The package's version: a package refuses the binary of another version.
    pub version: &'static str,
    /// Its systems by name.
    pub systems: &'static [(&'static str, Register)],
}

/// Declares an addon: its systems and the functions that register them.
#[macro_export]
macro_rules! addon {
    ($($name:literal => $register:expr),+ $(,)?) => {
        /// Node-API's entry point.
        ///
        /// # Safety
        /// Called by Node, once per environment, with its own arguments.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn napi_register_module_v1(
            env: $crate::sys::napi_env,
            exports: $crate::sys::napi_value,
        ) -> $crate::sys::napi_value {
            static REGISTRATION: $crate::Registration = $crate::Registration {
                version: env!("CARGO_PKG_VERSION"),
                systems: &[$(($name, $register as fn(&mut $crate::System))),+],
            };
            // SAFETY: Node's own arguments are passed on.
            unsafe { $crate::register_module(env, exports, &REGISTRATION) }
        }
    };
}

/// # Safety
/// Called with what Node passed to `napi_register_module_v1`.
pub unsafe fn register_module(env: Env, exports: Raw, registration: &'static Registration) -> Raw {
    pin::pin_library();
    if fill(env, exports, registration).is_err() && js::take_exception(env).is_none() {
        // SAFETY: both texts are terminated and copied by V8.
        unsafe {
            sys::napi_throw_error(
                env,
                c"ERR_LOAD".as_ptr(),
                c"ferrule: the addon could not set itself up in this environment".as_ptr(),
            );
        }
    }
    exports
}

fn fill(env: Env, exports: Raw, registration: &'static Registration) -> Result<(), Failure> {
    let state = EnvState::new(env)?;
    js::set_named(env, exports, "boundaryAbi", js::uint32(env, BOUNDARY_ABI)?)?;
    js::set_named(env, exports, "packageVersion", js::string(env, registration.version)?)?;
    js::set_named(env, exports, "handshake", js::function(env, "handshake", Some(shake_hands), ptr::null_mut())?)?;
    let attach = Attach { state, registration };
    js::set_named(env, exports, "attach", owned_function(env, "attach", attach_copy, attach)?)?;
    Ok(())
}

/// A function that owns its data.
fn owned_function<T>(
    env: Env,
    name: &str,
    callback: unsafe extern "C" fn(Env, sys::napi_callback_info) -> Raw,
    data: T,
) -> Result<Raw, Failure> {
    unsafe extern "C" fn free<T>(_: Env, data: *mut c_void, _: *mut c_void) {
        // SAFETY: the box leaked below, given back once.
        drop(unsafe { Box::from_raw(data.cast::<T>()) });
    }

    let data = Box::into_raw(Box::new(data)).cast();
    let function = js::function(env, name, Some(callback), data)?;
    // SAFETY: `data` is freed by the finaliser alone, when the function cannot be called any more.
    check(unsafe { sys::napi_add_finalizer(env, function, data, Some(free::<T>), ptr::null_mut(), ptr::null_mut()) })?;
    Ok(function)
}

/// `handshake(expected) -> boolean`: whether that is the version of the boundary this binary speaks. Anything but a number is none.
unsafe extern "C" fn shake_hands(env: Env, info: sys::napi_callback_info) -> Raw {
    let (mut count, mut argument) = (1, ptr::null_mut());
    // SAFETY: Node's own arguments; outputs live on this stack.
    unsafe {
        sys::napi_get_cb_info(env, info, &raw mut count, &raw mut argument, ptr::null_mut(), ptr::null_mut());
    }
    let mut expected = f64::NAN;
    // SAFETY: the argument belongs to the running call; on failure the output stays what it is.
    unsafe { sys::napi_get_value_double(env, argument, &raw mut expected) };
    let is_u32 = expected.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&expected);
    let agrees = is_u32 && contract::handshake(BOUNDARY_ABI, expected as u32).is_ok();
    or_throw(env, js::boolean(env, agrees).map_err(Failure::from))
}

struct Attach {
    state: Rc<EnvState>,
    registration: &'static Registration,
}

struct Open {
    copy: Rc<CopyState>,
    registration: &'static Registration,
}

/// Data and first argument of a call.
///
/// # Safety
/// `info` is what Node-API passed to a function made by `owned_function::<T>`.
unsafe fn called<'data, T>(env: Env, info: sys::napi_callback_info) -> (&'data T, Raw) {
    let (mut count, mut argument, mut data) = (1, ptr::null_mut(), ptr::null_mut());
    // SAFETY: promised by the caller; outputs live on this stack.
    unsafe {
        sys::napi_get_cb_info(env, info, &raw mut count, &raw mut argument, ptr::null_mut(), &raw mut data);
        (&*data.cast::<T>(), argument)
    }
}

fn or_throw(env: Env, result: Result<Raw, Failure>) -> Raw {
    result.unwrap_or_else(|failure| {
        if let Failure::Error(error) = failure {
            let message = format!("{}\0", error.message.replace('\0', " "));
            // SAFETY: both texts are terminated and copied by V8.
            unsafe { sys::napi_throw_error(env, c"ERR_LOAD".as_ptr(), message.as_ptr().cast()) };
        }
        ptr::null_mut()
    })
}

/// `attach(hooks) -> { scratch, systems, open }`.
unsafe extern "C" fn attach_copy(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: this callback belongs to functions that own an `Attach`.
    let (attach, hooks) = unsafe { called::<Attach>(env, info) };
    or_throw(env, bind(env, attach, hooks))
}

fn bind(env: Env, attach: &Attach, hooks: Raw) -> Result<Raw, Failure> {
    if !js::is_array(env, hooks) {
        return Err(ferrule_core::error::BoundaryError::new(
            ferrule_core::error::code::INVALID_ARG_TYPE,
            "attach takes the hooks of one copy of the package",
        )
        .into());
    }
    let copy = CopyState::attach(&attach.state, hooks)?;
    let binding = js::object(env)?;
    if let Some(scratch) = copy.scratch_array() {
        js::set_named(env, binding, "scratch", scratch)?;
    }
    let systems = js::array(env, attach.registration.systems.len())?;
    for (index, (name, _)) in attach.registration.systems.iter().enumerate() {
        js::set_element(env, systems, index as u32, js::string(env, name)?)?;
    }
    js::set_named(env, binding, "systems", systems)?;
    let open = Open { copy, registration: attach.registration };
    js::set_named(env, binding, "open", owned_function(env, "open", open_system, open)?)?;
    Ok(binding)
}

/// `open(name) -> { functions, apiVersion, digest, items, groups, reports } | null`.
unsafe extern "C" fn open_system(env: Env, info: sys::napi_callback_info) -> Raw {
    // SAFETY: this callback belongs to functions that own an `Open`.
    let (open, name) = unsafe { called::<Open>(env, info) };
    or_throw(env, describe(env, open, name))
}

fn describe(env: Env, open: &Open, name: Raw) -> Result<Raw, Failure> {
    let arena = &open.copy.state.arena;
    let _mark = arena.mark();
    // SAFETY: the mark is held until the end of this function.
    let name = unsafe { arena.read(env, name) }?;
    let own: (&str, Register) = ("boundary", management::register);
    let known = open.registration.systems.iter().chain([&own]).find(|(known, _)| known.as_bytes() == name);
    let Some((name, register)) = known else { return Ok(js::null(env)?) };
    let system: &System = system::find(name, *register);
    let contract = system.contract();

    let described = js::object(env)?;
    let functions = js::object(env)?;
    // `find` leaks its systems: the reference lives as long as the process.
    system::set_functions(env, functions, &open.copy, system::find(name, *register))?;
    js::set_named(env, described, "functions", functions)?;
    js::set_named(env, described, "name", js::string(env, system.name)?)?;
    js::set_named(env, described, "apiVersion", js::uint32(env, system.api_version)?)?;
    js::set_named(env, described, "digest", js::string(env, &format!("{:016x}", contract.digest()))?)?;
    let items = js::array(env, contract.items.len())?;
    for (index, item) in contract.items.iter().enumerate() {
        js::set_element(env, items, index as u32, js::string(env, item)?)?;
    }
    js::set_named(env, described, "items", items)?;
    js::set_named(env, described, "groups", groups(env, system)?)?;
    js::set_named(env, described, "reports", reports(env, system)?)?;
    Ok(described)
}

/// One flat array per report: name, candidate, how many agreed, and if one differed the input, what was expected and found.
fn reports(env: Env, system: &System) -> Result<Raw, Failure> {
    let reports = js::array(env, system.reports.len())?;
    for (index, Report { name, candidate, agreed, difference }) in system.reports.iter().enumerate() {
        let flat = js::array(env, 3)?;
        js::set_element(env, flat, 0, js::string(env, name)?)?;
        js::set_element(env, flat, 1, js::string(env, candidate)?)?;
        js::set_element(env, flat, 2, js::double(env, *agreed as f64)?)?;
        let parts = difference.iter().flat_map(|found| [&found.input, &found.expected, &found.found]);
        for (place, part) in parts.enumerate() {
            js::set_element(env, flat, 3 + place as u32, js::string(env, part)?)?;
        }
        js::set_element(env, reports, index as u32, flat)?;
    }
    Ok(reports)
}

/// One flat array per group: name, contract mask, implemented mask, operations.
fn groups(env: Env, system: &System) -> Result<Raw, Failure> {
    let groups = js::array(env, system.groups.len())?;
    for (index, group) in system.groups.iter().enumerate() {
        let flat = js::array(env, 3 + group.operations.len())?;
        js::set_element(env, flat, 0, js::string(env, group.name)?)?;
        js::set_element(env, flat, 1, js::uint32(env, group.contract)?)?;
        js::set_element(env, flat, 2, js::uint32(env, group.implemented)?)?;
        for (place, operation) in group.operations.iter().enumerate() {
            js::set_element(env, flat, 3 + place as u32, js::string(env, operation)?)?;
        }
        js::set_element(env, groups, index as u32, flat)?;
    }
    Ok(groups)
}
