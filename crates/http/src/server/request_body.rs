//! Bodies of requests: whole when they are short, pulled piece by piece otherwise.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;

use super::error::ServerError;

/// What comes after a request's head.
pub(super) struct RequestBody {
    incoming: Incoming,
    received: u64,
    limit: u64,
    idle: Duration,
}

impl RequestBody {
    pub(super) fn new(incoming: Incoming, limit: u64, idle: Duration) -> Self {
        Self { incoming, received: 0, limit, idle }
    }

    /// The next piece, never empty; none at the end. Nothing is read before it is asked for.
    pub(super) async fn next(&mut self) -> Result<Option<Bytes>, ServerError> {
        loop {
            let frame = match tokio::time::timeout(self.idle, self.incoming.frame()).await {
                Err(_) => return Err(ServerError::BodyTimeout { waited_ms: self.idle.as_millis() as u64 }),
                Ok(None) => return Ok(None),
                Ok(Some(Err(error))) => return Err(ServerError::BodyBroken { message: told(&error) }),
                Ok(Some(Ok(frame))) => frame,
            };
            // Trailers say nothing that anybody here asks for.
            let Ok(bytes) = frame.into_data() else { continue };
            self.received += bytes.len() as u64;
            if self.received > self.limit {
                return Err(ServerError::BodyTooLarge { limit: self.limit });
            }
            if !bytes.is_empty() {
                return Ok(Some(bytes));
            }
        }
    }

    /// All of it.
    pub(super) async fn whole(mut self) -> Result<Bytes, ServerError> {
        let Some(first) = self.next().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.next().await? else { return Ok(first) };
        let mut all = Vec::with_capacity(first.len() + second.len());
        all.extend_from_slice(&first);
        all.extend_from_slice(&second);
        while let Some(more) = self.next().await? {
            all.extend_from_slice(&more);
        }
        Ok(all.into())
    }
}

/// With what is behind it, of which hyper's own words say little.
fn told(error: &hyper::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
