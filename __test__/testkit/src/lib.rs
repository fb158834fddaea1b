//! Exports that only tests and benchmarks may see: every type and every policy of the boundary, and every way to misuse it.
//! A package of its own on the boundary, as one made by the generator is.
#![allow(missing_docs, clippy::needless_pass_by_value, clippy::unnecessary_wraps)]

mod bench;
mod callbacks;
mod faults;
mod objects;
mod types;

ferrule_node::addon! {
    "bench" => bench::register,
    "types" => types::register,
    "objects" => objects::register,
    "callbacks" => callbacks::register,
    "faults" => faults::register,
}
