//! `bytes`.

pub fn reversed(data: &[u8]) -> Vec<u8> {
    data.iter().rev().copied().collect()
}

pub fn checksum(data: Vec<u8>) -> [u8; 2] {
    data.iter().fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte))).to_be_bytes()
}

pub fn fixed(key: [u8; 4]) -> u32 {
    u32::from_be_bytes(key)
}

pub fn any_bytes(data: impl AsRef<[u8]>) -> usize {
    data.as_ref().len()
}

pub async fn reversed_later(data: Vec<u8>) -> Vec<u8> {
    reversed(&data)
}
