//! Rows packed by column into one block of bytes: what `src/sql/rows.ts` reads.
//!
//! All numbers are in the machine's own order. Every part begins at a multiple of 8.
//!
//! ```text
//! u32: rows, columns, bytes of text, units of text, bytes of blobs, shape
//! u32 per column: kind | form << 8
//! per column: 8 bytes per row
//! per column whose form is not UNIFORM: 1 byte per row, the kind of each cell
//! text, all of it one after the other
//! blobs, the same
//! ```
//!
//! A cell is a double, a 64-bit integer, or where its text or blob begins and how long it is (two `u32`). Texts count in UTF-16
//! units, as JavaScript's strings do, so one decoded string serves the whole block; blobs count in bytes.

/// What a cell is. The numbers are those of `src/sql/rows.ts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// Nothing.
    Null = 0,
    /// A double.
    Number = 1,
    /// A 64-bit integer, a bigint in JavaScript.
    BigInt = 2,
    /// 1.0 or 0.0.
    Boolean = 3,
    /// A text.
    Text = 4,
    /// Bytes.
    Bytes = 5,
    /// Milliseconds since 1970, a `Date` in JavaScript.
    Date = 6,
    /// A text of JSON.
    Json = 7,
    /// A block of one column, an array in JavaScript.
    Array = 8,
}

/// How the kinds of a column's cells are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
enum Form {
    /// All are the column's.
    Uniform = 0,
    /// All are the column's or null.
    Nullable = 1,
    /// Each has its own.
    Mixed = 2,
}

const HEADER: usize = 6 * 4;

/// A block that is fuller than this is given away before the next row: making its rows is about a millisecond of JavaScript, and
/// other work gets its turn between two blocks.
pub const FULL: usize = 64 * 1024;

/// The longest text or blob of one cell: one more and `u32` could not count a block's.
pub const LONGEST: usize = 1 << 30;

#[derive(Debug)]
struct Column {
    kind: Kind,
    form: Form,
    cells: Vec<u8>,
    kinds: Vec<u8>,
}

impl Column {
    fn new() -> Self {
        Self { kind: Kind::Null, form: Form::Uniform, cells: Vec::new(), kinds: Vec::new() }
    }

    #[inline]
    fn push(&mut self, kind: Kind, cell: [u8; 8]) {
        if kind != self.kind {
            self.differ(kind);
        }
        self.cells.extend_from_slice(&cell);
        self.kinds.push(kind as u8);
    }

    /// A cell is of another kind than the column's first.
    #[cold]
    fn differ(&mut self, kind: Kind) {
        if self.kinds.is_empty() {
            self.kind = kind;
        } else if kind == Kind::Null || self.kind == Kind::Null {
            if self.form == Form::Uniform {
                self.form = Form::Nullable;
            }
            if self.kind == Kind::Null {
                self.kind = kind;
            }
        } else {
            self.form = Form::Mixed;
        }
    }

    fn clear(&mut self) {
        self.kind = Kind::Null;
        self.form = Form::Uniform;
        self.cells.clear();
        self.kinds.clear();
    }
}

/// A block being filled, row by row; used again for the next one.
#[derive(Debug)]
pub struct Block {
    columns: Vec<Column>,
    rows: u32,
    text: Vec<u8>,
    units: u32,
    blobs: Vec<u8>,
}

impl Block {
    /// An empty block of rows of so many columns.
    pub fn new(columns: usize) -> Self {
        let columns = (0..columns).map(|_| Column::new()).collect();
        Self { columns, rows: 0, text: Vec::new(), units: 0, blobs: Vec::new() }
    }

    /// How many rows are in it.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// About how many bytes it will be.
    pub fn weight(&self) -> usize {
        self.rows as usize * self.columns.len() * 9 + self.text.len() + self.blobs.len()
    }

    /// Adds a null to the row under way; as all of these, in the place of the column.
    #[inline]
    pub fn null(&mut self, column: usize) {
        self.columns[column].push(Kind::Null, [0; 8]);
    }

    /// Adds a number.
    #[inline]
    pub fn number(&mut self, column: usize, number: f64) {
        self.columns[column].push(Kind::Number, number.to_ne_bytes());
    }

    /// Adds a 64-bit integer.
    #[inline]
    pub fn bigint(&mut self, column: usize, number: i64) {
        self.columns[column].push(Kind::BigInt, number.to_ne_bytes());
    }

    /// Adds a boolean.
    #[inline]
    pub fn boolean(&mut self, column: usize, boolean: bool) {
        self.columns[column].push(Kind::Boolean, f64::from(boolean).to_ne_bytes());
    }

    /// Adds a moment, in milliseconds since 1970.
    #[inline]
    pub fn date(&mut self, column: usize, milliseconds: f64) {
        self.columns[column].push(Kind::Date, milliseconds.to_ne_bytes());
    }

    /// Adds a text.
    #[inline]
    pub fn text(&mut self, column: usize, text: &str) {
        let cell = self.add_text(text);
        self.columns[column].push(Kind::Text, cell);
    }

