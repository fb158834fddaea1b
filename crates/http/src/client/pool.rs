//! The connections of a client, by origin. Who waits is served in turn.
//!
//! - A connection of HTTP/1.1 is in use by one request, or idle. One is made only when none is idle, under a permit that its
//!   user holds: so there are never more than permits.
//! - Of HTTP/2 there is one connection per origin, and one caller makes it while the others wait for it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicU8, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use url::{Position, Url};

use super::{
    config::milliseconds,
    connect::Connector,
    fault::Fault,
    h1::{exchange::H1, head::HeadLimits},
    h2,
};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

const UNKNOWN: u8 = 0;
const HTTP1: u8 = 1;
const HTTP2: u8 = 2;

pub(crate) struct Origin {
    in_flight: Arc<Semaphore>,
    connections: Arc<Semaphore>,
    idle: Mutex<Vec<(H1, Instant)>>,
    http2: Mutex<Option<h2::Sender>>,
    speaks: AtomicU8,
    /// Held by whoever finds out what the origin speaks, or makes its connection of HTTP/2.
    making: tokio::sync::Mutex<()>,
}

impl Origin {
    fn pop(&self) -> Option<H1> {
        loop {
            // The youngest: the others may come of age.
            let (mut connection, until) = lock(&self.idle).pop()?;
            if until > Instant::now() && connection.is_usable() {
                return Some(connection);
            }
        }
    }

    /// Forgets a connection of HTTP/2 that has failed.
    pub(crate) fn forget_http2(&self) {
        lock(&self.http2).take();
    }
}

/// The right to one request on an origin; given up when it is dropped.
pub(crate) struct Slot {
    pub(crate) origin: Arc<Origin>,
    pool: Weak<Pool>,
    _in_flight: OwnedSemaphorePermit,
    _connection: Option<OwnedSemaphorePermit>,
}

impl Slot {
    /// Gives a connection back that can serve another request, within the time that the server keeps it.
    pub(crate) fn rest(self, mut connection: H1, longest: Duration) {
        // A client that is gone needs none.
        let Some(pool) = self.pool.upgrade() else { return };
        connection.inbox.rest();
        let until = Instant::now() + pool.idle_timeout.min(longest);
        lock(&self.origin.idle).push((connection, until));
        pool.watch();
    }
}

/// A connection for one request.
pub(crate) enum Line {
    H1(H1),
    H2(h2::Sender),
}

pub(crate) struct Pool {
    origins: Mutex<HashMap<String, Arc<Origin>>>,
    connector: Connector,
    in_flight_per_origin: usize,
    connections_per_origin: usize,
    idle_timeout: Duration,
    limits: HeadLimits,
    /// Dropped with the pool, which ends the watch at once.
    watched: Mutex<Option<oneshot::Sender<()>>>,
    me: Weak<Self>,
}

/// The limits of a pool.
pub(crate) struct PoolLimits {
    pub(crate) in_flight_per_origin: usize,
    pub(crate) connections_per_origin: usize,
    pub(crate) idle_timeout_ms: u64,
    pub(crate) head: HeadLimits,
}

impl Pool {
    pub(crate) fn new(connector: Connector, limits: &PoolLimits) -> Arc<Self> {
        Arc::new_cyclic(|me| Self {
            origins: Mutex::default(),
            connector,
            in_flight_per_origin: limits.in_flight_per_origin.clamp(1, Semaphore::MAX_PERMITS),
            connections_per_origin: limits.connections_per_origin.clamp(1, Semaphore::MAX_PERMITS),
            idle_timeout: milliseconds(limits.idle_timeout_ms),
            limits: limits.head,
            watched: Mutex::default(),
            me: me.clone(),
        })
    }

    fn origin(&self, url: &Url) -> Arc<Origin> {
        let key = &url[..Position::BeforePath];
        let mut origins = lock(&self.origins);
        if let Some(origin) = origins.get(key) {
            return Arc::clone(origin);
        }
        // A crawler meets many hosts: those that nothing is known of any more go first.
        if origins.len() >= 1024 {
            origins.retain(|_, origin| Arc::strong_count(origin) > 1 || !lock(&origin.idle).is_empty());
        }
        let origin = Arc::new(Origin {
            in_flight: Arc::new(Semaphore::new(self.in_flight_per_origin)),
            connections: Arc::new(Semaphore::new(self.connections_per_origin)),
            idle: Mutex::default(),
            http2: Mutex::default(),
            speaks: AtomicU8::new(UNKNOWN),
            making: tokio::sync::Mutex::default(),
        });
        origins.insert(key.to_owned(), Arc::clone(&origin));
        origin
    }

