//! How a web socket ends.

use tokio_tungstenite::tungstenite::protocol::CloseFrame;

/// No close frame came: the connection was lost (RFC 6455, section 7.1.5).
pub const ABNORMAL: u16 = 1006;
/// A close frame without a code came.
pub const NO_STATUS: u16 = 1005;
/// An endpoint goes away: a server that stops, a page that is left.
pub const GOING_AWAY: u16 = 1001;
/// The peer broke the protocol.
pub const PROTOCOL: u16 = 1002;
/// A text that is not UTF-8.
pub const INVALID_DATA: u16 = 1007;
/// A message beyond the limit.
pub const TOO_BIG: u16 = 1009;

/// The longest reason, in bytes: a control frame carries 125, two of them for the code.
pub const LONGEST_REASON: usize = 123;

/// How a socket ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    /// The peer's code; [`NO_STATUS`] when its frame had none; [`ABNORMAL`] when there was no frame; when this side ended the
    /// connection over a fault of the peer, the code that told it so.
    pub code: u16,
    /// The peer's reason, or what was wrong.
    pub reason: String,
    /// Whether both sides said that they close.
    pub was_clean: bool,
}

impl Close {
    /// The connection is gone and nobody said so.
    pub(super) fn lost(reason: impl Into<String>) -> Self {
        Self { code: ABNORMAL, reason: reason.into(), was_clean: false }
    }

    /// The peer's own words.
    pub(super) fn by_peer(frame: Option<CloseFrame>) -> Self {
        match frame {
            Some(frame) => Self { code: frame.code.into(), reason: frame.reason.to_string(), was_clean: true },
            None => Self { code: NO_STATUS, reason: String::new(), was_clean: true },
        }
    }
}

/// Whether an endpoint may send this code: those of RFC 6455 (section 7.4) and of IANA's registry that are not reserved, and
/// those left to libraries (3000 to 3999) and applications (4000 to 4999).
#[must_use]
pub fn may_be_sent(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_codes_are_not_sent() {
        for code in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535] {
            assert!(!may_be_sent(code), "{code}");
        }
        for code in [1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 4999] {
            assert!(may_be_sent(code), "{code}");
        }
    }
}
