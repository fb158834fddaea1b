//! Rust's `tracing` events for `onLog` and `node:diagnostics_channel`. Silent, and without a subscriber, until asked for.

use std::{
    fmt,
    rc::Rc,
    sync::{
        Arc, Mutex, Once, PoisonError, Weak,
        atomic::{AtomicU8, AtomicUsize, Ordering},
    },
};

use tracing::{
    Level, Metadata, Subscriber,
    field::{Field, Visit},
    metadata::LevelFilter,
    span,
};

use crate::{
    copy::CopyState,
    environment::{Message, SharedEnvironment},
    js::{self, Env, Raw, Status},
};

/// Undelivered events a listener may have; further ones are dropped and counted.
const CAPACITY: usize = 1024;

/// A copy of the package that listens.
struct Listener {
    environment: Weak<SharedEnvironment>,
    copy: u32,
    level: AtomicU8,
    undelivered: AtomicUsize,
    dropped: AtomicUsize,
}

static LISTENERS: Mutex<Vec<Arc<Listener>>> = Mutex::new(Vec::new());
static MOST: AtomicU8 = AtomicU8::new(0);

/// One event on its way.
pub(crate) struct Event {
    pub(crate) copy: u32,
    listener: Arc<Listener>,
    record: Arc<Record>,
}

struct Record {
    level: &'static str,
    target: &'static str,
    message: String,
    fields: Vec<(&'static str, String)>,
}

impl Event {
    pub(crate) fn delivered(&self) {
        self.listener.undelivered.fetch_sub(1, Ordering::Relaxed);
    }

    /// Level, target, message, dropped so far, then fields as name and value in turn.
    pub(crate) fn arguments(&self, env: Env) -> Result<Vec<Raw>, Status> {
        let mut arguments = vec![
            js::string(env, self.record.level)?,
            js::string(env, self.record.target)?,
            js::string(env, &self.record.message)?,
            js::double(env, self.listener.dropped.load(Ordering::Relaxed) as f64)?,
        ];
        for (name, value) in &self.record.fields {
            arguments.push(js::string(env, name)?);
            arguments.push(js::string(env, value)?);
        }
        Ok(arguments)
    }
}

/// 0 is off, then error, warn, info, debug, trace.
pub(crate) fn set_level(copy: &Rc<CopyState>, level: u8) {
    static SUBSCRIBED: Once = Once::new();
    SUBSCRIBED.call_once(|| {
        // Fails when the process has a subscriber already: then its owner gets the events.
        let _ = tracing::subscriber::set_global_default(Tap);
    });
    let shared = Arc::downgrade(&copy.state.shared);
    let mut listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
    listeners.retain(|listener| {
        !(listener.copy == copy.id && Weak::ptr_eq(&listener.environment, &shared))
            && listener.environment.strong_count() > 0
    });
    if level > 0 {
        listeners.push(Arc::new(Listener {
            environment: shared,
            copy: copy.id,
            level: AtomicU8::new(level),
            undelivered: AtomicUsize::new(0),
            dropped: AtomicUsize::new(0),
        }));
    }
    refresh(&listeners);
}

/// An environment ended.
pub(crate) fn forget(shared: &Arc<SharedEnvironment>) {
    let ended = Arc::downgrade(shared);
    let mut listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
    listeners.retain(|listener| !Weak::ptr_eq(&listener.environment, &ended));
    refresh(&listeners);
}

fn refresh(listeners: &[Arc<Listener>]) {
    let most = listeners.iter().map(|listener| listener.level.load(Ordering::Relaxed)).max().unwrap_or(0);
    if MOST.swap(most, Ordering::Relaxed) != most {
        tracing::callsite::rebuild_interest_cache();
    }
}

fn number(level: Level) -> u8 {
    match level {
        Level::ERROR => 1,
        Level::WARN => 2,
        Level::INFO => 3,
        Level::DEBUG => 4,
        Level::TRACE => 5,
    }
}

/// The subscriber: it has no spans of its own and passes events on.
struct Tap;

impl Subscriber for Tap {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        number(*metadata.level()) <= MOST.load(Ordering::Relaxed)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(match MOST.load(Ordering::Relaxed) {
            0 => LevelFilter::OFF,
            1 => LevelFilter::ERROR,
            2 => LevelFilter::WARN,
            3 => LevelFilter::INFO,
            4 => LevelFilter::DEBUG,
            _ => LevelFilter::TRACE,
        })
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let level = number(*event.metadata().level());
        let interested: Vec<_> = {
            let listeners = LISTENERS.lock().unwrap_or_else(PoisonError::into_inner);
            listeners
                .iter()
                .filter(|listener| level <= listener.level.load(Ordering::Relaxed))
                .map(Arc::clone)
                .collect()
        };
        if interested.is_empty() {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        let record = Arc::new(Record {
            level: ["off", "error", "warn", "info", "debug", "trace"][level as usize],
            target: event.metadata().target(),
            message: fields.message,
            fields: fields.others,
        });
        for listener in interested {
            listener.send(&record);
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

impl Listener {
    fn send(self: Arc<Self>, record: &Arc<Record>) {
        let Some(environment) = self.environment.upgrade() else { return };
        if self.undelivered.fetch_add(1, Ordering::Relaxed) >= CAPACITY {
            self.undelivered.fetch_sub(1, Ordering::Relaxed);
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let event = Event { copy: self.copy, listener: Arc::clone(&self), record: Arc::clone(record) };
        if environment.deliver(Message::Log(event)).is_err() {
            self.undelivered.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

#[derive(Default)]
struct Fields {
    message: String,
    others: Vec<(&'static str, String)>,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.to_owned());
    }
}

impl Fields {
    fn put(&mut self, field: &Field, value: String) {
        if field.name() == "message" {
            self.message = value;
        } else {
            self.others.push((field.name(), value));
        }
    }
}
