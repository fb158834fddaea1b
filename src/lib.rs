//! The addon: one line per system, nothing else.

mod concurrency;
mod fs;
mod hash;
mod http;
mod regex;
mod sql;

#[global_allocator]
static ALLOCATOR: ferrule_node::Magazines = ferrule_node::Magazines;

ferrule_node::addon! {
    "concurrency" => concurrency::register,
    "fs" => fs::glue::register,
    "hash" => hash::register,
    "http" => http::glue::register,
    "regex" => regex::glue::register,
    "sql" => sql::glue::register,
}
