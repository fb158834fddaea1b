//! The states of every long-lived object: servers, buses, connection pools, and the environment itself.

use std::{
    fmt,
    sync::atomic::{AtomicU8, Ordering},
};

use crate::error::{BoundaryError, code};

/// Where an object stands. It only moves forward; STARTING may fail straight to STOPPED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum State {
    /// Made, holds nothing.
    Created,
    /// Acquiring what it needs.
    Starting,
    /// At work; holds its environment's event loop unless `unref`ed.
    Running,
    /// Letting go; new work is refused.
    Stopping,
    /// Done for good.
    Stopped,
}

impl State {
    const ALL: [Self; 5] = [Self::Created, Self::Starting, Self::Running, Self::Stopping, Self::Stopped];

    fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Created, Self::Starting | Self::Stopped)
                | (Self::Starting, Self::Running | Self::Stopping | Self::Stopped)
                | (Self::Running, Self::Stopping)
                | (Self::Stopping, Self::Stopped)
        )
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Created => "created",
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
        })
    }
}

/// An object's state, readable and movable from any thread.
pub struct Lifecycle(AtomicU8);

impl Lifecycle {
    /// CREATED.
    pub const fn new() -> Self {
        Self(AtomicU8::new(State::Created as u8))
    }

    /// The state now.
    pub fn state(&self) -> State {
        State::ALL[self.0.load(Ordering::Acquire) as usize]
    }

    /// Moves to `next`, or says why it cannot: of two that race to start one object, one is told.
    pub fn advance(&self, next: State) -> Result<(), BoundaryError> {
        let mut now = self.state();
        while now.may_become(next) {
            match self.0.compare_exchange(now as u8, next as u8, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => return Ok(()),
                Err(found) => now = State::ALL[found as usize],
            }
        }
        Err(BoundaryError::new(code::STATE, format!("cannot become {next}: it is {now}"))
            .with("state", now.to_string()))
    }
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_forward_through_all_states_once() {
        let lifecycle = Lifecycle::new();
        for next in [State::Starting, State::Running, State::Stopping, State::Stopped] {
            lifecycle.advance(next).unwrap();
            assert_eq!(lifecycle.state(), next);
        }
    }

    #[test]
    fn refuses_every_step_that_is_not_in_the_table() {
        let allowed = [
            (State::Created, State::Starting),
            (State::Created, State::Stopped),
            (State::Starting, State::Running),
            (State::Starting, State::Stopping),
            (State::Starting, State::Stopped),
            (State::Running, State::Stopping),
            (State::Stopping, State::Stopped),
        ];
        for from in State::ALL {
            for to in State::ALL {
                let lifecycle = Lifecycle(AtomicU8::new(from as u8));
                let moved = lifecycle.advance(to);
                assert_eq!(moved.is_ok(), allowed.contains(&(from, to)), "{from} to {to}");
                if let Err(error) = moved {
                    assert_eq!(error.code, code::STATE);
                    assert_eq!(lifecycle.state(), from);
                }
            }
        }
    }
}
