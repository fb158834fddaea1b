//! Files for a host language: every operation takes paths as text and fails with the name of what the system refused.

/// Whether something is at `path`, itself and not what a link points to.
#[must_use]
pub fn exists(path: &str) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}
