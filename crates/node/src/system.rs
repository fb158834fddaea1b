//! A system's exports: names, signatures and trampolines, and how one environment gets them as JavaScript functions.

use std::{
    collections::HashMap,
    ffi::c_void,
    rc::Rc,
    sync::{Mutex, PoisonError},
};

use ferrule_core::contract::{Contract, OperationGroup, Report};
use napi_sys as sys;

use crate::{
    async_export::{self, BlockingExport, FutureExport},
    copy::CopyState,
    js::{self, Env, Raw, Status, check},
    sync_export::{self, SyncExport},
};

/// One export as the trampolines know it. Lives as long as the process.
pub(crate) struct Item {
    pub(crate) name: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) parameters: Vec<&'static str>,
    signature: String,
    callback: sys::napi_callback,
}

impl Item {
    /// A name for what is not an export itself.
    pub(crate) fn internal(operation: &'static str) -> Self {
        Self { name: operation, operation, parameters: Vec::new(), signature: String::new(), callback: None }
    }
}

/// One export as one copy of the package has it: what a JavaScript function carries as its data.
pub(crate) struct Export {
    pub(crate) copy: Rc<CopyState>,
    pub(crate) item: &'static Item,
}

/// Appends `(name: type, …) -> type`.
type Describe = fn(&[&str], &mut String);

/// How an export is called.
struct Shape<'names> {
    /// What stands before its name in the contract.
    form: &'static str,
    /// The argument it takes before the function's own.
    own: Option<&'static str>,
    /// The function's own, by name.
    parameters: &'names [&'static str],
    arity: usize,
    describe: Describe,
}

/// The exports of one system, filled by its `register` function.
pub struct System {
    pub(crate) name: &'static str,
    pub(crate) api_version: u32,
    pub(crate) items: Vec<Item>,
    pub(crate) groups: Vec<OperationGroup>,
    pub(crate) reports: Vec<Report>,
}

impl System {
    /// Sets the API version that a loader must expect; 1 unless said. Raise it when a signature changes.
    pub fn api_version(&mut self, version: u32) -> &mut Self {
        self.api_version = version;
        self
    }

    /// Declares a group of operations, each with the export that does it. All of them are the contract; implemented are those whose
    /// export was added before. An operation without an export is promised and not there.
    pub fn group(&mut self, name: &'static str, operations: &[(&'static str, &'static str)]) -> &mut Self {
        let has = |export: &str| self.items.iter().any(|item| item.name == export);
        let bits = operations.iter().enumerate().map(|(bit, (_, export))| u32::from(has(export)) << bit);
        let group = OperationGroup {
            name,
            operations: operations.iter().map(|(operation, _)| *operation).collect::<Vec<_>>().leak(),
            contract: OperationGroup::all(operations.len()),
            implemented: bits.sum(),
        };
        self.groups.push(group);
        self
    }

    /// Says what came of comparing a faster implementation with its reference.
    pub fn report(&mut self, report: &Report) -> &mut Self {
        self.reports.push(report.clone());
        self
    }

    /// Exports a function that runs on the JavaScript thread.
    pub fn sync<F: SyncExport<M>, M: 'static>(
        &mut self,
        name: &'static str,
        parameters: &[&'static str],
        _: F,
    ) -> &mut Self {
        let shape = Shape { form: "", own: None, parameters, arity: F::ARITY, describe: F::signature };
        self.add(name, &shape, Some(sync_export::trampoline::<F, M>))
    }

    /// Exports a function that runs on the JavaScript thread and waits there for other threads. A blocking callback that
    /// arrives meanwhile could never be answered: it is refused at once.
    ///
    /// The Sync doors of [`future`](Self::future) wait in this sense, and those of [`blocking`](Self::blocking) when they take a
    /// blocking callback.
    pub fn waits<F: SyncExport<M>, M: 'static>(
        &mut self,
        name: &'static str,
        parameters: &[&'static str],
        _: F,
    ) -> &mut Self {
        let shape = Shape { form: "waits ", own: None, parameters, arity: F::ARITY, describe: F::signature };
        self.add(name, &shape, Some(sync_export::waiting_trampoline::<F, M>))
    }

