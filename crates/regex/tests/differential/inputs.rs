//! What the properties are tried on: small alphabets, so that patterns do match and matches do lie close together.

use proptest::prelude::*;

/// Pattern sources. Some do not compile; both engines must then refuse them.
pub(crate) fn pattern() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "a",
        "b",
        "1",
        "é",
        "😀",
        " ",
        r"\r",
        r"\n",
        ".",
        "(?s:.)",
        r"\w",
        r"\W",
        r"\d",
        r"\s",
        r"\S",
        "[ab]",
        "[^a]",
        "[é-😀]",
        "(?i:A)",
        "(?i:É)",
        r"\p{L}",
        "^",
        "$",
        "(?m:^)",
        "(?m:$)",
        "(?Rm:^)",
        "(?Rm:$)",
        r"\A",
        r"\z",
        r"\b",
        r"\B",
        r"(?-u:\b)",
        r"(?-u:\w)",
        r"\b{start}",
        r"\b{end-half}",
        "",
        "()",
        r"\141",
        "#",
        "(?-u:.)",
        "(",
        "[",
        "a{2",
        r"\xFF",
    ]);
    // Broken atoms are few among many, so that most patterns compile.
    let leaf = atom.prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            4 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("(?:{})", parts.join("|"))),
            2 => inner.clone().prop_map(|part| format!("({part})")),
            1 => inner.clone().prop_map(|part| format!("(?<n>{part})")),
            3 => (inner, prop::sample::select(vec!["*", "+", "?", "*?", "+?", "??", "{2}", "{0,2}", "{1,}?"]))
                .prop_map(|(part, times)| format!("(?:{part}){times}")),
        ]
    })
}

const CHARACTERS: [&str; 14] = ["a", "A", "b", "1", "é", "É", "😀", "€", " ", "\r\n", "\r", "\n", ";", "\0"];

pub(crate) fn text() -> impl Strategy<Value = String> {
    let some = prop::collection::vec(prop::sample::select(&CHARACTERS[..]), 0..24);
    let ascii = prop::collection::vec(prop::sample::select(vec!["a", "b", "1", " ", "\r\n", "\n"]), 0..24);
    prop_oneof![3 => some, 1 => ascii].prop_map(|parts| parts.concat())
}

/// Bytes that are text with broken sequences among it.
pub(crate) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(&CHARACTERS[..]).prop_map(|c| c.as_bytes().to_vec()),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => Just(vec![0xF0, 0x9F, 0x98]),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

pub(crate) fn template() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "$", "$$", "$0", "$1", "${1}", "$n", "${n}", "${", "}", "$9", "$1a", "é", "-", "{", "${é}",
    ]);
    prop::collection::vec(part, 0..5).prop_map(|parts| parts.concat())
}