    /// Adds a text of JSON.
    #[inline]
    pub fn json(&mut self, column: usize, json: &str) {
        let cell = self.add_text(json);
        self.columns[column].push(Kind::Json, cell);
    }

    /// Adds bytes.
    #[inline]
    pub fn bytes(&mut self, column: usize, bytes: &[u8]) {
        let cell = place(self.blobs.len() as u32, bytes.len() as u32);
        self.blobs.extend_from_slice(bytes);
        self.columns[column].push(Kind::Bytes, cell);
    }

    /// Adds an array: the rows of a block of one column.
    pub fn array(&mut self, column: usize, mut elements: Block) {
        let elements = elements.take(0);
        let cell = place(self.blobs.len() as u32, elements.len() as u32);
        self.blobs.extend_from_slice(&elements);
        self.columns[column].push(Kind::Array, cell);
    }

    /// The row under way is whole.
    #[inline]
    pub fn end_row(&mut self) {
        self.rows += 1;
    }

    #[inline]
    fn add_text(&mut self, text: &str) -> [u8; 8] {
        let units = if text.is_ascii() { text.len() as u32 } else { units_of(text) };
        let cell = place(self.units, units);
        self.text.extend_from_slice(text.as_bytes());
        self.units += units;
        cell
    }

    /// The block as bytes, and this one empty again. `shape` numbers the columns' names: it changes when they do.
    pub fn take(&mut self, shape: u32) -> Vec<u8> {
        let mut out = Vec::with_capacity(HEADER + self.weight() + self.columns.len() * 16 + 32);
        let head =
            [self.rows, self.columns.len() as u32, self.text.len() as u32, self.units, self.blobs.len() as u32, shape];
        for word in head {
            out.extend_from_slice(&word.to_ne_bytes());
        }
        for column in &self.columns {
            out.extend_from_slice(&(column.kind as u32 | (column.form as u32) << 8).to_ne_bytes());
        }
        align(&mut out);
        for column in &self.columns {
            out.extend_from_slice(&column.cells);
        }
        for column in self.columns.iter().filter(|column| column.form != Form::Uniform) {
            out.extend_from_slice(&column.kinds);
            align(&mut out);
        }
        out.extend_from_slice(&self.text);
        align(&mut out);
        out.extend_from_slice(&self.blobs);
        self.columns.iter_mut().for_each(Column::clear);
        self.text.clear();
        self.blobs.clear();
        self.units = 0;
        self.rows = 0;
        out
    }
}

/// A text or blob by where it begins and how long it is.
#[inline]
fn place(start: u32, length: u32) -> [u8; 8] {
    let (start, length) = (start.to_ne_bytes(), length.to_ne_bytes());
    [start[0], start[1], start[2], start[3], length[0], length[1], length[2], length[3]]
}

fn align(out: &mut Vec<u8>) {
    out.resize(out.len().next_multiple_of(8), 0);
}

/// How many UTF-16 units a text has: one per character, two for those of four bytes.
pub fn units_of(text: &str) -> u32 {
    text.bytes().map(|byte| u32::from(byte & 0xC0 != 0x80) + u32::from(byte >= 0xF0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(block: &[u8], at: usize) -> u32 {
        u32::from_ne_bytes(block[at * 4..at * 4 + 4].try_into().unwrap())
    }

    #[test]
    fn a_block_tells_its_columns_kinds() {
        let mut block = Block::new(3);
        block.number(0, 1.0);
        block.text(1, "é");
        block.null(2);
        block.end_row();
        block.number(0, 2.0);
        block.null(1);
        block.bytes(2, &[7]);
        block.end_row();
        let bytes = block.take(9);
        assert_eq!([word(&bytes, 0), word(&bytes, 1)], [2, 3]);
        assert_eq!([word(&bytes, 2), word(&bytes, 3), word(&bytes, 4), word(&bytes, 5)], [2, 1, 1, 9]);
        assert_eq!(word(&bytes, 6), Kind::Number as u32);
        assert_eq!(word(&bytes, 7), Kind::Text as u32 | 1 << 8);
        assert_eq!(word(&bytes, 8), Kind::Bytes as u32 | 1 << 8);
        assert_eq!(bytes[40..48], 1f64.to_ne_bytes());
        assert_eq!(block.rows(), 0);
    }

    #[test]
    fn a_column_of_several_kinds_is_mixed() {
        let mut block = Block::new(1);
        block.null(0);
        block.end_row();
        block.number(0, 1.0);
        block.end_row();
        block.text(0, "x");
        block.end_row();
        let bytes = block.take(0);
        assert_eq!(word(&bytes, 6), Kind::Number as u32 | 2 << 8);
    }

    #[test]
    fn units_are_those_of_utf_16() {
        for text in ["", "abc", "é", "€uro", "😀", "a😀é"] {
            assert_eq!(units_of(text) as usize, text.encode_utf16().count(), "{text}");
        }
    }
}
