//! Destructors that belong to somebody else.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Drops a value whose destructor may panic: the panic must not take along what is dropped after it, nor cross into a
/// caller that is no Rust code.
pub fn drop_contained<T>(value: T) {
    let _ = catch_unwind(AssertUnwindSafe(move || drop(value)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destructor_that_panics_ends_there() {
        struct Grenade;
        impl Drop for Grenade {
            fn drop(&mut self) {
                panic!("expected by the test")
            }
        }
        drop_contained(Grenade);
    }
}