    /// Exports a function that runs on the pool, and a `…Sync` door that runs it on the caller.
    pub fn blocking<F: BlockingExport<M>, M: 'static>(
        &mut self,
        name: &'static str,
        parameters: &[&'static str],
        _: F,
    ) -> &mut Self {
        let (start, sync) = (async_export::start_blocking::<F, M>, async_export::blocking_sync::<F, M>);
        self.doors(name, parameters, F::ARITY, F::signature, Some(start), Some(sync))
    }

    /// Exports an async function that runs on the lane, and a `…Sync` door that drives it on the caller.
    pub fn future<F: FutureExport<M>, M: 'static>(
        &mut self,
        name: &'static str,
        parameters: &[&'static str],
        _: F,
    ) -> &mut Self {
        let (start, sync) = (async_export::start_future::<F, M>, async_export::future_sync::<F, M>);
        self.doors(name, parameters, F::ARITY, F::signature, Some(start), Some(sync))
    }

    fn doors(
        &mut self,
        name: &'static str,
        parameters: &[&'static str],
        arity: usize,
        describe: Describe,
        start: sys::napi_callback,
        sync: sys::napi_callback,
    ) -> &mut Self {
        let sync_name = format!("{name}Sync").leak();
        self.add(name, &Shape { form: "async ", own: Some("call"), parameters, arity, describe }, start);
        self.add(sync_name, &Shape { form: "timed ", own: Some("timeoutMs"), parameters, arity, describe }, sync)
    }

    fn add(&mut self, name: &'static str, shape: &Shape<'_>, callback: sys::napi_callback) -> &mut Self {
        let Shape { form, own, parameters, arity, describe } = shape;
        assert_eq!(parameters.len(), *arity, "{name}: one name per parameter");
        assert!(self.items.iter().all(|item| item.name != name), "{name} is exported twice");
        let mut signature = format!("{form}{name}");
        describe(parameters, &mut signature);
        let parameters: Vec<_> = own.iter().chain(*parameters).copied().collect();
        assert!(parameters.len() <= sync_export::MAX_ARGUMENTS, "{name} has too many parameters");
        let operation = format!("{}.{name}", self.name).leak();
        self.items.push(Item { name, operation, parameters, signature, callback });
        self
    }

    pub(crate) fn contract(&self) -> Contract {
        Contract { items: self.items.iter().map(|item| item.signature.clone()).collect() }
    }
}

/// How a system fills itself.
pub(crate) type Register = fn(&mut System);

/// The system of that name, made once per process.
pub(crate) fn find(name: &str, register: Register) -> &'static System {
    static KNOWN: Mutex<Option<HashMap<(String, usize), &'static System>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_default();
    if let Some(system) = known.get(&(name.to_owned(), register as usize)) {
        return system;
    }
    let mut system = System {
        name: name.to_owned().leak(),
        api_version: 1,
        items: Vec::new(),
        groups: Vec::new(),
        reports: Vec::new(),
    };
    register(&mut system);
    let system: &'static System = Box::leak(Box::new(system));
    known.insert((name.to_owned(), register as usize), system);
    system
}

/// Sets a system's exports as functions on `target`, bound to one copy of the package.
pub(crate) fn set_functions(
    env: Env,
    target: Raw,
    copy: &Rc<CopyState>,
    system: &'static System,
) -> Result<(), Status> {
    for item in &system.items {
        let export = Box::into_raw(Box::new(Export { copy: Rc::clone(copy), item }));
        let function = js::function(env, item.name, item.callback, export.cast());
        let attached = function.and_then(|function| {
            // SAFETY: `export` is freed by `free_export` alone, when the function cannot be called any more.
            check(unsafe {
                sys::napi_add_finalizer(
                    env,
                    function,
                    export.cast(),
                    Some(free_export),
                    std::ptr::null_mut(),
                    std::ptr::null_mut(),
                )
            })?;
            js::set_named(env, target, item.name, function)
        });
        attached?;
    }
    Ok(())
}

unsafe extern "C" fn free_export(_: Env, export: *mut c_void, _: *mut c_void) {
    // SAFETY: the box leaked by `set_functions`, given back once. Its copy lets go of references on this, the JavaScript,
    // thread.
    drop(unsafe { Box::from_raw(export.cast::<Export>()) });
}
