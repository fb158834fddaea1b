//! `LISTEN`: what others tell, on a connection of its own.

use std::sync::{Arc, Weak};

use tokio::sync::mpsc;
use tokio_postgres::Notification;

use super::{
    connection::{Connection, Home},
    error::Error,
    pool::Pool,
};

/// Notifications that may wait to be taken. With more the server is held back: nothing is dropped.
const WAITING: usize = 8192;

/// One notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Where it was sent.
    pub channel: String,
    /// What was sent.
    pub payload: String,
    /// The number of the sender's server process.
    pub process_id: i32,
}

/// Hears what is sent to some channels, in the order of the commits.
pub struct Listener {
    notifications: mpsc::Receiver<Notification>,
    _connection: Arc<Connection>,
}

impl Pool {
    /// Opens a connection that listens.
    pub async fn listen(&self, channels: &[String]) -> Result<Listener, Error> {
        let (sender, notifications) = mpsc::channel(WAITING);
        let nobody: Weak<dyn Home> = Weak::<super::pool::Inner>::new();
        let pool = &self.inner;
        let connection = Connection::open(&pool.config, &pool.tls, Some(sender), &nobody, &pool.shapes).await?;
        let listen: Vec<_> =
            channels.iter().map(|channel| format!("LISTEN \"{}\"", channel.replace('"', "\"\""))).collect();
        connection.client.batch_execute(&listen.join(";")).await.map_err(Error::of)?;
        Ok(Listener { notifications, _connection: connection })
    }
}

impl Listener {
    /// At least one notification, and at most `most`. An error says that the connection was lost: what was sent since is lost, too.
    pub async fn next(&mut self, most: u32) -> Result<Vec<Heard>, Error> {
        let mut heard = Vec::new();
        if self.notifications.recv_many(&mut heard, most.max(1) as usize).await == 0 {
            return Err(Error::Connection {
                detail: "the listening connection ended; what was sent since is lost".to_owned(),
                sent: false,
                retryable: true,
            });
        }
        Ok(heard
            .into_iter()
            .map(|notification| Heard {
                channel: notification.channel().to_owned(),
                payload: notification.payload().to_owned(),
                process_id: notification.process_id(),
            })
            .collect())
    }
}
