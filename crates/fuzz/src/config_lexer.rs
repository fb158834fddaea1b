//! The lexer. The second implementation knows an offset only, and counts lines and columns from the start each time.

use ferrule_config::{Error, Lexer, MAX_WORD, Mark};

use crate::config::{second_integer, second_space, second_string, second_word};

#[derive(Debug, PartialEq)]
enum Token<'text> {
    Bytes(&'text [u8]),
    Integer(i64),
    Mark(bool),
}

fn place(text: &[u8], at: usize) -> (u32, u32) {
    let lines: Vec<_> = text[..at].split(|byte| *byte == b'\n').collect();
    (lines.len() as u32, lines[lines.len() - 1].len() as u32 + 1)
}

const MARKS: [(Mark, u8); 4] = [(Mark::Semicolon, b';'), (Mark::Colon, b':'), (Mark::Open, b'{'), (Mark::Close, b'}')];

/// What stands at the start of `rest` if it is what is asked for, and its length.
fn second(kind: u8, rest: &[u8]) -> Option<(Token<'_>, usize)> {
    let bytes = |length| (length > 0).then(|| (Token::Bytes(&rest[..length]), length));
    let ranges = [(0, i64::MAX), (i64::MIN, i64::MAX), (1, 65535)];
    match kind % 8 {
        0 => {
            let length = second_word(rest);
            let is_open = rest.first() == Some(&b'[') && rest[length - 1] != b']';
            if is_open || length > MAX_WORD { None } else { bytes(length) }
        }
        1 => bytes(second_string(rest)).filter(|_| rest[0] != b'"'),
        7 => bytes(second_string(rest))
            .filter(|(_, length)| rest[0] != b'"' && String::from_utf8(rest[..*length].to_vec()).is_ok()),
        kind @ 2..=4 => {
            let (min, max) = ranges[usize::from(kind) - 2];
            let (value, length) = second_integer(rest, kind != 2)?;
            let glued = rest.get(length).is_some_and(|byte| char::from(*byte).is_ascii_alphanumeric() || *byte == b'_');
            let fits = !glued && value >= i128::from(min) && value <= i128::from(max);
            fits.then_some((Token::Integer(value as i64), length))
        }
        5 => {
            let (_, mark) = MARKS[usize::from(kind / 8 % 4)];
            (rest.first() == Some(&mark)).then_some((Token::Mark(true), 1))
        }
        _ => {
            let (_, mark) = MARKS[usize::from(kind / 8 % 4)];
            let there = rest.first() == Some(&mark);
            Some((Token::Mark(there), usize::from(there)))
        }
    }
}

fn read<'text>(kind: u8, lexer: &mut Lexer<'text>) -> Result<Token<'text>, Error> {
    let (mark, _) = MARKS[usize::from(kind / 8 % 4)];
    Ok(match kind % 8 {
        0 => Token::Bytes(lexer.word()?),
        1 => Token::Bytes(lexer.string()?),
        7 => Token::Bytes(lexer.text()?.as_bytes()),
        2 => Token::Integer(lexer.unsigned()?),
        3 => Token::Integer(lexer.signed()?),
        4 => Token::Integer(lexer.between(1, 65535)?),
        5 => lexer.expect(mark).map(|()| Token::Mark(true))?,
        _ => Token::Mark(lexer.accept(mark)),
    })
}

/// What an error shows of the text is what stands there.
fn tells_the_place(error: &Error, text: &[u8], at: usize) {
    let rest = text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
    let near = String::from_utf8_lossy(&rest[..rest.len().min(20)]);
    let told = error.place().expect("a place");
    assert_eq!((told.line, told.column), place(text, at));
    assert_eq!(told.near, near);
}

/// [`Lexer`]. The first byte tells how many bytes follow that say what to read; the rest is the text.
pub(crate) fn lexer(data: &[u8]) {
    let Some((count, rest)) = data.split_first() else { return };
    let (kinds, text) = rest.split_at(usize::from(*count).min(rest.len()));
    let mut lexer = match (Lexer::new(text), text.iter().position(|byte| *byte == 0)) {
        (Ok(lexer), None) => lexer,
        (Err(error), Some(at)) => {
            assert!(matches!(error, Error::Nul { .. }));
            return tells_the_place(&error, text, at);
        }
        (lexer, nul) => panic!("{lexer:?} with a NUL at {nul:?}"),
    };
    let mut at = second_space(text, 1).advance;
    for kind in kinds {
        match (read(*kind, &mut lexer), second(*kind, &text[at..])) {
            (Ok(got), Some((expected, length))) => {
                assert_eq!(got, expected);
                at += length;
                at += if length == 0 { 0 } else { second_space(&text[at..], 1).advance };
            }
            (Err(error), None) => tells_the_place(&error, text, at),
            (got, expected) => panic!("{got:?} where {expected:?} is expected"),
        }
        assert_eq!((lexer.line(), lexer.column()), place(text, at));
        assert_eq!(lexer.is_at_end(), at == text.len());
    }
}
