//! Where requests wait for the host language, and how they travel there and back: many at once.
//!
//! A request that is complete is written into the block that the host takes next. The host is woken once per block, after
//! everything that can be read now has been, and gives its answers back in a block of its own.

use std::{
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use http::{HeaderMap, Method, Version};
use hyper::upgrade::OnUpgrade;
use tokio::sync::{Notify, mpsc, oneshot};

use super::{
    body::Piece,
    reply::{Answer, Kind, Reply, answers},
    request_body::RequestBody,
    router::Span,
    watch::Watch,
};

/// Pieces of a response that may wait between the host language and the socket.
const PIECES: usize = 1;

/// Tells the host language that there is something to take.
pub type Wake = Box<dyn Fn() + Send + Sync>;

/// What a request has of a body when it travels.
pub(super) enum Carried {
    Nothing,
    Whole(Bytes),
    /// It is pulled.
    Later(RequestBody),
    /// The connection becomes something else.
    Upgrade(OnUpgrade),
}

/// A request for the host language.
pub(super) struct Outgoing<'request> {
    pub(super) route: u32,
    pub(super) method: &'request Method,
    pub(super) version: Version,
    pub(super) target: &'request str,
    pub(super) path_length: usize,
    pub(super) spans: &'request [Span],
    pub(super) headers: &'request HeaderMap,
    pub(super) watch: &'request Watch,
    pub(super) body: Carried,
}

type SharedBody = Arc<tokio::sync::Mutex<RequestBody>>;

/// A request at work.
struct Entry {
    reply: Option<oneshot::Sender<Reply>>,
    body: Option<SharedBody>,
    upgrade: Option<OnUpgrade>,
    pieces: Option<mpsc::Sender<Piece>>,
}

#[derive(Default)]
struct Slot {
    generation: u32,
    entry: Option<Entry>,
}

#[derive(Default)]
struct Inner {
    slots: Vec<Slot>,
    free: Vec<u32>,
    at_work: u32,
    /// The next block: requests, those given up, and the bytes both refer to.
    requests: Vec<u32>,
    count: u32,
    gone: Vec<u32>,
    heap: Vec<u8>,
    answered: Vec<Vec<u8>>,
    /// Whether the host language waits to be woken.
    asleep: bool,
    closed: bool,
}

pub(super) struct Exchange {
    inner: Mutex<Inner>,
    /// Told when there is a block to pass on, either way.
    something: Notify,
    wake: Wake,
}

