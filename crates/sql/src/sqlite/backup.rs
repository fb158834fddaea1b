//! A copy of a database while it is in use.

use std::{fs, io, path::Path, thread, time::Duration};

use rusqlite::backup::{Backup, StepResult};

use super::{
    connection::{Connection, Session},
    failure::described,
};
use crate::error::{Error, Report, Result, Stop};

/// How long to wait for who writes just now.
const NAP: Duration = Duration::from_millis(5);

impl Connection {
    /// Copies the database into a file, so many pages at a time, and says after each time how many remain of how many. The file
    /// is there when all of it is: before, it has another name.
    pub fn backup(
        &mut self,
        to: &str,
        pages: u32,
        on_progress: impl Fn(u32, u32) + Send + 'static,
        go_on: &dyn Fn() -> std::result::Result<(), Stop>,
    ) -> Result<()> {
        if to.contains('\0') {
            return Err(Error::state("the path of the copy has a NUL character"));
        }
        let session = self.session()?;
        let partial = format!("{to}.partial");
        let _ = fs::remove_file(&partial);
        let copied = copy(session, &partial, pages, &on_progress, go_on);
        let done = copied
            .and_then(|()| Ok(go_on()?))
            .and_then(|()| fs::rename(&partial, Path::new(to)).map_err(|error| not_written(&error)));
        if done.is_err() {
            let _ = fs::remove_file(&partial);
        }
        done
    }
}

fn copy(
    session: &Session,
    partial: &str,
    pages: u32,
    on_progress: &dyn Fn(u32, u32),
    go_on: &dyn Fn() -> std::result::Result<(), Stop>,
) -> Result<()> {
    let failed = |error| described(error, "");
    let mut target = rusqlite::Connection::open(partial).map_err(failed)?;
    {
        let backup = Backup::new(&session.db, &mut target).map_err(failed)?;
        let pages = i32::try_from(pages.max(1)).unwrap_or(i32::MAX);
        loop {
            go_on()?;
            let step = backup.step(pages).map_err(failed)?;
            let progress = backup.progress();
            on_progress(progress.remaining.max(0) as u32, progress.pagecount.max(0) as u32);
            match step {
                StepResult::Done => break,
                StepResult::Busy | StepResult::Locked => thread::sleep(NAP),
                _ => {}
            }
        }
    }
    target.close().map_err(|(_, error)| failed(error))
}

fn not_written(error: &io::Error) -> Error {
    Error::Connection { report: Box::new(Report::of(format!("the copy could not be put in its place: {error}"))) }
}
