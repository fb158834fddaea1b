//! Who has a connection for more than a statement: a stream, copy or script by itself, or the transaction it is part of.

use std::sync::Arc;

use super::{
    connection::Connection,
    error::Error,
    held::{FailsUnlessDone, Held, InOrder},
    lease::Lease,
};

/// Keeps the connection, and holds back what is called later in the transaction.
pub(crate) enum Owner {
    Alone { _lease: Lease },
    Part { _transaction: Arc<Held>, _in_order: InOrder },
}

/// What something of that kind begins with.
pub(crate) struct Start {
    pub(crate) owner: Owner,
    pub(crate) connection: Arc<Connection>,
    pub(crate) fails: FailsUnlessDone,
}

impl Start {
    pub(crate) async fn alone(lease: Lease) -> Self {
        let connection = Arc::clone(&lease.connection);
        connection.open_for_more().await;
        Self { owner: Owner::Alone { _lease: lease }, connection, fails: FailsUnlessDone::new(None) }
    }

    /// When it is its turn.
    pub(crate) async fn part_of(transaction: &Arc<Held>) -> Result<Self, Error> {
        // Stopped while it waits it fails its transaction, as it does later.
        let mut fails = FailsUnlessDone::new(Some(Arc::clone(transaction)));
        match transaction.in_order().await {
            Ok((connection, in_order)) => {
                let owner = Owner::Part { _transaction: Arc::clone(transaction), _in_order: in_order };
                Ok(Self { owner, connection, fails })
            }
            Err(error) => {
                fails.judge(&error);
                Err(error)
            }
        }
    }
}
