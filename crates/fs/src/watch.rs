//! What happens in a folder.
//!
//! The system's events are gathered per path until nothing has been taken out for a moment, so that a file that is written in
//! a hundred pieces is one change. What is gathered is bounded: beyond that, and when the system itself has lost events, the
//! watcher is told so and has to look for itself.

use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{ModifyKind, RenameMode},
};

use crate::{
    Checkpoint, Error,
    error::{At as _, Refused},
    path,
};

/// How many paths are gathered before the rest is told as lost.
const MOST_PATHS: usize = 16 * 1024;

/// What happened at a path since it was told last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something came to be at that name.
    Created,
    /// Its content or what the system knows of it changed.
    Changed,
    /// Nothing is at that name any more.
    Removed,
    /// Events were lost: anything may have happened below this path.
    Overflow,
}

/// Tells that there is something to be taken.
pub type Wake = Box<dyn Fn() + Send + Sync>;

/// A watch on a file or folder.
pub struct Watch {
    path: String,
    recursive: bool,
    shared: Arc<Shared>,
    wake: Mutex<Option<Wake>>,
    running: Mutex<Option<Running>>,
}

struct Running {
    /// Kept, so that events come.
    _watcher: RecommendedWatcher,
    teller: Option<JoinHandle<()>>,
}

struct Shared {
    debounce: Duration,
    state: Mutex<Gathered>,
    changed: Condvar,
}

#[derive(Default)]
struct Gathered {
    order: Vec<PathBuf>,
    changes: HashMap<PathBuf, Change>,
    overflow: bool,
    /// The watcher was woken and has not taken anything since.
    told: bool,
    failed: Option<Error>,
    closed: bool,
}

impl Watch {
    /// Watches nothing before it is started. `wake` is called on another thread, once until the next [`take`](Self::take).
    pub fn new(path: &str, recursive: bool, debounce: Duration, wake: Wake) -> Self {
        let shared = Shared { debounce, state: Mutex::default(), changed: Condvar::new() };
        Self {
            path: path.to_owned(),
            recursive,
            shared: Arc::new(shared),
            wake: Mutex::new(Some(wake)),
            running: Mutex::default(),
        }
    }

