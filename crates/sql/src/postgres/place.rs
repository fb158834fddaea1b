//! Where statements are run: in a pool, or in a transaction. What can be asked of either is written once.

use std::sync::Arc;

use super::{
    copy::{CopyIn, CopyOut},
    copy_rows,
    cursor::Cursor,
    encode::Parameter,
    errand::Errand,
    error::Error,
    held::FailsUnlessDone,
    members::Need,
    owner::Start,
    pool::{Inner, Pool},
    query::{self, Asked, Rows},
    session::Session,
    statement::check_script,
};
use crate::{Integers, Value};

/// See the module.
pub(crate) trait Place {
    fn pool(&self) -> &Arc<Inner>;

    /// Whether several statements may be run as they are.
    fn allows(&self, script: &str) -> Result<(), Error>;

    /// A connection for more than a statement.
    async fn start(&self) -> Result<Start, Error>;

    /// Runs a statement to its end.
    async fn run(&self, asked: &Asked) -> Result<Rows, Error>;
}

impl Place for Pool {
    fn pool(&self) -> &Arc<Inner> {
        &self.inner
    }

    fn allows(&self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    async fn start(&self) -> Result<Start, Error> {
        Ok(Start::alone(self.inner.acquire(Need::Alone).await?).await)
    }

    async fn run(&self, asked: &Asked) -> Result<Rows, Error> {
        query::run_in_pool(&self.inner, asked).await
    }
}

impl Place for Session {
    fn pool(&self) -> &Arc<Inner> {
        self.held.pool()
    }

    fn allows(&self, script: &str) -> Result<(), Error> {
        check_script(script)
    }

    async fn start(&self) -> Result<Start, Error> {
        Start::part_of(&self.held).await
    }

    async fn run(&self, asked: &Asked) -> Result<Rows, Error> {
        let mut fails = FailsUnlessDone::new(Some(Arc::clone(&self.held)));
        let running = async {
            let (connection, in_order) = self.held.in_order().await?;
            let ready = connection.ready(&asked.profile).await?;
            let keep = Arc::clone(&self.held);
            let ran = query::run(&connection, asked, &ready, keep, in_order).await;
            ran.map_err(|failed| failed.error)
        };
        let result = running.await;
        fails.end(&result);
        result
    }
}

fn asked_of(
    place: &impl Place,
    sql: &str,
    values: Vec<Value>,
    kinds: &str,
    integers: Integers,
) -> Result<Asked, Error> {
    let profile = place.pool().profile(sql)?;
    Ok(Asked { profile, parameters: Parameter::all(values, kinds)?.into(), integers })
}

async fn rows_of(
    place: &impl Place,
    sql: &str,
    values: Vec<Value>,
    kinds: &str,
    integers: Integers,
) -> Result<Rows, crate::Error> {
    let running = async { place.run(&asked_of(place, sql, values, kinds, integers)?).await };
    running.await.map_err(|error: Error| error.told(sql))
}

async fn run_script(place: &impl Place, sql: &str) -> Result<(), Error> {
    place.allows(sql)?;
    let Start { owner, connection, mut fails } = place.start().await?;
    let (sender, sent) = (Arc::clone(&connection), sql.to_owned());
    let running = async move { sender.client.batch_execute(&sent).await };
    let result = Errand::new(&connection, running, owner).await.map(|((), going)| drop(going.end()));
    fails.end(&result);
    result
}

/// Writes what can be asked of a place as methods of its own, which is where the boundary looks for them.
macro_rules! can_be_asked {
    ($place:ty) => {
        impl $place {
            /// Runs a statement and gives its rows, packed. Dropped, it is cancelled on the server; in a transaction one that
            /// fails or is cancelled fails the transaction up to the last savepoint. `kinds` says what values mean that mean more
            /// than their type: a letter for each, `d` for a moment, `j` for JSON, `a` for an array; or it is empty.
            pub async fn query(
                &self,
                sql: &str,
                values: Vec<Value>,
                kinds: &str,
                bigints: bool,
            ) -> Result<Vec<Vec<u8>>, crate::Error> {
                Ok(rows_of(self, sql, values, kinds, Integers::big(bigints)).await?.blocks)
            }

            /// Runs a statement and gives the number of rows that it inserted, changed or deleted.
            pub async fn execute(&self, sql: &str, values: Vec<Value>, kinds: &str) -> Result<u64, crate::Error> {
                Ok(rows_of(self, sql, values, kinds, Integers::BigInt).await?.affected)
            }

            /// Runs several statements in a row: as part of the transaction, or as one unless they say otherwise.
            pub async fn script(&self, sql: &str) -> Result<(), crate::Error> {
                run_script(self, sql).await.map_err(|error| error.told(sql))
            }

            /// Starts a statement whose rows are read batch by batch. It has its connection for itself until it ends.
            pub async fn stream(
                &self,
                sql: &str,
                values: Vec<Value>,
                kinds: &str,
                bigints: bool,
            ) -> Result<Cursor, crate::Error> {
                let opening = async {
                    let asked = asked_of(self, sql, values, kinds, Integers::big(bigints))?;
                    Cursor::start(self.start().await?, asked).await
                };
                opening.await.map_err(|error: Error| error.told(sql))
            }

            /// Starts `COPY … FROM STDIN`.
            pub async fn copy_in(&self, sql: &str) -> Result<CopyIn, crate::Error> {
                let starting = async { CopyIn::start(self.start().await?, sql).await };
                starting.await.map_err(|error: Error| error.told(sql))
            }

            /// Starts `COPY … TO STDOUT`.
            pub async fn copy_out(&self, sql: &str) -> Result<CopyOut, crate::Error> {
                let starting = async { CopyOut::start(self.start().await?, sql).await };
                starting.await.map_err(|error: Error| error.told(sql))
            }

            /// Starts filling a table by rows of values.
            pub async fn copy_rows(
                &self,
                schema: Option<String>,
                table: &str,
                columns: Vec<String>,
            ) -> Result<CopyIn, crate::Error> {
                let starting = async { copy_rows::start(self.start().await?, schema, table, &columns).await };
                starting.await.map_err(|error: Error| error.told(""))
            }
        }
    };
}

can_be_asked!(Pool);
can_be_asked!(Session);
