//! The addon: one line per system, nothing else.

mod concurrency;
mod config;
mod fs;
mod hash;
mod http;
mod regex;
mod sql;
mod sys;
mod tl;

#[global_allocator]
static ALLOCATOR: ferrule_node::Magazines = ferrule_node::Magazines;

ferrule_node::addon! {
    "concurrency" => concurrency::register,
    "config" => config::glue::register,
    "fs" => fs::glue::register,
    "hash" => hash::register,
    "http" => http::glue::register,
    "regex" => regex::glue::register,
    "sql" => sql::glue::register,
    "sys" => sys::register,
    "tl" => tl::glue::register,
}