impl Exchange {
    pub(super) fn new(wake: Wake) -> Self {
        let inner = Inner { asleep: true, ..Inner::default() };
        Self { inner: Mutex::new(inner), something: Notify::new(), wake }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Requests at work.
    pub(super) fn at_work(&self) -> u32 {
        self.lock().at_work
    }

    /// Gives a request to the host language; its answer comes through the receiver. None once the server is closed.
    pub(super) fn offer(self: &Arc<Self>, request: Outgoing<'_>) -> Option<(Place, oneshot::Receiver<Reply>)> {
        let (sender, receiver) = oneshot::channel();
        let mut inner = self.lock();
        if inner.closed {
            return None;
        }
        let (flag, whole, body, upgrade) = match request.body {
            Carried::Nothing => (0, Bytes::new(), None, None),
            Carried::Whole(bytes) => (1, bytes, None, None),
            Carried::Later(body) => (2, Bytes::new(), Some(Arc::new(tokio::sync::Mutex::new(body))), None),
            Carried::Upgrade(upgrade) => (3, Bytes::new(), None, Some(upgrade)),
        };
        let entry = Entry { reply: Some(sender), body, upgrade, pieces: None };
        let (slot, generation) = inner.add(entry);
        let request = Outgoing { body: Carried::Nothing, ..request };
        inner.write(slot, generation, &request, flag, &whole);
        drop(inner);
        self.something.notify_one();
        Some((Place { exchange: Arc::clone(self), slot, generation, held: true }, receiver))
    }

    /// What the host language calls: takes its answers, gives the next requests, or nothing, and then wakes it when there are some.
    pub(super) fn pass(&self, answered: &[u8]) -> Option<Vec<u8>> {
        let mut inner = self.lock();
        if !answered.is_empty() {
            inner.answered.push(answered.to_vec());
        }
        let block = inner.take();
        inner.asleep = block.is_none();
        drop(inner);
        if !answered.is_empty() {
            self.something.notify_one();
        }
        block
    }

    /// Passes blocks on, for as long as the server lives. A task of its own: it runs when those before it have read what there
    /// is, so that all of it goes in one block.
    pub(super) async fn dispatch(&self) {
        loop {
            self.something.notified().await;
            let mut inner = self.lock();
            let blocks = mem::take(&mut inner.answered);
            for answer in blocks.into_iter().flat_map(answers) {
                inner.apply(&answer);
            }
            let wakes = inner.asleep && (inner.count > 0 || !inner.gone.is_empty());
            if wakes {
                inner.asleep = false;
            }
            drop(inner);
            if wakes {
                (self.wake)();
            }
        }
    }

    /// Ends every request at work.
    pub(super) fn close(&self) {
        let mut inner = self.lock();
        inner.closed = true;
        let entries: Vec<_> = inner.slots.iter_mut().filter_map(|slot| slot.entry.take()).collect();
        for slot in &mut inner.slots {
            slot.generation = slot.generation.wrapping_add(1);
        }
        inner.at_work = 0;
        drop(inner);
        // Their ends wake who waits for them, who may want the lock.
        drop(entries);
    }

    pub(super) fn body(&self, slot: u32, generation: u32) -> Option<SharedBody> {
        self.lock().entry(slot, generation)?.body.clone()
    }

    pub(super) fn pieces(&self, slot: u32, generation: u32) -> Option<mpsc::Sender<Piece>> {
        let mut inner = self.lock();
        // The start of the response may still wait for the lane.
        let blocks = mem::take(&mut inner.answered);
        for answer in blocks.into_iter().flat_map(answers) {
            inner.apply(&answer);
        }
        inner.entry(slot, generation)?.pieces.clone()
    }

    pub(super) fn upgrade(&self, slot: u32, generation: u32) -> Option<(OnUpgrade, oneshot::Sender<Reply>)> {
        let mut inner = self.lock();
        inner.entry(slot, generation)?.upgrade.as_ref()?;
        // It is answered herewith: nobody must hear later that its client is gone.
        let entry = inner.remove(slot, generation)?;
        Some((entry.upgrade?, entry.reply?))
    }
}

impl Inner {
    fn entry(&mut self, slot: u32, generation: u32) -> Option<&mut Entry> {
        let slot = self.slots.get_mut(slot as usize)?;
        if slot.generation == generation { slot.entry.as_mut() } else { None }
    }

