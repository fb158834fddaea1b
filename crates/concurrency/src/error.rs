//! What is refused.

use std::fmt;

/// Why a queue or a job does not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A number is outside its range.
    Range {
        /// Which.
        name: &'static str,
        /// The smallest it may be.
        least: u64,
        /// The largest it may be.
        most: u64,
        /// What it is.
        found: u64,
    },
    /// The queue has no room.
    Full {
        /// Items in it.
        items: u64,
        /// Their bytes.
        bytes: u64,
    },
    /// An item is larger than the queue.
    TooLarge {
        /// Bytes of the item.
        bytes: u64,
        /// Bytes of all that the queue may hold.
        limit: u64,
    },
    /// The queue takes nothing any more.
    Closed,
    /// The job takes no signals any more: nobody retains it, or the thread that ran it has ended.
    Ended,
    /// The job does not accept this signal.
    Signal {
        /// The signal.
        signal: u32,
        /// The signals it accepts, as bits.
        accepted: u32,
    },
    /// More would be released than this holder retains.
    NotRetained,
    /// There is nothing of that id.
    Unknown {
        /// What was looked for.
        what: &'static str,
        /// The id.
        id: u64,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range { name, least, most, found } => {
                write!(formatter, "{name} must be from {least} to {most}, got {found}")
            }
            Self::Full { items, bytes } => {
                write!(
                    formatter,
                    "the queue is full: it holds {items} items of {bytes} bytes; wait for room, or let it be larger"
                )
            }
            Self::TooLarge { bytes, limit } => {
                write!(
                    formatter,
                    "the item has {bytes} bytes, and the queue holds {limit} at most; let maxBytes be larger"
                )
            }
            Self::Closed => formatter.write_str("the queue is closed"),
            Self::Ended => formatter.write_str(
                "the job has ended: it was released as often as retained, or the thread that ran it has ended",
            ),
            Self::Signal { signal, accepted } => {
                write!(
                    formatter,
                    "the job does not accept signal {signal}; those it accepts are the bits of {accepted:#x}"
                )
            }
            Self::NotRetained => formatter.write_str("the job is released more often than it was retained here"),
            Self::Unknown { what, id } => write!(
                formatter,
                "there is no {what} with id {id}: it lives as long as somebody in this process has it open"
            ),
        }
    }
}

impl std::error::Error for Error {}
