//! Streams at the boundary: a Rust stream becomes an object whose items JavaScript pulls.
//!
//! - Nothing is polled before an item is asked for; what is ready behind the first comes with it, up to a limit.
//! - Whatever the stream borrows stays beside it: both live in one future, which is suspended at each item. So no stream has
//!   to be `'static`, and dropping the object drops stream and arguments together.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};

use ferrule_core::error::BoundaryError;
use futures_core::Stream;

/// What passes from the suspended future to whoever polls it.
enum Given<T> {
    Nothing,
    /// The stream is there; items come when they are asked for.
    Begun,
    Item(T),
}

/// The side inside the future.
pub struct Giver<T>(Arc<Mutex<Given<T>>>);

impl<T> Giver<T> {
    /// Says that the stream is there, then gives its items, each made ready for JavaScript; the first that cannot be ends it.
    pub async fn give_all<S: Stream>(
        &self,
        stream: S,
        make: impl Fn(S::Item) -> Result<T, BoundaryError>,
    ) -> Result<(), BoundaryError> {
        let mut stream = std::pin::pin!(stream);
        self.give(Given::Begun).await;
        while let Some(item) = poll_fn(|context| stream.as_mut().poll_next(context)).await {
            self.give(Given::Item(make(item)?)).await;
        }
        Ok(())
    }

    /// Suspends the future once: it goes on when the next item is asked for.
    async fn give(&self, given: Given<T>) {
        let mut given = Some(given);
        poll_fn(|_| match given.take() {
            Some(given) => {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = given;
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
    }
}

type Running = Pin<Box<dyn Future<Output = Result<(), BoundaryError>> + Send>>;

/// A stream that JavaScript holds.
///
/// The mutex is never waited for: an object is lent to one pull at a time. It makes the future, which is only `Send`, fit to be
/// shared with other threads.
pub struct Items<T>(Mutex<Pull<T>>);

struct Pull<T> {
    /// `None` once it has ended.
    running: Option<Running>,
    given: Arc<Mutex<Given<T>>>,
    /// What ended it, after the items before it.
    failed: Option<BoundaryError>,
}

impl<T: Send + 'static> Items<T> {
    /// Runs `work` up to where its stream is there.
    pub async fn start<F>(work: impl FnOnce(Giver<T>) -> F) -> Result<Self, BoundaryError>
    where
        F: Future<Output = Result<(), BoundaryError>> + Send + 'static,
    {
        let given = Arc::new(Mutex::new(Given::Nothing));
        let running: Running = Box::pin(work(Giver(Arc::clone(&given))));
        let mut pull = Pull { running: Some(running), given, failed: None };
        poll_fn(|context| match pull.poll(context) {
            Poll::Ready(Some(Given::Begun) | None) => Poll::Ready(()),
            Poll::Ready(Some(_)) => unreachable!("a stream begins before its first item"),
            Poll::Pending => Poll::Pending,
        })
        .await;
        match pull.failed.take() {
            Some(error) => Err(error),
            None => Ok(Self(Mutex::new(pull))),
        }
    }

    /// The next item and those that are ready behind it, up to `max`; `None` at the end.
    pub async fn next(&mut self, max: u32) -> Result<Option<Vec<T>>, BoundaryError> {
        let pull = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        poll_fn(|context| pull.poll_batch(max.max(1) as usize, context)).await
    }
}

impl<T> Pull<T> {
    fn poll_batch(&mut self, max: usize, context: &mut Context<'_>) -> Poll<Result<Option<Vec<T>>, BoundaryError>> {
        let mut items = Vec::new();
        while items.len() < max {
            match self.poll(context) {
                Poll::Ready(Some(Given::Item(item))) => items.push(item),
                Poll::Ready(Some(_)) => {}
                Poll::Pending if items.is_empty() => return Poll::Pending,
                Poll::Ready(None) | Poll::Pending => break,
            }
        }
        if !items.is_empty() {
            return Poll::Ready(Ok(Some(items)));
        }
        Poll::Ready(self.failed.take().map_or(Ok(None), Err))
    }

    /// What the future gave, if it was polled to a gift; `None` when it has ended.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Given<T>>> {
        let Some(running) = &mut self.running else { return Poll::Ready(None) };
        let polled = running.as_mut().poll(context);
        if let Poll::Ready(ended) = polled {
            // The stream goes before anybody hears of its end.
            self.running = None;
            self.failed = ended.err();
            return Poll::Ready(None);
        }
        let given = &mut *self.given.lock().unwrap_or_else(PoisonError::into_inner);
        match std::mem::replace(given, Given::Nothing) {
            Given::Nothing => Poll::Pending,
            given => Poll::Ready(Some(given)),
        }
    }
}
