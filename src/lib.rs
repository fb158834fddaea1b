//! The addon: one line per system, nothing else.

mod config;
mod fs;
mod hash;
mod http;
mod regex;
mod sql;
mod tl;

#[global_allocator]
static ALLOCATOR: ferrule_node::Magazines = ferrule_node::Magazines;

ferrule_node::addon! {
    "config" => config::glue::register,
    "fs" => fs::glue::register,
    "hash" => hash::glue::register,
    "http" => http::glue::register,
    "regex" => regex::glue::register,
    "sql" => sql::glue::register,
    "tl" => tl::glue::register,
}
