//! The addon: one line per system, nothing else.

mod regex;

ferrule_node::addon! {
    "regex" => regex::glue::register,
}
