//! What is in a folder, and in those below it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::{DirEntry, WalkBuilder};

use crate::{Checkpoint, Error, error::At as _, path, stat::Kind};

/// What a walk does that is not its default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WalkFlag {
    /// The entries of each folder come by their names.
    Sorted,
    /// Links to folders are gone into, and links are told as what they lead to.
    FollowLinks,
    /// What `.gitignore` and `.ignore` files name is left out.
    IgnoreFiles,
    /// What cannot be read is told beside the entries, and the walk goes on.
    CollectErrors,
}

/// What a walk gives and where it goes.
#[derive(Clone, Debug, Default)]
struct Plan {
    max_depth: Option<u32>,
    include: Vec<String>,
    exclude: Vec<String>,
    /// A bit per [`Kind`], in their order.
    kinds: u8,
    flags: Vec<WalkFlag>,
}

impl Plan {
    fn has(&self, flag: WalkFlag) -> bool {
        self.flags.contains(&flag)
    }
}

/// A walk through a folder, read as it is asked for. Of a folder no more than what is asked for is held, unless it is sorted.
pub struct Walk {
    root: String,
    plan: Plan,
    state: State,
}

enum State {
    New,
    Running(Box<Running>),
    Ended,
}

struct Running {
    root: PathBuf,
    /// What of a path is the root.
    skipped: usize,
    include: Option<GlobSet>,
    entries: ignore::Walk,
}

/// Entries of a walk.
#[derive(Debug, Default)]
pub struct Entries {
    /// Relative to the root, with `/` between names.
    pub paths: Vec<String>,
    /// The kind of each: 0 file, 1 folder, 2 link, 3 another.
    pub kinds: Vec<u8>,
    /// What could not be read, where errors are collected: `[code, path, errno, step, message]` each.
    pub errors: Vec<[String; 5]>,
    /// Whether there are no more.
    pub ended: bool,
}

impl Walk {
    /// Touches nothing: the folder is opened when the first entries are asked for.
    pub fn new(
        root: &str,
        max_depth: Option<u32>,
        include: &[&str],
        exclude: &[&str],
        kinds: u8,
        flags: &[WalkFlag],
    ) -> Self {
        let owned = |patterns: &[&str]| patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        let plan = Plan { max_depth, include: owned(include), exclude: owned(exclude), kinds, flags: flags.to_vec() };
        Self { root: root.to_owned(), plan, state: State::New }
    }

    /// The next entries, at most `most`.
    ///
    /// # Errors
    /// What the system refuses, unless errors are collected; a pattern that cannot be read. Then the walk has ended.
    pub fn next(&mut self, most: u32, checkpoint: Checkpoint<'_>) -> Result<Entries, Error> {
        let result = self.entries(most, checkpoint);
        if !matches!(&result, Ok(entries) if !entries.ended) {
            self.state = State::Ended;
        }
        result
    }

    fn entries(&mut self, most: u32, checkpoint: Checkpoint<'_>) -> Result<Entries, Error> {
        checkpoint()?;
        if matches!(self.state, State::New) {
            self.state = State::Running(Box::new(Running::open(&self.root, &self.plan)?));
        }
        let mut found = Entries::default();
        let State::Running(running) = &mut self.state else {
            found.ended = true;
            return Ok(found);
        };
        let mut looked: u32 = 0;
        while (found.paths.len() as u32) < most {
            looked = looked.wrapping_add(1);
            if looked.is_multiple_of(64) {
                checkpoint()?;
            }
            let Some(next) = running.entries.next() else {
                found.ended = true;
                break;
            };
            match next {
                Ok(entry) => running.take(&entry, &self.plan, &mut found),
                Err(error) => running.take_error(error, &self.plan, &mut found)?,
            }
        }
        Ok(found)
    }
}

impl Running {
    fn open(root: &str, plan: &Plan) -> Result<Self, Error> {
        let root = path::parse(root)?;
        let metadata = fs::metadata(&root).at("list", &root)?;
        if !metadata.is_dir() {
            return Err(Error::as_if("list", &root, "ENOTDIR", "not a directory"));
        }
        // Asked now: a walk of a folder that cannot be read is no empty walk.
        fs::read_dir(&root).at("list", &root)?;
        let include = if plan.include.is_empty() { None } else { Some(globs(&plan.include)?) };
        let text = root.as_os_str().as_encoded_bytes();
        let ends = text.last().is_some_and(|last| std::path::is_separator(char::from(*last)));
        let skipped = text.len() + usize::from(!ends);
        let mut builder = WalkBuilder::new(&root);
        builder
            .standard_filters(false)
            .max_depth(plan.max_depth.map(|depth| depth as usize))
            .follow_links(plan.has(WalkFlag::FollowLinks))
            .git_ignore(plan.has(WalkFlag::IgnoreFiles))
            .ignore(plan.has(WalkFlag::IgnoreFiles))
            .require_git(false);
        if plan.has(WalkFlag::Sorted) {
            builder.sort_by_file_name(std::ffi::OsStr::cmp);
        }
        if !plan.exclude.is_empty() {
            let exclude = Arc::new(globs(&with_folders(&plan.exclude))?);
            builder.filter_entry(move |entry| entry.depth() == 0 || !exclude.is_match(relative(entry.path(), skipped)));
        }
        Ok(Self { root, skipped, include, entries: builder.build() })
    }

