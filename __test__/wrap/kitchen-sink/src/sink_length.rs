//! `sink-length`.

pub fn encode(data: &[u8], output: &mut [u8]) -> Result<usize, String> {
    let output = output.get_mut(..data.len()).ok_or("too short")?;
    output.copy_from_slice(data);
    Ok(data.len())
}

pub fn hex(value: u8, buffer: &mut [u8]) -> &mut str {
    let text = format!("{value:02x}");
    let buffer = &mut buffer[..2];
    buffer.copy_from_slice(text.as_bytes());
    std::str::from_utf8_mut(buffer).expect("it is ASCII")
}

pub async fn encode_later(data: Vec<u8>, output: &mut [u8]) -> Result<usize, String> {
    encode(&data, output)
}
