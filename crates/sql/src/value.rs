//! One value on its way into a statement or out of a row.

/// What crosses as a parameter and, for a single row, as a column: JavaScript's own simple types, told apart by them.
///
/// Dates, JSON and arrays cross as text; what the text means is for the engine to say, which knows the type that the
/// database wants in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// SQL's `NULL`.
    #[default]
    Null,
    /// A boolean. SQLite stores 1 or 0.
    Boolean(bool),
    /// Any number; see [`Value::integer`] for which of them are integers.
    Number(f64),
    /// A 64-bit integer.
    BigInt(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// The largest integer that a double has with all its neighbours.
pub const SAFE: i64 = (1 << 53) - 1;

impl Value {
    /// The integer that a number is: whole, within ±(2^53 - 1), and not minus zero, which only a double has.
    pub fn integer(number: f64) -> Option<i64> {
        let whole = number as i64;
        // Exact on purpose: only a whole number survives the way there and back.
        #[allow(clippy::float_cmp)]
        let exact = whole as f64 == number && (-SAFE..=SAFE).contains(&whole);
        (exact && (whole != 0 || number.is_sign_positive())).then_some(whole)
    }

    /// What a value is called in messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::BigInt(_) => "a bigint",
            Self::Text(_) => "a text",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// How integers come out of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integers {
    /// As numbers; one beyond ±(2^53 - 1) is refused.
    Number,
    /// All as bigints.
    BigInt,
}

impl Integers {
    /// By the flag that crosses.
    pub fn big(big: bool) -> Self {
        if big { Self::BigInt } else { Self::Number }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_safe_numbers_are_integers() {
        assert_eq!(Value::integer(0.0), Some(0));
        assert_eq!(Value::integer(-0.0), None);
        assert_eq!(Value::integer(1.5), None);
        assert_eq!(Value::integer(f64::NAN), None);
        assert_eq!(Value::integer(f64::INFINITY), None);
        assert_eq!(Value::integer(SAFE as f64), Some(SAFE));
        assert_eq!(Value::integer(-(SAFE as f64)), Some(-SAFE));
        assert_eq!(Value::integer(2f64.powi(53)), None);
        assert_eq!(Value::integer(1e300), None);
    }
}
