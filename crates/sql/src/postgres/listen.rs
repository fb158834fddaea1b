//! `LISTEN`: what others tell, on a connection of its own that is opened again when it is lost.
//!
//! A task keeps the connection. For each one it opens it hands a line to the [`Listener`], out of which comes what was heard on that
//! connection, and whose end is the connection's. So what was heard before a loss is told before the loss, and what was heard after it
//! after, however slowly it is taken; and listening begins again whether or not anybody is waiting.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{
    sync::{Notify, mpsc, watch},
    time::sleep,
};
use tokio_postgres::Notification;

use super::{
    connection::{Connection, Home},
    error::Error,
    pool::{Inner, Pool},
};

/// Notifications that may wait to be taken. With more the server is held back: nothing is dropped.
const WAITING: usize = 8192;

/// A notification: its channel, what was sent, and the number of the sender's server process.
pub type Heard = (String, String, i32);

/// What was heard on one connection. It ends with it.
type Line = mpsc::Receiver<Notification>;

/// Hears what is sent to some channels, in the order of the commits.
pub struct Listener {
    lines: mpsc::Receiver<Result<Line, Error>>,
    line: Option<Line>,
    /// Whether another line may follow.
    goes_on: bool,
    shut: watch::Receiver<bool>,
}

impl Pool {
    /// Opens a connection that listens. When it is lost another is opened: at most `attempts` times in a row, for ever without a limit,
    /// after pauses of up to `backoff_ms`, twice as long each time, but no longer than `max_backoff_ms`.
    pub async fn listen(
        &self,
        channels: Vec<String>,
        attempts: Option<u32>,
        backoff_ms: u32,
        max_backoff_ms: u32,
    ) -> Result<Listener, crate::Error> {
        let pauses = Pauses {
            attempts,
            first: Duration::from_millis(backoff_ms.into()),
            longest: Duration::from_millis(max_backoff_ms.into()),
        };
        self.listening(&channels, pauses).await.map_err(|error| error.told(""))
    }

    async fn listening(&self, channels: &[String], pauses: Pauses) -> Result<Listener, Error> {
        let listen: Vec<_> =
            channels.iter().map(|channel| format!("LISTEN \"{}\"", channel.replace('"', "\"\""))).collect();
        let goes_on = pauses.attempts != Some(0);
        let keeper =
            Keeper { pool: Arc::downgrade(&self.inner), listen: listen.join(";"), pauses, changed: Arc::default() };
        let (connection, line) = keeper.open().await?;
        let (sender, lines) = mpsc::channel(1);
        tokio::spawn(keeper.keep(connection, sender, self.inner.shutting()));
        Ok(Listener { lines, line: Some(line), goes_on, shut: self.inner.shutting() })
    }
}

impl Listener {
    /// What was heard, at most `most`; or that the connection was lost, in words, so that what is sent is not heard; or, the next
    /// time and without either, that it is heard again. An error says that it will not be.
    pub async fn next(&mut self, most: u32) -> Result<(Vec<Heard>, Option<String>), crate::Error> {
        if let Some(line) = &mut self.line {
            let mut heard = Vec::new();
            if line.recv_many(&mut heard, most.max(1) as usize).await > 0 {
                return Ok((heard.iter().map(told).collect(), None));
            }
            self.line = None;
            if self.goes_on && !*self.shut.borrow() {
                return Ok((Vec::new(), Some(lost())));
            }
        }
        match self.lines.recv().await {
            Some(Ok(line)) => {
                self.line = Some(line);
                Ok((Vec::new(), None))
            }
            Some(Err(error)) => Err(error.told("")),
            None => Err(Error::Ended.told("")),
        }
    }
}

fn told(notification: &Notification) -> Heard {
    (notification.channel().to_owned(), notification.payload().to_owned(), notification.process_id())
}

fn lost() -> String {
    "the listening connection was lost: what is sent from now on is not heard".to_owned()
}

/// When a lost connection is opened again.
struct Pauses {
    attempts: Option<u32>,
    first: Duration,
    longest: Duration,
}

impl Pauses {
    /// Before an attempt, counted from 0; none when there is to be none. Half of it is chance: listeners of a server that went down
    /// do not all come back at once.
    fn before(&self, attempt: u32) -> Option<Duration> {
        if self.attempts.is_some_and(|most| attempt >= most) {
            return None;
        }
        let pause = self.first.saturating_mul(2_u32.saturating_pow(attempt)).min(self.longest);
        let chance = f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX);
        Some(pause.mul_f64(0.5 + chance / 2.0))
    }
}

/// Told when the connection ends.
#[derive(Default)]
struct Changed(Notify);

impl Home for Changed {
    fn changed(&self) {
        self.0.notify_one();
    }
}

/// What keeps listening.
struct Keeper {
    pool: Weak<Inner>,
    listen: String,
    pauses: Pauses,
    changed: Arc<Changed>,
}

impl Keeper {
    /// Until nobody takes what is heard, the pool is closed, or there is no way on.
    async fn keep(
        self,
        connection: Arc<Connection>,
        lines: mpsc::Sender<Result<Line, Error>>,
        mut shut: watch::Receiver<bool>,
    ) {
        let end = tokio::select! {
            () = lines.closed() => return,
            _ = shut.wait_for(|shut| *shut) => Error::Closed,
            error = self.go_on(connection, &lines) => error,
        };
        // Nobody may want to know.
        let _ = lines.send(Err(end)).await;
    }

    async fn go_on(&self, mut connection: Arc<Connection>, lines: &mpsc::Sender<Result<Line, Error>>) -> Error {
        loop {
            while !connection.is_closed() {
                self.changed.0.notified().await;
            }
            drop(connection);
            let line;
            (connection, line) = match self.open_again().await {
                Ok(opened) => opened,
                Err(error) => return error,
            };
            if lines.send(Ok(line)).await.is_err() {
                return Error::Ended;
            }
        }
    }

    async fn open_again(&self) -> Result<(Arc<Connection>, Line), Error> {
        let (mut attempt, mut failure) = (0, Error::unsent(lost()));
        while let Some(pause) = self.pauses.before(attempt) {
            sleep(pause).await;
            match self.open().await {
                Err(error) if may_pass(&error) => failure = error,
                result => return result,
            }
            tracing::warn!("listening again failed: {failure}");
            attempt += 1;
        }
        Err(failure)
    }

    async fn open(&self) -> Result<(Arc<Connection>, Line), Error> {
        let pool = self.pool.upgrade().ok_or(Error::Closed)?;
        let (sender, line) = mpsc::channel(WAITING);
        let home: Weak<dyn Home> = Arc::<Changed>::downgrade(&self.changed);
        let connection = Connection::open(&pool.config, &pool.tls, Some(sender), &home, &pool.shapes).await?;
        connection.client.batch_execute(&self.listen).await.map_err(Error::of)?;
        Ok((connection, line))
    }
}

/// Whether it can be otherwise the next time. A user or database that is refused would be refused again.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::Connection { .. } => true,
        Error::Server(said) => !said.sqlstate.starts_with("28") && said.sqlstate != "3D000",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_half_of_each_is_chance() {
        let pauses = Pauses { attempts: Some(70), first: Duration::from_millis(100), longest: Duration::from_secs(10) };
        for attempt in 0..70 {
            let whole = Duration::from_millis(100).saturating_mul(1 << attempt.min(20)).min(Duration::from_secs(10));
            let pause = pauses.before(attempt).unwrap();
            assert!(pause >= whole / 2 && pause <= whole, "{attempt}: {pause:?} of {whole:?}");
        }
        assert_eq!(pauses.before(70), None);
    }
}
