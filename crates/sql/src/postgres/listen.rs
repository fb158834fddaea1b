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

/// A notification: its channel, what was sent, and the number of the sender's server process.
pub type Heard = (String, String, i32);

/// Hears what is sent to some channels, in the order of the commits.
pub struct Listener {
    notifications: mpsc::Receiver<Notification>,
    _connection: Arc<Connection>,
}

impl Pool {
    /// Opens a connection that listens.
    pub async fn listen(&self, channels: Vec<String>) -> Result<Listener, crate::Error> {
        self.listening(&channels).await.map_err(|error| error.told(""))
    }

    async fn listening(&self, channels: &[String]) -> Result<Listener, Error> {
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
    pub async fn next(&mut self, most: u32) -> Result<Vec<Heard>, crate::Error> {
        let mut heard = Vec::new();
        if self.notifications.recv_many(&mut heard, most.max(1) as usize).await == 0 {
            return Err(Error::unsent("the listening one has ended, and what is sent meanwhile is not heard").told(""));
        }
        Ok(heard
            .into_iter()
            .map(|notification| {
                (notification.channel().to_owned(), notification.payload().to_owned(), notification.process_id())
            })
            .collect())
    }
}
