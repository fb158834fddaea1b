//! A server's connections: how they come, what each does, how they end.

use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
    time::Duration,
};

use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use super::{
    config::Config,
    service::{Service, Site},
    watch::{Clock, TICK, Watch},
    watched::{Carrier, Watched},
};

/// How many headers hyper takes unless told: it has room for them on the stack then.
const HEADERS: usize = 100;

/// How long is waited when the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_millis(50);

/// How long a connection may take to end by itself once it was told to.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// What the connections of a server share.
pub(super) struct Shared {
    pub(super) site: Arc<Site>,
    clock: Arc<Clock>,
    connections: Mutex<slab::Slab<Arc<Watch>>>,
    room: Arc<Semaphore>,
    /// How many connections there are, those that were upgraded too.
    standing: watch::Sender<usize>,
    stopping: watch::Sender<bool>,
    /// Set when nothing of the server is waited for any more.
    ended: watch::Sender<bool>,
    http: auto::Builder<TokioExecutor>,
    acceptor: Option<TlsAcceptor>,
}

/// One connection's part in the count of them.
pub(super) struct Standing {
    shared: Arc<Shared>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Drop for Standing {
    fn drop(&mut self) {
        self.shared.standing.send_modify(|count| *count -= 1);
    }
}

impl Shared {
    pub(super) fn new(site: Arc<Site>, config: &Config, acceptor: Option<TlsAcceptor>) -> Self {
        let mut http = auto::Builder::new(TokioExecutor::new());
        if !config.http2 {
            http = http.http1_only();
        }
        let limits = config.limits;
        http.http1()
            // Timers of its own would be set and cleared with every request; ours are looked at together.
            .header_read_timeout(None)
            // Answers are small as a rule: one copy costs less than telling the system of two places.
            .writev(false)
            .max_buf_size(limits.max_header_bytes.max(8192));
        if limits.max_headers != HEADERS {
            http.http1().max_headers(limits.max_headers);
        }
        http.http2()
            .max_concurrent_streams(limits.max_streams_per_connection)
            .max_header_list_size(limits.max_header_bytes.try_into().unwrap_or(u32::MAX));
        Self {
            site,
            clock: Arc::new(Clock::new()),
            connections: Mutex::default(),
            room: Arc::new(Semaphore::new(limits.max_connections)),
            standing: watch::Sender::new(0),
            stopping: watch::Sender::new(false),
            ended: watch::Sender::new(false),
            http,
            acceptor,
        }
    }

    pub(super) fn connections(&self) -> usize {
        *self.standing.borrow()
    }

    fn standing(self: &Arc<Self>, permit: Option<OwnedSemaphorePermit>) -> Standing {
        self.standing.send_modify(|count| *count += 1);
        Standing { shared: Arc::clone(self), _permit: permit }
    }

    /// Is ready when the server stops.
    pub(super) fn stops(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.stopping.subscribe();
        async move { until_set(&mut stopping).await }
    }

    /// Is ready when the server has ended.
    pub(super) fn ends(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut ended = self.ended.subscribe();
        async move { until_set(&mut ended).await }
    }

    pub(super) fn end(&self) {
        self.ended.send_replace(true);
    }

    /// Counts a connection that was upgraded.
    pub(super) fn stand(self: &Arc<Self>) -> Standing {
        self.standing(Arc::clone(&self.room).try_acquire_owned().ok())
    }

    fn each(&self, tell: impl Fn(&Watch)) {
        let connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        connections.iter().for_each(|(_, watch)| tell(watch));
    }

    /// No more connections; those there are end after what they do. Ready when there is none.
    pub(super) async fn drain(&self) {
        self.stopping.send_replace(true);
        self.each(Watch::stop);
        self.emptied().await;
    }

    /// Ready when there is no connection.
    pub(super) async fn emptied(&self) {
        let _ = self.standing.subscribe().wait_for(|count| *count == 0).await;
    }

