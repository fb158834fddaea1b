//! A connection while a call has it.

use std::sync::Arc;

use super::{connection::Connection, members::Granted, pool::Inner};

/// Goes back to the pool when it is dropped.
pub(crate) struct Lease {
    pool: Arc<Inner>,
    member: u64,
    pub(crate) connection: Arc<Connection>,
}

impl Lease {
    pub(crate) fn new(pool: Arc<Inner>, granted: Granted<Arc<Connection>>) -> Self {
        Self { pool, member: granted.member, connection: granted.seat }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.pool.give_back(self.member);
    }
}