    /// A line to the origin of an address. `fresh`: not one that was used before.
    pub(crate) async fn line(&self, url: &Url, connect_ms: Option<u64>, fresh: bool) -> Result<(Slot, Line), Fault> {
        let origin = self.origin(url);
        let in_flight = permit(&origin.in_flight).await?;
        let slot = |connection| Slot {
            origin: Arc::clone(&origin),
            pool: self.me.clone(),
            _in_flight: in_flight,
            _connection: connection,
        };
        let speaks = origin.speaks.load(Ordering::Relaxed);
        if speaks != HTTP1 {
            if let Some(sender) = lock(&origin.http2).clone() {
                return Ok((slot(None), Line::H2(sender)));
            }
            // To wait for somebody else's connection is to wait for one.
            let _making = limited(connect_ms, async { Ok(origin.making.lock().await) }).await?;
            if let Some(sender) = lock(&origin.http2).clone() {
                return Ok((slot(None), Line::H2(sender)));
            }
            if origin.speaks.load(Ordering::Relaxed) != HTTP1 {
                let connection = permit(&origin.connections).await?;
                return Ok(match self.connect(url, connect_ms).await? {
                    Line::H2(sender) => {
                        origin.speaks.store(HTTP2, Ordering::Relaxed);
                        *lock(&origin.http2) = Some(sender.clone());
                        (slot(None), Line::H2(sender))
                    }
                    line @ Line::H1(_) => {
                        origin.speaks.store(HTTP1, Ordering::Relaxed);
                        (slot(Some(connection)), line)
                    }
                });
            }
        }
        let connection = permit(&origin.connections).await?;
        if fresh {
            // Where one was closed unseen, the others most likely were.
            lock(&origin.idle).clear();
        } else if let Some(idle) = origin.pop() {
            return Ok((slot(Some(connection)), Line::H1(idle)));
        }
        let line = self.connect(url, connect_ms).await?;
        if matches!(line, Line::H2(_)) {
            origin.speaks.store(HTTP2, Ordering::Relaxed);
        }
        Ok((slot(Some(connection)), line))
    }

    async fn connect(&self, url: &Url, limit: Option<u64>) -> Result<Line, Fault> {
        let work = async {
            let connected = self.connector.connect(url).await?;
            if connected.http2 {
                return h2::start(connected.io, self.limits).await.map(Line::H2);
            }
            Ok(Line::H1(H1::new(connected.io)))
        };
        limited(limit, work).await
    }

    pub(crate) fn connector(&self) -> &Connector {
        &self.connector
    }

    /// Closes connections that have been idle for too long, by one task, which ends when none is idle or the pool is gone.
    fn watch(self: &Arc<Self>) {
        let mut watched = lock(&self.watched);
        if watched.as_ref().is_some_and(|watch| !watch.is_closed()) {
            return;
        }
        let (sender, mut gone) = oneshot::channel();
        *watched = Some(sender);
        let pool = Arc::downgrade(self);
        let pause = self.idle_timeout;
        tokio::spawn(async move {
            let mut next = Instant::now() + pause;
            loop {
                tokio::select! {
                    _ = &mut gone => return,
                    () = tokio::time::sleep_until(next.into()) => {}
                }
                let Some(pool) = pool.upgrade() else { return };
                if let Some(first) = pool.sweep() {
                    next = first;
                } else {
                    // Under the lock that `watch` takes: whoever comes now starts another.
                    let mut watched = lock(&pool.watched);
                    if pool.sweep().is_none() {
                        watched.take();
                        return;
                    }
                }
            }
        });
    }

    /// Drops what is of age; when the next will be.
    fn sweep(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut old = Vec::new();
        let mut first: Option<Instant> = None;
        for origin in lock(&self.origins).values() {
            let mut idle = lock(&origin.idle);
            old.extend(idle.extract_if(.., |(_, until)| *until <= now));
            let next = idle.iter().map(|(_, until)| *until).min();
            first = first.into_iter().chain(next).min();
        }
        drop(old);
        first
    }
}

async fn limited<T>(limit: Option<u64>, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let Some(limit) = limit else { return work.await };
    tokio::time::timeout(milliseconds(limit), work).await.unwrap_or_else(|_| Err(Fault::timeout("connect", limit)))
}

async fn permit(semaphore: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Fault> {
    let semaphore = Arc::clone(semaphore);
    if let Ok(permit) = Arc::clone(&semaphore).try_acquire_owned() {
        return Ok(permit);
    }
    semaphore.acquire_owned().await.map_err(|_| Fault::closed("the client is closed", None))
}