    /// Starts to watch: what happens from now on is told.
    ///
    /// # Errors
    /// What the system refuses, the number of watches among it.
    pub fn start(&self, checkpoint: Checkpoint<'_>) -> Result<(), Error> {
        checkpoint()?;
        let root = path::parse(&self.path)?;
        let metadata = fs::metadata(&root).at("watch", &root)?;
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(wake) = wake else { return Ok(()) };
        // A file is watched through its folder: a watch on itself would end with the file that is replaced.
        let file = if metadata.is_dir() { None } else { Some(root.clone()) };
        let folder = if file.is_some() { path::folder_of(&root).to_owned() } else { root.clone() };
        let mode =
            if self.recursive && file.is_none() { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let shared = Arc::clone(&self.shared);
        let told = root.clone();
        let handler = move |event: notify::Result<Event>| shared.gather(event, &told, file.as_deref());
        let mut watcher = notify::recommended_watcher(handler).map_err(|error| failed(&root, error))?;
        watcher.watch(&folder, mode).map_err(|error| failed(&root, error))?;
        let shared = Arc::clone(&self.shared);
        let teller = thread::Builder::new().name("ferrule-watch".into()).spawn(move || shared.tell(&wake));
        let teller = Some(teller.at("watch", &root)?);
        *running = Some(Running { _watcher: watcher, teller });
        Ok(())
    }

    /// What happened since it was asked last: the kinds, and the path of each.
    ///
    /// # Errors
    /// What the system refused meanwhile.
    pub fn take(&self) -> Result<(Vec<u8>, Vec<String>), Error> {
        let mut gathered = self.shared.lock();
        gathered.told = false;
        self.shared.changed.notify_all();
        if let Some(error) = gathered.failed.take() {
            return Err(error);
        }
        let order = std::mem::take(&mut gathered.order);
        let mut changes = std::mem::take(&mut gathered.changes);
        let (mut kinds, mut paths) = (Vec::new(), Vec::new());
        if std::mem::take(&mut gathered.overflow) {
            kinds.push(Change::Overflow as u8);
            paths.push(self.path.clone());
        }
        for path in order {
            if let Some(change) = changes.remove(&path) {
                kinds.push(change as u8);
                paths.push(path::text_of(path.as_os_str()));
            }
        }
        Ok((kinds, paths))
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
        let running = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut running) = running
            && let Some(teller) = running.teller.take()
        {
            let _ = teller.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Gathered> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Calls `wake` when something was gathered and time for more has passed.
    fn tell(&self, wake: &Wake) {
        let mut state = self.lock();
        loop {
            while !state.closed && (state.told || state.is_empty()) {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            let debounced = |state: &mut Gathered| !state.closed;
            let waited = self.changed.wait_timeout_while(state, self.debounce, debounced);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if state.closed {
                return;
            }
            state.told = true;
            drop(state);
            wake();
            state = self.lock();
        }
    }

    fn gather(&self, event: notify::Result<Event>, root: &Path, file: Option<&Path>) {
        let mut gathered = self.lock();
        match event {
            Ok(event) if event.need_rescan() => gathered.lose(),
            Ok(event) => {
                for (path, change) in changes_of(&event) {
                    if file.is_none_or(|file| file == path) && !is_passing(path) {
                        gathered.add(path, change);
                    }
                }
            }
            Err(error) => gathered.failed = Some(failed(root, error)),
        }
        drop(gathered);
        self.changed.notify_all();
    }
}

/// Names of files that are on their way to another one: this crate's own, and those that Linux shows for files without a name.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let is_ours = name.starts_with(b".ferrule-") && name.ends_with(b".tmp");
    let is_unnamed = name.first() == Some(&b'#') && name[1..].iter().all(u8::is_ascii_digit) && !path.exists();
    is_ours || is_unnamed
}

/// What an event says of each of its paths. Looking at a file changes nothing.
fn changes_of(event: &Event) -> Vec<(&PathBuf, Change)> {
    let all = |change| event.paths.iter().map(|path| (path, change)).collect();
    match event.kind {
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => all(Change::Created),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => all(Change::Removed),
        // Its two halves were told before it.
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => Vec::new(),
        EventKind::Modify(ModifyKind::Name(_)) => {
            let now =
                |path: &&PathBuf| if fs::symlink_metadata(path).is_ok() { Change::Created } else { Change::Removed };
            event.paths.iter().map(|path| (path, now(&path))).collect()
        }
        EventKind::Modify(_) | EventKind::Any | EventKind::Other => all(Change::Changed),
    }
}

impl Gathered {
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && !self.overflow && self.failed.is_none()
    }

    fn lose(&mut self) {
        self.order.clear();
        self.changes.clear();
        self.overflow = true;
    }

    fn add(&mut self, path: &Path, change: Change) {
        if self.overflow {
            return;
        }
        if let Some(before) = self.changes.get_mut(path) {
            match (*before, change) {
                (Change::Created, Change::Removed) => {
                    // Nobody has heard of it.
                    self.changes.remove(path);
                }
                (Change::Created, _) => {}
                (Change::Removed, Change::Created) => *before = Change::Changed,
                (_, change) => *before = change,
            }
            return;
        }
        if self.changes.len() >= MOST_PATHS {
            self.lose();
            return;
        }
        self.changes.insert(path.to_owned(), change);
        self.order.push(path.to_owned());
    }
}

fn failed(root: &Path, error: notify::Error) -> Error {
    let path = error.paths.first().cloned().unwrap_or_else(|| root.to_owned());
    match error.kind {
        notify::ErrorKind::Io(error) => Error::io("watch", &path, &error),
        notify::ErrorKind::PathNotFound => Error::io("watch", &path, &io::ErrorKind::NotFound.into()),
        notify::ErrorKind::MaxFilesWatch => {
            let words = "no more folders can be watched; raise fs.inotify.max_user_watches, or watch fewer";
            Error::as_if("watch", &path, "ENOSPC", words)
        }
        other => Error::refused(Refused {
            step: "watch",
            path: path::shown(&path),
            destination: None,
            errno: None,
            words: format!("{other:?}"),
        }),
    }
}
