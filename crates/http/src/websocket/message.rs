//! Messages, and many of them in one crossing.

use bytes::Bytes;
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame, Utf8Bytes,
        coding::{Data, OpCode},
    },
};

/// How a message is marked in [`Batch::layout`] when it is binary: the top bit of its length.
pub const BINARY: u32 = 1 << 31;

/// A message that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Text.
    Text(Utf8Bytes),
    /// Bytes.
    Binary(Bytes),
}

impl Incoming {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
        }
    }
}

/// Messages that came, one behind the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// All texts.
    pub text: String,
    /// All binary messages.
    pub bytes: Vec<u8>,
    /// Per message its length, in UTF-16 units if it is text, in bytes with [`BINARY`] added otherwise.
    pub layout: Vec<u32>,
}

impl Batch {
    pub(super) fn of(messages: impl ExactSizeIterator<Item = Incoming>) -> Self {
        let mut batch = Self { layout: Vec::with_capacity(messages.len()), ..Self::default() };
        for message in messages {
            match message {
                Incoming::Text(text) => {
                    batch.layout.push(utf16_length(&text) as u32);
                    batch.text.push_str(&text);
                }
                Incoming::Binary(bytes) => {
                    batch.layout.push(bytes.len() as u32 | BINARY);
                    if batch.bytes.is_empty() {
                        batch.bytes = bytes.into();
                    } else {
                        batch.bytes.extend_from_slice(&bytes);
                    }
                }
            }
        }
        batch
    }

    /// As values of a host: text, layout in the machine's byte order, and bytes. The layout is absent where there is one text
    /// and nothing else, the bytes where there are none.
    #[must_use]
    pub fn into_parts(self) -> (String, Option<Vec<u8>>, Option<Vec<u8>>) {
        let has_bytes = self.layout.iter().any(|length| length & BINARY != 0);
        let is_one_text = self.layout.len() == 1 && !has_bytes;
        let layout = (!is_one_text).then(|| self.layout.iter().flat_map(|word| word.to_ne_bytes()).collect());
        (self.text, layout, has_bytes.then_some(self.bytes))
    }
}

/// Cuts what one crossing brought into messages. `layout` has for each the same word as [`Batch::layout`], in the byte order of
/// the machine. None: the parts do not fit each other.
pub(super) fn cut(text: String, bytes: Vec<u8>, layout: &[u8]) -> Option<Vec<Message>> {
    let ascii = text.is_ascii();
    let (text, bytes) = (Bytes::from(text), Bytes::from(bytes));
    let (mut text_at, mut bytes_at) = (0, 0);
    let (words, rest) = layout.as_chunks::<4>();
    let mut messages = Vec::with_capacity(words.len());
    for word in words {
        let word = u32::from_ne_bytes(*word);
        let length = (word & !BINARY) as usize;
        if word & BINARY == 0 {
            let end = text_at + if ascii { length } else { utf8_length(text.get(text_at..)?, length)? };
            messages.push(text_frame(checked_slice(&text, text_at, end)?));
            text_at = end;
        } else {
            messages.push(Message::Binary(checked_slice(&bytes, bytes_at, bytes_at + length)?));
            bytes_at += length;
        }
    }
    (rest.is_empty() && text_at == text.len() && bytes_at == bytes.len()).then_some(messages)
}

/// A frame of text that is known to be UTF-8, which a message would be checked for once more.
pub(super) fn text_frame(text: Bytes) -> Message {
    Message::Frame(Frame::message(text, OpCode::Data(Data::Text), true))
}

fn checked_slice(bytes: &Bytes, start: usize, end: usize) -> Option<Bytes> {
    (end <= bytes.len()).then(|| bytes.slice(start..end))
}

fn utf16_length(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

/// Bytes of the first `units` UTF-16 units of what is UTF-8. None: it ends before, or within a character.
fn utf8_length(text: &[u8], units: usize) -> Option<usize> {
    let (mut at, mut left) = (0, units);
    while left > 0 {
        let (bytes, width) = match *text.get(at)? {
            0x00..=0x7f => (1, 1),
            0x80..=0xdf => (2, 1),
            0xe0..=0xef => (3, 1),
            _ => (4, 2),
        };
        at += bytes;
        left = left.checked_sub(width)?;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_ne_bytes()).collect()
    }

    #[test]
    fn a_batch_has_its_messages_one_behind_the_other() {
        let messages =
            [Incoming::Text("a😀".into()), Incoming::Binary(Bytes::from_static(&[1, 2])), Incoming::Text("".into())];
        let batch = Batch::of(messages.into_iter());
        assert_eq!(batch, Batch { text: "a😀".into(), bytes: vec![1, 2], layout: vec![3, 2 | BINARY, 0] });
        assert_eq!(batch.into_parts(), ("a😀".into(), Some(layout(&[3, 2 | BINARY, 0])), Some(vec![1, 2])));
    }

    #[test]
    fn one_text_needs_no_layout_and_an_empty_binary_message_is_one() {
        let one = Batch::of([Incoming::Text("x".into())].into_iter());
        assert_eq!(one.into_parts(), ("x".into(), None, None));
        let empty = Batch::of([Incoming::Binary(Bytes::new())].into_iter());
        assert_eq!(empty.into_parts(), (String::new(), Some(layout(&[BINARY])), Some(vec![])));
    }

    #[test]
    fn what_one_crossing_brought_is_cut_by_utf16_units() {
        let messages = cut("aé😀z".into(), vec![7, 8, 9], &layout(&[2, 1 | BINARY, 2, 2 | BINARY, 1])).unwrap();
        let payloads: Vec<_> = messages.into_iter().map(|message| message.into_data().to_vec()).collect();
        assert_eq!(payloads, ["aé".as_bytes(), &[7], "😀".as_bytes(), &[8, 9], b"z"]);
    }

    #[test]
    fn parts_that_do_not_fit_are_no_messages() {
        assert!(cut("abc".into(), vec![], &layout(&[2])).is_none(), "text left over");
        assert!(cut("abc".into(), vec![], &layout(&[4])).is_none(), "text missing");
        assert!(cut("😀".into(), vec![], &layout(&[1, 1])).is_none(), "half a character");
        assert!(cut(String::new(), vec![1], &layout(&[2 | BINARY])).is_none(), "bytes missing");
        assert!(cut(String::new(), vec![], &[0, 0, 0]).is_none(), "half a word");
    }
}
