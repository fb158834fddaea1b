//! What is known of a statement once the server has prepared it, and the names of its columns under a number.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio_postgres::Statement;

use super::decode::Columns;

/// Shapes that are kept although no statement has them any more.
const KEPT: usize = 4096;

/// Names of columns in their order.
pub(crate) type Names = Arc<[String]>;

/// A statement prepared on one connection.
pub(crate) struct Ready {
    pub(crate) statement: Statement,
    pub(crate) columns: Columns,
    /// Under which number the names of its columns are found.
    pub(crate) shape: u32,
    _names: Names,
}

impl Ready {
    pub(crate) fn new(statement: Statement, shapes: &Shapes) -> Self {
        let columns = Columns::of(&statement);
        let (shape, names) = shapes.number(statement.columns().iter().map(|column| column.name().to_owned()).collect());
        Self { statement, columns, shape, _names: names }
    }
}

#[derive(Default)]
struct Numbered {
    by_number: BTreeMap<u32, Names>,
    by_names: std::collections::HashMap<Names, u32>,
    next: u32,
}

/// The shapes of one database's rows: a row names its shape by number, so that names cross once.
#[derive(Default)]
pub(crate) struct Shapes(Mutex<Numbered>);

impl Shapes {
    fn number(&self, names: Names) -> (u32, Names) {
        let mut numbered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, number)) = numbered.by_names.get_key_value(&names) {
            return (*number, Arc::clone(known));
        }
        numbered.next = numbered.next.wrapping_add(1);
        let number = numbered.next;
        if numbered.by_number.len() >= KEPT {
            // Two are held here. What a statement holds, too, may come up again under its number.
            let unused: Vec<_> = numbered
                .by_number
                .iter()
                .filter(|(_, names)| Arc::strong_count(names) == 2)
                .map(|(number, _)| *number)
                .collect();
            for number in unused.iter().take(KEPT / 2) {
                if let Some(names) = numbered.by_number.remove(number) {
                    numbered.by_names.remove(&names);
                }
            }
        }
        numbered.by_number.insert(number, Arc::clone(&names));
        numbered.by_names.insert(Arc::clone(&names), number);
        (number, names)
    }

    /// The names under a number.
    pub(crate) fn names(&self, number: u32) -> Option<Names> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_number.get(&number).cloned()
    }
}
