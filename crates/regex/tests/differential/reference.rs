//! The slow and obvious way from the `regex` crate's byte offsets to ours.

use ferrule_regex::UNMATCHED;

pub(crate) fn to_utf16(text: &str, byte: usize) -> u32 {
    text[..byte].encode_utf16().count() as u32
}

/// The byte offset of a UTF-16 position that lies between two characters.
pub(crate) fn to_bytes(text: &str, unit: u32) -> Option<usize> {
    (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)).find(|&byte| to_utf16(text, byte) == unit)
}

pub(crate) fn utf16_groups(text: &str, caps: &regex::Captures<'_>) -> Vec<u32> {
    let offsets = |m: regex::Match<'_>| [to_utf16(text, m.start()), to_utf16(text, m.end())];
    caps.iter().flat_map(|group| group.map_or([UNMATCHED; 2], offsets)).collect()
}

pub(crate) fn byte_groups(caps: &regex::bytes::Captures<'_>) -> Vec<u32> {
    caps.iter().flat_map(|group| group.map_or([UNMATCHED; 2], |m| [m.start() as u32, m.end() as u32])).collect()
}

pub(crate) fn utf16_pieces<'t>(text: &'t str, pieces: impl Iterator<Item = &'t str>) -> Vec<u32> {
    pieces
        .flat_map(|piece| {
            let start = piece.as_ptr() as usize - text.as_ptr() as usize;
            [to_utf16(text, start), to_utf16(text, start + piece.len())]
        })
        .collect()
}

pub(crate) fn byte_pieces<'t>(bytes: &'t [u8], pieces: impl Iterator<Item = &'t [u8]>) -> Vec<u32> {
    pieces
        .flat_map(|piece| {
            let start = piece.as_ptr() as usize - bytes.as_ptr() as usize;
            [start as u32, (start + piece.len()) as u32]
        })
        .collect()
}
