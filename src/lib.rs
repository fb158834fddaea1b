//! The addon: one line per system, nothing else.

mod fs;
mod http;
mod regex;
mod sql;

ferrule_node::addon! {
    "fs" => fs::glue::register,
    "http" => http::glue::register,
    "regex" => regex::glue::register,
    "sql" => sql::glue::register,
}
