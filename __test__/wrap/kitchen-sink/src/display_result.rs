//! `display-result`.
use std::fmt;

pub fn banner(text: &str) -> impl fmt::Display + '_ {
    format!("* {text} *")
}
