//! An HTTP server whose handlers live in a host language.
//!
//! Connections are hyper's. What can be answered without the host is: routes that are not there, methods that are not, what is
//! too long or too slow, files. The rest travels to the host and back in blocks of many requests (`exchange`).

mod body;
mod conditional;
mod config;
mod error;
mod exchange;
mod file_body;
mod folder;
mod framing;
mod half_closed;
mod listener;
mod range;
mod reply;
mod request_body;
mod respond;
mod router;
mod service;
mod tls;
mod upgrade;
mod watch;
mod watched;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use tokio::{net::TcpListener, sync::oneshot, task::AbortHandle};

pub use self::{
    config::{Config, FolderConfig, Limits, RouteConfig, RouteKind, Timeouts, TlsConfig},
    error::ServerError,
    exchange::Wake,
    upgrade::UpgradedStream,
};
use self::{exchange::Exchange, folder::Folder, listener::Shared, router::Router, service::Site};

/// How long connections have to say that the server stopped, when they could not end before.
const LAST_WORDS: Duration = Duration::from_millis(300);

/// A server that listens. Dropped, it ends at once, with everything that is at work in it.
pub struct HttpServer {
    shared: Arc<Shared>,
    address: SocketAddr,
    begin: Mutex<Option<oneshot::Sender<()>>>,
    tasks: [AbortHandle; 3],
}

impl Drop for HttpServer {
    fn drop(&mut self) {
        self.end();
    }
}

impl HttpServer {
    /// Binds the address. Connections wait until [`begin`](Self::begin).
    ///
    /// `config` is a [`Config`]; `wake` is called, from the runtime's thread, when there is something for [`pass`](Self::pass).
    pub async fn listen(
        config: serde_json::Value,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, ServerError> {
        let config: Config = serde_json::from_value(config)
            .map_err(|error| ServerError::Config { message: format!("the settings cannot be read: {error}") })?;
        let router = Router::new(&config.routes)?;
        let mut folders = config.folders.iter().map(Folder::new).collect::<Result<Vec<_>, _>>()?;
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.prefix.len()));
        let acceptor = config.tls.as_ref().map(|tls| tls::acceptor(tls, config.http2)).transpose()?;
        let refused = |error| ServerError::listen(&config.host, config.port, &error);
        let listener = TcpListener::bind((&*config.host, config.port)).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let exchange = Arc::new(Exchange::new(Box::new(wake)));
        let site =
            Site { router, folders, limits: config.limits, timeouts: config.timeouts, exchange: Arc::clone(&exchange) };
        let shared = Arc::new(Shared::new(Arc::new(site), &config, acceptor));
        let (begin, started) = oneshot::channel();
        let accept = Arc::clone(&shared);
        let tasks = [
            tokio::spawn(async move {
                if started.await.is_ok() {
                    accept.accept(listener).await;
                }
            }),
            tokio::spawn(async move { exchange.dispatch().await }),
            tokio::spawn(Arc::clone(&shared).sweep()),
        ];
        let tasks = tasks.map(|task| task.abort_handle());
        Ok(Self { shared, address, begin: Mutex::new(Some(begin)), tasks })
    }

    /// Takes connections from now on.
    pub fn begin(&self) {
        if let Some(begin) = self.begin.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = begin.send(());
        }
    }

    /// Where it listens: the address and the port.
    pub fn address(&self) -> (String, u16) {
        (self.address.ip().to_string(), self.address.port())
    }

    /// How many connections there are, and how many requests are at work in the host language.
    pub fn load(&self) -> [u32; 2] {
        [self.shared.connections() as u32, self.shared.site.exchange.at_work()]
    }

    /// Takes a block of answers and gives the next block of requests. None: there are none, and `wake` will be called for the next.
    pub fn pass(&self, answers: &[u8]) -> Option<Vec<u8>> {
        self.shared.site.exchange.pass(answers)
    }

    /// The next piece of a request's body; none at its end.
    pub async fn read_body(&self, slot: u32, generation: u32) -> Result<Option<Vec<u8>>, ServerError> {
        let body = self.shared.site.exchange.body(slot, generation).ok_or(ServerError::Gone)?;
        let mut body = body
            .try_lock_owned()
            .map_err(|_| ServerError::State { message: "the request's body is being read already".to_owned() })?;
        Ok(body.next().await?.map(Vec::from))
    }

    /// Sends a piece of a response's body, when there is room for it. False: nobody takes it any more.
    pub async fn write_body(&self, slot: u32, generation: u32, piece: Vec<u8>) -> bool {
        let Some(pieces) = self.shared.site.exchange.pieces(slot, generation) else { return false };
        pieces.send(Ok(Bytes::from(piece))).await.is_ok()
    }

    /// Takes no more connections, closes those that wait, and gives requests at work `drain` to end. Says how many connections
    /// were ended in the middle.
    pub async fn stop(&self, drain: Duration) -> u32 {
        let _ = self.begin.lock().unwrap_or_else(PoisonError::into_inner).take();
        let drained = tokio::time::timeout(drain, self.shared.drain()).await;
        let left = if drained.is_ok() { 0 } else { self.shared.connections() as u32 };
        // Whoever still waits for an answer is told that there will be none.
        self.shared.site.exchange.close();
        let _ = tokio::time::timeout(LAST_WORDS, self.shared.emptied()).await;
        self.end();
        left
    }

    fn end(&self) {
        self.shared.site.exchange.close();
        self.shared.end();
        for task in &self.tasks {
            task.abort();
        }
    }
}