    /// Looks at what waits too long.
    pub(super) async fn sweep(self: Arc<Self>) {
        let mut standing = self.standing.subscribe();
        loop {
            let _ = standing.wait_for(|count| *count > 0).await;
            let now = self.clock.tick();
            self.each(|watch| watch.look(now));
            tokio::time::sleep(TICK).await;
        }
    }

    /// Takes connections until the server stops. Dropped, it ends them all.
    pub(super) async fn accept(self: Arc<Self>, listener: TcpListener) {
        let mut connections = JoinSet::new();
        let mut stopping = self.stopping.subscribe();
        loop {
            let next = async {
                let permit = Arc::clone(&self.room).acquire_owned().await;
                (permit, listener.accept().await)
            };
            let (permit, accepted) = tokio::select! {
                biased;
                () = until_set(&mut stopping) => break,
                next = next => next,
            };
            match accepted {
                Ok((stream, remote)) => {
                    let standing = self.standing(permit.ok());
                    connections.spawn(Arc::clone(&self).connection(stream, remote, standing));
                    while connections.try_join_next().is_some() {}
                }
                // One connection ended before it was taken; anything else is the system's lack of room.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => {
                    tracing::warn!(%error, "no connection could be accepted");
                    tokio::time::sleep(NO_ROOM).await;
                }
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    }

    async fn connection(self: Arc<Self>, stream: TcpStream, remote: SocketAddr, standing: Standing) {
        self.clock.tick();
        // Answers are whole when they are written: there is nothing to wait for.
        let _ = stream.set_nodelay(true);
        let remote = remote.to_string().into_boxed_str();
        let timeouts = self.site.timeouts;
        let watch = Arc::new(Watch::new(&self.clock, timeouts, remote, self.acceptor.is_some()));
        match &self.acceptor {
            None => self.serve(stream, watch).await,
            Some(acceptor) => match tokio::time::timeout(timeouts.headers, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => self.serve(stream, watch).await,
                Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
                Err(_) => tracing::debug!("a TLS handshake took too long"),
            },
        }
        drop(standing);
    }

    async fn serve(&self, stream: impl Carrier, watch: Arc<Watch>) {
        let place = self.connections.lock().unwrap_or_else(PoisonError::into_inner).insert(Arc::clone(&watch));
        let _listed = Listed(&self.connections, place);
        if *self.stopping.borrow() {
            watch.stop();
        }
        let service = Service { site: Arc::clone(&self.site), watch: Arc::clone(&watch) };
        let io = TokioIo::new(Watched::new(stream, Arc::clone(&watch)));
        let mut connection = pin!(self.http.serve_connection_with_upgrades(io, service));
        let mut signal = pin!(watch.signal.notified());
        let (mut last_words, mut told) = (None, false);
        let served = std::future::poll_fn(|context| {
            while signal.as_mut().poll(context).is_ready() {
                signal.set(watch.signal.notified());
                let stops = watch.is_stopping() && !told;
                if stops || watch.is_idle() {
                    connection.as_mut().graceful_shutdown();
                } else {
                    watch.expire();
                }
                if !stops {
                    last_words.get_or_insert_with(|| Box::pin(tokio::time::sleep(LAST_WORDS)));
                }
                told |= stops;
            }
            if let Poll::Ready(served) = connection.as_mut().poll(context) {
                return Poll::Ready(Some(served));
            }
            match &mut last_words {
                Some(sleep) => Pin::new(sleep).poll(context).map(|()| None),
                None => Poll::Pending,
            }
        })
        .await;
        if let Some(Err(error)) = served {
            tracing::debug!(%error, "a connection ended early");
        }
    }
}

async fn until_set(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|set| *set).await;
}

/// Takes a connection off the list.
struct Listed<'list>(&'list Mutex<slab::Slab<Arc<Watch>>>, usize);

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(self.1);
    }
}