    fn add(&mut self, entry: Entry) -> (u32, u32) {
        self.at_work += 1;
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() as u32 - 1
        });
        let slot = &mut self.slots[place as usize];
        slot.entry = Some(entry);
        (place, slot.generation)
    }

    fn remove(&mut self, place: u32, generation: u32) -> Option<Entry> {
        let slot = self.slots.get_mut(place as usize)?;
        if slot.generation != generation {
            return None;
        }
        let entry = slot.entry.take()?;
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(place);
        self.at_work -= 1;
        Some(entry)
    }

    /// One record: eleven words and the places of its parameters; what they tell the length of stands on the heap.
    fn write(&mut self, slot: u32, generation: u32, request: &Outgoing<'_>, flag: u32, body: &[u8]) {
        let start = self.heap.len();
        let method = method_number(request.method);
        if method == OTHER {
            self.heap.extend_from_slice(request.method.as_str().as_bytes());
        }
        let method_length = (self.heap.len() - start) as u32;
        self.heap.extend_from_slice(request.watch.remote.as_bytes());
        self.heap.extend_from_slice(request.target.as_bytes());
        let head = self.heap.len();
        for (name, value) in request.headers {
            self.heap.extend_from_slice(name.as_str().as_bytes());
            self.heap.push(b':');
            self.heap.extend_from_slice(value.as_bytes());
            self.heap.push(b'\n');
        }
        let head = (self.heap.len() - head) as u32;
        self.heap.extend_from_slice(body);
        let version = match request.version {
            Version::HTTP_10 => 0,
            Version::HTTP_2 => 2,
            _ => 1,
        };
        let flags = method | version << 8 | flag << 12 | u32::from(request.watch.secure) << 16;
        let lengths = (method_length << 16) | request.watch.remote.len() as u32;
        self.requests.extend([
            slot,
            generation,
            request.route,
            flags,
            start as u32,
            lengths,
            request.target.len() as u32,
            request.path_length as u32,
            head,
            body.len() as u32,
            request.spans.len() as u32,
        ]);
        self.requests.extend(request.spans.iter().flat_map(|(start, end)| [*start as u32, *end as u32]));
        self.count += 1;
    }

    /// What waits, as one block: how many requests, how many given up, how many words the requests have; then these.
    fn take(&mut self) -> Option<Vec<u8>> {
        if self.count == 0 && self.gone.is_empty() {
            return None;
        }
        let words = 3 + self.requests.len() + self.gone.len();
        let mut block = Vec::with_capacity(words * 4 + self.heap.len());
        let header = [self.count, self.gone.len() as u32 / 2, self.requests.len() as u32];
        for word in header.iter().chain(&self.requests).chain(&self.gone) {
            block.extend_from_slice(&word.to_le_bytes());
        }
        block.extend_from_slice(&self.heap);
        self.count = 0;
        self.requests.clear();
        self.gone.clear();
        self.heap.clear();
        // One large body must not be kept for good.
        self.heap.shrink_to(64 * 1024);
        Some(block)
    }

    fn apply(&mut self, answer: &Answer) {
        let (slot, generation) = (answer.slot, answer.generation);
        match answer.kind {
            Kind::Whole => {
                if let Some(Entry { reply: Some(reply), .. }) = self.remove(slot, generation) {
                    let _ = reply.send(Reply::new(answer, None));
                }
            }
            Kind::Start => {
                let Some(entry) = self.entry(slot, generation) else { return };
                let Some(reply) = entry.reply.take() else { return };
                let (sender, receiver) = mpsc::channel(PIECES);
                entry.pieces = Some(sender);
                let _ = reply.send(Reply::new(answer, Some(receiver)));
            }
            Kind::End => drop(self.remove(slot, generation)),
            Kind::Fail => {
                if let Some(Entry { pieces: Some(pieces), .. }) = self.remove(slot, generation) {
                    // A piece may still wait before it.
                    if pieces.try_send(Err(())).is_err() {
                        tokio::spawn(async move { pieces.send(Err(())).await });
                    }
                }
            }
        }
    }
}

/// A request's place among those at work: given up when it is dropped before it is done.
pub(super) struct Place {
    exchange: Arc<Exchange>,
    slot: u32,
    generation: u32,
    held: bool,
}

impl Place {
    /// Whether the server was closed: what ends now ends because of that.
    pub(super) fn is_closed(&self) -> bool {
        self.exchange.lock().closed
    }

    /// The request has had its answer.
    pub(super) fn done(&mut self) {
        if mem::replace(&mut self.held, false) {
            let removed = self.exchange.lock().remove(self.slot, self.generation);
            drop(removed);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.held {
            return;
        }
        let mut inner = self.exchange.lock();
        let Some(entry) = inner.remove(self.slot, self.generation) else { return };
        let (slot, generation) = (self.slot, self.generation);
        inner.gone.extend([slot, generation]);
        drop(inner);
        drop(entry);
        self.exchange.something.notify_one();
    }
}

/// The number of a method without one of its own.
const OTHER: u32 = 0;

/// As the host language counts them.
fn method_number(method: &Method) -> u32 {
    match *method {
        Method::GET => 1,
        Method::HEAD => 2,
        Method::POST => 3,
        Method::PUT => 4,
        Method::DELETE => 5,
        Method::PATCH => 6,
        Method::OPTIONS => 7,
        _ => OTHER,
    }
}
