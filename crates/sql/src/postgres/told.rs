//! Failures as both engines tell them.

use super::{
    decode::BEYOND,
    error::{Error, Said},
};
use crate::{Error as Told, Report};

impl Error {
    /// As the error of the crate, with places in the statement as JavaScript counts them.
    #[cold]
    pub(crate) fn told(self, sql: &str) -> Told {
        let message = self.to_string();
        match self {
            Self::Server(said) => said.told(message, sql),
            Self::Connection { retryable, .. } => {
                Told::Connection { report: Box::new(Report { retryable, ..Report::of(message) }) }
            }
            Self::Config { option, .. } => Told::Config { message, option: option.to_owned() },
            Self::ParameterCount { .. } => Told::parameter(message, None),
            Self::Parameter { parameter, .. } => Told::parameter(message, parameter.to_string()),
            Self::Value { column, data_type, detail } => match detail.strip_prefix(BEYOND) {
                Some(value) => Told::Range { value: value.to_owned(), column },
                None => Told::Value { message, column, data_type },
            },
            Self::PoolTimeout { waited_ms, max, open, busy, owned, waiting, .. } => {
                Told::PoolTimeout { message, waited_ms, max, open, busy, owned, waiting }
            }
            Self::Closed => Told::Closed { what: "database" },
            Self::Ended => Told::Closed { what: "transaction or stream" },
            Self::Misplaced { .. } | Self::RolledBack => Told::state(message),
        }
    }
}

impl Said {
    fn told(self, message: String, sql: &str) -> Told {
        let position = match self.internal_query {
            None => self.position.map(|position| units_before(sql, position)),
            // It counts in a statement that nobody here has written.
            Some(_) => None,
        };
        let report = Box::new(Report {
            message,
            sqlstate: Some(self.sqlstate),
            extended_code: None,
            severity: Some(self.severity),
            constraint: self.constraint,
            schema: self.schema,
            table: self.table,
            column: self.column,
            data_type: self.data_type,
            position,
            detail: self.detail,
            hint: self.hint,
            context: self.context,
            retryable: self.retryable,
        });
        let state = report.sqlstate.as_deref().unwrap_or_default();
        match (state, state.get(..2).unwrap_or_default()) {
            ("42501" | "25006", _) | (_, "28" | "0L" | "0P") => Told::Denied { report },
            (_, "42") => Told::Syntax { report },
            (_, "23") => Told::Constraint { report },
            ("40001" | "40P01" | "55P03", _) => Told::Busy { report },
            ("57P01" | "57P02" | "57P03" | "53300" | "3D000", _) | (_, "08") => Told::Connection { report },
            ("53100", _) => Told::Full { report },
            ("XX001" | "XX002", _) => Told::Corrupt { report },
            _ => Told::Query { report },
        }
    }
}

/// From the server's characters, counted from 1, to UTF-16 units, counted from 0.
fn units_before(sql: &str, position: u32) -> u32 {
    sql.chars().take(position.saturating_sub(1) as usize).map(|letter| letter.len_utf16() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_as_javascript_does() {
        assert_eq!(units_before("select 1", 8), 7);
        assert_eq!(units_before("'😀é' x", 5), 5);
    }
}