    fn take(&self, entry: &DirEntry, plan: &Plan, found: &mut Entries) {
        if entry.depth() == 0 {
            return;
        }
        let kind = entry.file_type().map_or(Kind::Other, Kind::of);
        self.push(entry.path(), kind, plan, found);
        if let Some(error) = entry.error() {
            // A pattern of an ignore file that cannot be read: the file's others count.
            if plan.has(WalkFlag::CollectErrors) {
                let words = error.to_string();
                found.errors.push(Error::Pattern { pattern: path::shown(entry.path()), words }.facts());
            }
        }
    }

    fn push(&self, path: &Path, kind: Kind, plan: &Plan, found: &mut Entries) {
        if plan.kinds & (1 << kind as u8) == 0 {
            return;
        }
        let relative = relative(path, self.skipped);
        if self.include.as_ref().is_some_and(|include| !include.is_match(relative)) {
            return;
        }
        let text = path::text_of(relative.as_os_str());
        found.paths.push(if cfg!(windows) { text.replace('\\', "/") } else { text });
        found.kinds.push(kind as u8);
    }

    fn take_error(&self, error: ignore::Error, plan: &Plan, found: &mut Entries) -> Result<(), Error> {
        if let Some(child) = loop_in(&error) {
            // A link to a folder above it: told as what it is, and not gone into.
            self.push(child, Kind::Link, plan, found);
            return Ok(());
        }
        let at = path_in(&error).unwrap_or(&self.root).to_owned();
        if plan.has(WalkFlag::FollowLinks)
            && fs::symlink_metadata(&at).is_ok_and(|metadata| metadata.is_symlink())
            && fs::metadata(&at).is_err()
        {
            // It leads nowhere, or to itself.
            self.push(&at, Kind::Link, plan, found);
            return Ok(());
        }
        let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
        if error.kind() == io::ErrorKind::NotFound && at != self.root {
            // Removed between being listed and being looked into.
            return Ok(());
        }
        let error = Error::io("list", &at, innermost(&error));
        if !plan.has(WalkFlag::CollectErrors) {
            return Err(error);
        }
        found.errors.push(error.facts());
        Ok(())
    }
}

/// The system's own error: what it is wrapped in tells the path a second time and no number.
fn innermost(error: &io::Error) -> &io::Error {
    let within = error.get_ref().and_then(std::error::Error::source);
    within.and_then(|source| source.downcast_ref()).unwrap_or(error)
}

fn loop_in(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithPath { err, .. } => loop_in(err),
        _ => None,
    }
}

fn path_in(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_in(err),
        _ => None,
    }
}

/// `path` without the root, which it starts with.
#[cfg(unix)]
fn relative(path: &Path, skipped: usize) -> &Path {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let bytes = path.as_os_str().as_bytes();
    Path::new(OsStr::from_bytes(bytes.get(skipped..).unwrap_or(bytes)))
}

#[cfg(not(unix))]
fn relative(path: &Path, skipped: usize) -> &Path {
    path.to_str().and_then(|text| text.get(skipped..)).map_or(path, Path::new)
}

/// What excludes all that is in a folder excludes the folder: then it is not gone into.
fn with_folders(patterns: &[String]) -> Vec<String> {
    let folders = patterns.iter().filter_map(|pattern| pattern.strip_suffix("/**")).filter(|folder| !folder.is_empty());
    patterns.iter().cloned().chain(folders.map(ToOwned::to_owned)).collect()
}

fn globs(patterns: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let refused =
            |error: &globset::Error| Error::Pattern { pattern: pattern.clone(), words: error.kind().to_string() };
        let mut glob = GlobBuilder::new(pattern);
        set.add(glob.literal_separator(true).backslash_escape(true).build().map_err(|error| refused(&error))?);
    }
    set.build().map_err(|error| Error::Pattern { pattern: patterns.join(", "), words: error.kind().to_string() })
}
