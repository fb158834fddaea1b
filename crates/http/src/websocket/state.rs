//! What a socket's users and its driver share.

use std::{
    collections::VecDeque,
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Context, Waker},
    time::Instant,
};

use bytes::Bytes;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::{Message, protocol::CloseFrame};

use super::{close::Close, error::Error, message::Incoming};

/// Bytes of received messages that wait before the driver stops reading, and the peer is held back by its own transport.
const INBOX_BYTES: usize = 256 * 1024;
/// What a message weighs beside its bytes, so that empty ones are bounded, too.
const MESSAGE_WEIGHT: usize = 64;
/// Bytes taken out in one batch; a longer message goes alone.
const BATCH_BYTES: usize = 128 * 1024;
/// Messages taken out in one batch.
const BATCH_MESSAGES: usize = 1024;
/// Bytes of frames handed to the transport before it is asked again whether it takes more.
const BURST_BYTES: usize = 64 * 1024;

/// A ping whose pong has not come.
pub(super) struct Ping {
    pub(super) number: u64,
    pub(super) payload: Bytes,
}

/// Everything about one socket, behind one lock that nobody holds for longer than it takes to move a batch.
///
/// - `written <= queued`, and both count messages; those taken back before they were written leave gaps.
/// - Once `ending` is set nothing is added to the outbox; once `closed` is set nothing changes but the inbox, which empties.
#[derive(Default)]
pub(super) struct State {
    inbox: VecDeque<Incoming>,
    inbox_weight: usize,
    outbox: VecDeque<(u64, Message)>,
    /// Number of the last message that was queued.
    queued: u64,
    /// Number of the last message whose frame is with the system.
    pub(super) written: u64,
    pub(super) pings: VecDeque<Ping>,
    /// Number of the last ping that was answered.
    pub(super) answered: u64,
    /// This side asked to close: the frame, and when.
    pub(super) closing: Option<(CloseFrame, Instant)>,
    /// How it will have ended: sending is over.
    pub(super) ending: Option<Close>,
    /// It has ended.
    pub(super) closed: Option<Close>,
    /// The last user has gone.
    pub(super) abandoned: bool,
    driver: Option<Waker>,
}

impl State {
    /// Has the driver look again.
    pub(super) fn wake(&self) {
        if let Some(waker) = &self.driver {
            waker.wake_by_ref();
        }
    }

    pub(super) fn driven_by(&mut self, context: &Context<'_>) {
        if !self.driver.as_ref().is_some_and(|waker| waker.will_wake(context.waker())) {
            self.driver = Some(context.waker().clone());
        }
    }

    /// How much more may come before the peer is held back.
    pub(super) fn room(&self) -> usize {
        INBOX_BYTES.saturating_sub(self.inbox_weight)
    }

    pub(super) fn weight_of(message: &Incoming) -> usize {
        message.len() + MESSAGE_WEIGHT
    }

    pub(super) fn arrived(&mut self, messages: &mut Vec<Incoming>) {
        for message in messages.drain(..) {
            self.inbox_weight += Self::weight_of(&message);
            self.inbox.push_back(message);
        }
    }

    /// Whether there are messages; none while there may still be some.
    pub(super) fn is_ready(&self) -> Option<bool> {
        let is_over = self.ending.is_some() || self.closed.is_some();
        (!self.inbox.is_empty() || is_over).then_some(!self.inbox.is_empty())
    }

    /// The messages of the next batch; none when there are none.
    pub(super) fn take_batch(&mut self) -> Option<Vec<Incoming>> {
        let (mut count, mut bytes) = (0, 0);
        for message in self.inbox.iter().take(BATCH_MESSAGES) {
            bytes += message.len();
            if count > 0 && bytes > BATCH_BYTES {
                break;
            }
            count += 1;
        }
        if count == 0 {
            return None;
        }
        let was_full = self.room() == 0;
        let batch: Vec<_> = self.inbox.drain(..count).collect();
        self.inbox_weight -= batch.iter().map(Self::weight_of).sum::<usize>();
        if was_full && self.room() > 0 {
            self.wake();
        }
        Some(batch)
    }

    /// Why nothing can be sent any more, if so.
    pub(super) fn refusal(&self) -> Option<Error> {
        let refused = |code, reason: &str| Error::Closed { close_code: code, close_reason: reason.to_owned() };
        if let Some(close) = self.closed.as_ref().or(self.ending.as_ref()) {
            return Some(refused(close.code, &close.reason));
        }
        self.closing.as_ref().map(|(frame, _)| refused(frame.code.into(), &frame.reason))
    }

    /// Queues messages and says which numbers they got: those after the first, up to the second.
    pub(super) fn queue(&mut self, messages: impl IntoIterator<Item = Message>) -> Result<(u64, u64), Error> {
        if let Some(refusal) = self.refusal() {
            return Err(refusal);
        }
        let before = self.queued;
        for message in messages {
            self.queued += 1;
            self.outbox.push_back((self.queued, message));
        }
        self.wake();
        Ok((before, self.queued))
    }

