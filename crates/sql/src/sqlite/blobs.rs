//! Parts of a blob, without the rest of it.

use rusqlite::blob::Blob;

use super::connection::{Connection, Session};
use crate::error::{Error, Result};

impl Connection {
    /// How many bytes the blob in a row has.
    pub fn blob_size(&mut self, schema: &str, table: &str, column: &str, row: i64) -> Result<u64> {
        Ok(open(self.session()?, schema, table, column, row, true)?.len() as u64)
    }

    /// So many bytes of it from an offset on.
    pub fn blob_read(
        &mut self,
        schema: &str,
        table: &str,
        column: &str,
        row: i64,
        offset: u32,
        length: u32,
    ) -> Result<Vec<u8>> {
        let session = self.session()?;
        let blob = open(session, schema, table, column, row, true)?;
        within(&blob, offset, length as usize)?;
        let mut bytes = vec![0; length as usize];
        blob.read_at_exact(&mut bytes, offset as usize).map_err(|error| session.failed(error, ""))?;
        Ok(bytes)
    }

    /// Writes over a part of it; its size stays.
    pub fn blob_write(
        &mut self,
        schema: &str,
        table: &str,
        column: &str,
        row: i64,
        offset: u32,
        bytes: &[u8],
    ) -> Result<()> {
        let session = self.session()?;
        let mut blob = open(session, schema, table, column, row, false)?;
        within(&blob, offset, bytes.len())?;
        blob.write_all_at(bytes, offset as usize).map_err(|error| session.failed(error, ""))?;
        blob.close().map_err(|error| session.failed(error, ""))
    }
}

fn open<'session>(
    session: &'session Session,
    schema: &str,
    table: &str,
    column: &str,
    row: i64,
    read_only: bool,
) -> Result<Blob<'session>> {
    if [schema, table, column].iter().any(|name| name.contains('\0')) {
        return Err(Error::state("a name has a NUL character"));
    }
    session.db.blob_open(schema, table, column, row, read_only).map_err(|error| session.failed(error, ""))
}

fn within(blob: &Blob<'_>, offset: u32, length: usize) -> Result<()> {
    let size = blob.len();
    if (offset as usize).checked_add(length).is_some_and(|end| end <= size) {
        return Ok(());
    }
    Err(Error::state(format!("the blob has {size} bytes; {length} from {offset} on are not all in it")))
}
