//! `changed-copy`.

pub fn sort(values: &mut Vec<u32>) {
    values.sort_unstable();
}

pub fn swap(bytes: &mut [u8]) -> Result<(), String> {
    bytes.reverse();
    Ok(())
}

pub async fn sort_later(values: &mut Vec<u32>) {
    values.sort_unstable();
}