    /// Takes back those of these messages that have not been begun.
    pub(super) fn take_back(&mut self, after: u64, last: u64) {
        self.outbox.retain(|(number, _)| *number <= after || *number > last);
    }

    /// The next messages to write.
    pub(super) fn burst(&mut self, burst: &mut Vec<(u64, Message)>) {
        let mut bytes = 0;
        while bytes < BURST_BYTES
            && let Some(next) = self.outbox.pop_front()
        {
            bytes += next.1.len() + MESSAGE_WEIGHT;
            burst.push(next);
        }
    }

    /// Sending is over: what was queued will not be sent.
    pub(super) fn end_sending(&mut self, close: Close) {
        self.outbox.clear();
        self.ending.get_or_insert(close);
    }

    /// A pong came. It answers the ping of that payload and those sent before it (RFC 6455, section 5.5.3).
    pub(super) fn ponged(&mut self, payload: &[u8]) -> bool {
        let Some(at) = self.pings.iter().position(|ping| ping.payload == payload) else { return false };
        self.answered = self.pings.drain(..=at).last().map_or(self.answered, |ping| ping.number);
        true
    }
}

/// The state, and who is told of its changes.
#[derive(Default)]
pub(super) struct Shared {
    state: Mutex<State>,
    /// Messages came, or none will come any more.
    pub(super) arrived: Notify,
    /// Messages were written, pings answered, or sending is over.
    pub(super) written: Notify,
    /// The socket has ended.
    pub(super) ended: Notify,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock panics half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sending is over, and what comes is all there is; tells everybody.
    pub(super) fn end_sending(&self, close: Close) {
        self.lock().end_sending(close);
        self.written.notify_waiters();
        self.arrived.notify_waiters();
    }

    /// The socket has ended; tells everybody.
    pub(super) fn end(&self, close: Close) {
        {
            let mut state = self.lock();
            state.end_sending(close);
            let ending = state.ending.clone();
            state.closed = ending;
            state.pings.clear();
            state.driver = None;
        }
        self.written.notify_waiters();
        self.arrived.notify_waiters();
        self.ended.notify_waiters();
    }

    /// Waits until the state gives an answer. Asked again after every notification.
    pub(super) async fn until<T>(&self, notify: &Notify, mut answer: impl FnMut(&mut State) -> Option<T>) -> T {
        loop {
            let mut notified = pin!(notify.notified());
            // Registered before the state is looked at: what changes after that look is not missed.
            notified.as_mut().enable();
            if let Some(answer) = answer(&mut self.lock()) {
                return answer;
            }
            notified.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(length: usize) -> Incoming {
        Incoming::Text("x".repeat(length).as_str().into())
    }

    #[test]
    fn a_batch_is_bounded_and_a_long_message_goes_alone() {
        let mut state = State::default();
        state.arrived(&mut vec![text(BATCH_BYTES + 1), text(1), text(BATCH_BYTES - 1), text(1)]);
        assert_eq!(state.room(), 0);
        let lengths: Vec<Vec<usize>> =
            std::iter::from_fn(|| state.take_batch()).map(|batch| batch.iter().map(Incoming::len).collect()).collect();
        assert_eq!(lengths, [vec![BATCH_BYTES + 1], vec![1, BATCH_BYTES - 1], vec![1]]);
        assert_eq!(state.room(), INBOX_BYTES, "an empty inbox weighs nothing");
    }

    #[test]
    fn messages_taken_back_leave_the_others_in_order() {
        let mut state = State::default();
        state.queue([Message::text("1")]).unwrap();
        let (after, last) = state.queue([Message::text("2"), Message::text("3")]).unwrap();
        state.queue([Message::text("4")]).unwrap();
        state.take_back(after, last);
        let mut burst = Vec::new();
        state.burst(&mut burst);
        assert_eq!(burst.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 4]);
    }

    #[test]
    fn a_pong_answers_the_pings_before_it() {
        let mut state = State::default();
        for number in 1..=3 {
            state.pings.push_back(Ping { number, payload: Bytes::from(vec![number as u8]) });
        }
        assert!(!state.ponged(&[9]), "one that nobody asked for");
        assert!(state.ponged(&[2]));
        assert_eq!((state.answered, state.pings.len()), (2, 1));
    }

    #[test]
    fn nothing_is_queued_once_closing_began() {
        let frame = CloseFrame { code: 1000.into(), reason: "bye".into() };
        let mut state = State { closing: Some((frame, Instant::now())), ..State::default() };
        let refused = state.queue([Message::text("late")]).unwrap_err();
        assert_eq!(refused, Error::Closed { close_code: 1000, close_reason: "bye".into() });
    }
}
