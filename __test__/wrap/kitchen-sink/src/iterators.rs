//! `iterator`, `iterator-finite`, `iterator-type`. The crate of `iterators-run.test.ts` consists of this file alone.
use std::fmt;

/// Numbers without an end. Has a copy, so it reads ahead and takes back what nobody took.
#[derive(Clone)]
pub struct Naturals {
    next: u32,
}

impl Naturals {
    pub fn starting_at(start: u32) -> Self {
        Self { next: start }
    }

    /// The number that comes next.
    pub fn peek(&self) -> u32 {
        self.next
    }

    pub fn same(&self, other: &Naturals) -> bool {
        self.next == other.next
    }
}

impl Iterator for Naturals {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        self.next += 1;
        Some(self.next - 1)
    }
}

/// Nothing can be seen of it but its items.
pub struct Fuse {
    front: u32,
    back: u32,
    bang: Option<u32>,
}

/// From 0 to `length`; panics at `bang`.
pub fn fuse(length: u32, bang: Option<u32>) -> Fuse {
    Fuse { front: 0, back: length, bang }
}

impl Iterator for Fuse {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        assert_ne!(self.bang, Some(self.front), "the fuse blew");
        (self.front < self.back).then(|| {
            self.front += 1;
            self.front - 1
        })
    }
}

impl DoubleEndedIterator for Fuse {
    fn next_back(&mut self) -> Option<u32> {
        (self.front < self.back).then(|| {
            self.back -= 1;
            self.back
        })
    }
}

/// Has no copy, and more to be seen than its items: reads one at a time.
pub struct Meter {
    read: u32,
}

pub fn meter() -> Meter {
    Meter { read: 0 }
}

impl Meter {
    /// How many items were read.
    pub fn read(&self) -> u32 {
        self.read
    }
}

impl Iterator for Meter {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        (self.read < 5).then(|| {
            self.read += 1;
            self.read
        })
    }
}

/// What is no number.
#[derive(Debug)]
pub struct NoNumber(pub String);

impl fmt::Display for NoNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no number", self.0)
    }
}

impl std::error::Error for NoNumber {}

/// Numbers of a text, each of which may be none.
pub struct Numbers {
    words: std::vec::IntoIter<String>,
}

pub fn numbers(text: &str) -> Numbers {
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    Numbers { words: words.into_iter() }
}

impl Iterator for Numbers {
    type Item = Result<u32, NoNumber>;

    fn next(&mut self) -> Option<Result<u32, NoNumber>> {
        self.words.next().map(|word| word.parse().map_err(|_| NoNumber(word)))
    }
}

/// Borrows text, and has more to it than its items.
#[derive(Clone)]
pub struct Fields<'t> {
    rest: &'t str,
}

impl<'t> Fields<'t> {
    /// What was not read yet.
    pub fn rest(&self) -> &'t str {
        self.rest
    }
}

impl<'t> Iterator for Fields<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let (field, rest) = self.rest.split_once(',').unwrap_or((self.rest, ""));
        self.rest = rest;
        Some(field)
    }
}

impl DoubleEndedIterator for Fields<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let (rest, field) = self.rest.rsplit_once(',').unwrap_or(("", self.rest));
        self.rest = rest;
        Some(field)
    }
}

/// Nothing but items, which end: an array.
pub struct Capitals<'t>(std::str::Chars<'t>);

impl Iterator for Capitals<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        self.0.find(|letter| letter.is_uppercase())
    }
}

/// Gives methods to text.
pub trait Separated {
    fn fields<'a>(&'a self) -> Fields<'a>;
    fn capitals(&self) -> Capitals<'_>;
}

impl Separated for str {
    fn fields<'a>(&'a self) -> Fields<'a> {
        Fields { rest: self }
    }

    fn capitals(&self) -> Capitals<'_> {
        Capitals(self.chars())
    }
}

/// A sheet of a text.
pub struct Sheet<'t> {
    lines: Vec<&'t str>,
}

/// A row of a sheet.
#[derive(Clone, Copy)]
pub struct Row<'a, 't> {
    sheet: &'a Sheet<'t>,
    at: usize,
}

impl<'t> Sheet<'t> {
    pub fn parse(text: &'t str) -> Self {
        Self { lines: text.lines().collect() }
    }

    pub fn rows(&self) -> Rows<'_, 't> {
        Rows { sheet: self, at: 0 }
    }
}

impl<'a, 't> Row<'a, 't> {
    pub fn text(&self) -> &'t str {
        self.sheet.lines[self.at]
    }

    pub fn next(&self) -> Option<Row<'a, 't>> {
        (self.at + 1 < self.sheet.lines.len()).then_some(Row { sheet: self.sheet, at: self.at + 1 })
    }
}

/// Borrows a sheet, and so do its items.
pub struct Rows<'r, 'x> {
    sheet: &'r Sheet<'x>,
    at: usize,
}

impl<'r, 'x> Rows<'r, 'x> {
    /// The first row again.
    pub fn first(&self) -> Option<Row<'r, 'x>> {
        (!self.sheet.lines.is_empty()).then_some(Row { sheet: self.sheet, at: 0 })
    }
}

impl<'i, 'j> Iterator for Rows<'i, 'j> {
    type Item = Row<'i, 'j>;

    fn next(&mut self) -> Option<Row<'i, 'j>> {
        assert_ne!(self.sheet.lines.get(self.at), Some(&"torn"), "a torn row");
        let row = (self.at < self.sheet.lines.len()).then_some(Row { sheet: self.sheet, at: self.at });
        self.at += 1;
        row
    }
}

/// Without an end, and without a name; panics when there is no room for the next.
pub fn powers(base: u64) -> impl Iterator<Item = u64> {
    std::iter::successors(Some(1u64), move |power| Some(power.checked_mul(base).expect("no room")))
}

/// Ends, as its bound says.
pub fn falling(end: u32) -> impl DoubleEndedIterator<Item = u32> {
    (0..end).rev()
}

/// Ends with the text.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ')
}

/// Fails before there is anything to walk.
pub fn evens(from: u32) -> Result<impl Iterator<Item = u32>, NoNumber> {
    if from % 2 == 1 {
        return Err(NoNumber(from.to_string()));
    }
    Ok((from..).step_by(2))
}
