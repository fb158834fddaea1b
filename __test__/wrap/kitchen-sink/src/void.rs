//! `void`.

pub fn quiet(_value: u32) {}

pub async fn quiet_later() {}
