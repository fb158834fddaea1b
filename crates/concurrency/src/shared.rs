//! How one thread finds what another has made, and how both wait for it.

use std::{
    collections::HashMap,
    sync::{
        Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

/// State that waiters look at again whenever it has changed.
pub(crate) struct Watched<T> {
    state: Mutex<T>,
    changed: Notify,
}

impl<T> Watched<T> {
    pub(crate) fn new(state: T) -> Self {
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    /// No code that can panic runs under the lock.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has all waiters look again: one that is woken may lose interest, so waking one alone could wake nobody.
    pub(crate) fn changed(&self) {
        self.changed.notify_waiters();
    }

    /// Waits until `ready` gives something.
    pub(crate) async fn until<R>(&self, ready: impl Fn(&T) -> Option<R>) -> R {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            changed.as_mut().enable();
            if let Some(result) = ready(&self.lock()) {
                return result;
            }
            changed.await;
        }
    }
}

/// What is alive in this process, by id. Ids are not used again.
pub(crate) struct Registry<T> {
    known: LazyLock<Mutex<HashMap<u64, Weak<T>>>>,
    next: AtomicU64,
}

impl<T> Registry<T> {
    pub(crate) const fn new() -> Self {
        Self { known: LazyLock::new(Mutex::default), next: AtomicU64::new(1) }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<u64, Weak<T>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes one that knows its id.
    pub(crate) fn add(&self, with_id: impl FnOnce(u64) -> T) -> Arc<T> {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        let made = Arc::new(with_id(id));
        self.known().insert(id, Arc::downgrade(&made));
        made
    }

    pub(crate) fn find(&self, id: u64) -> Option<Arc<T>> {
        self.known().get(&id)?.upgrade()
    }

    /// To be said by the drop of what was added.
    pub(crate) fn remove(&self, id: u64) {
        self.known().remove(&id);
    }

    #[cfg(test)]
    pub(crate) fn knows(&self, id: u64) -> bool {
        self.known().contains_key(&id)
    }
}
