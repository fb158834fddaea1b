//! Who has a connection for more than a statement: a stream or copy by itself, or the transaction it is part of.

use std::sync::Arc;

use super::{connection::Connection, error::Error, lease::Lease, session::Held};

/// See the module.
pub(crate) enum Owner {
    Alone(Lease),
    Part(Arc<Held>),
}

impl Owner {
    pub(crate) fn connection(&self) -> Result<Arc<Connection>, Error> {
        match self {
            Self::Alone(lease) => Ok(Arc::clone(&lease.connection)),
            Self::Part(held) => held.connection(),
        }
    }

    /// The transaction it is part of.
    pub(crate) fn transaction(&self) -> Option<Arc<Held>> {
        match self {
            Self::Alone(_) => None,
            Self::Part(held) => Some(Arc::clone(held)),
        }
    }
}
