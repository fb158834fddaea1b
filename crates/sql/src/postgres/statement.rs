//! What is known of a statement before it runs: whether it may share a connection, and whether it was fast so far.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use super::error::Error;

/// Statements that took longer than this on average have a connection for themselves.
const FAST: Duration = Duration::from_millis(2);

/// Where a statement may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It is one transaction by itself and leaves nothing behind on its connection: several can be on their way, and one that a
    /// stray cancel request hit had no effect and can be sent again.
    Plain,
    /// Anything else: it has its connection alone.
    Alone,
}

/// A statement by its text.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) sql: Box<str>,
    pub(crate) kind: Kind,
    /// It begins like one that changes nothing.
    pub(crate) reads: bool,
    /// Mean microseconds it took, by moving average; `u32::MAX`: it has not run yet.
    mean: AtomicU32,
    /// Nanoseconds it takes when nothing holds it up; follows what is faster at once and what is slower hesitantly.
    usual: AtomicU32,
}

impl Profile {
    pub(crate) fn new(sql: &str) -> Result<Arc<Self>, Error> {
        let kind = kind_of(sql)?;
        let first = words(sql).next().unwrap_or_default().to_ascii_lowercase();
        let reads = READS.contains(&&*first);
        Ok(Arc::new(Self {
            sql: sql.into(),
            kind,
            reads,
            mean: AtomicU32::new(u32::MAX),
            usual: AtomicU32::new(u32::MAX),
        }))
    }

    /// How long it takes the server, when others may be sent before it has answered, and it before others have: known only once
    /// it ran.
    pub(crate) fn shares(&self) -> Option<Duration> {
        let mean = Duration::from_micros(u64::from(self.mean.load(Ordering::Relaxed)));
        let usual = Duration::from_nanos(u64::from(self.usual.load(Ordering::Relaxed)));
        (self.kind == Kind::Plain && mean <= FAST).then_some(usual)
    }

    /// It took this long. Two calls that end at once may lose one of their measurements, which does not matter.
    pub(crate) fn took(&self, time: Duration) {
        let micros = u32::try_from(time.as_micros()).unwrap_or(u32::MAX - 1).min(u32::MAX - 1);
        let mean = match self.mean.load(Ordering::Relaxed) {
            u32::MAX => micros,
            mean => mean - mean / 8 + micros / 8,
        };
        self.mean.store(mean, Ordering::Relaxed);
        let nanos = u32::try_from(time.as_nanos()).unwrap_or(u32::MAX);
        let usual = match self.usual.load(Ordering::Relaxed) {
            usual if nanos < usual => usual - (usual - nanos) / 2,
            usual => usual + (nanos - usual) / 64,
        };
        self.usual.store(usual, Ordering::Relaxed);
    }
}

const PLAIN: &[&str] = &["select", "insert", "update", "delete", "merge", "with", "values", "table"];
const READS: &[&str] = &["select", "values", "table", "show", "explain", "fetch"];
const TRANSACTION: &[&str] =
    &["begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release", "prepare transaction"];

fn kind_of(sql: &str) -> Result<Kind, Error> {
    let mut words = words(sql);
    let first = words.next().unwrap_or_default().to_ascii_lowercase();
    let misplaced = |instead| Err(Error::Misplaced { statement: first.to_ascii_uppercase(), instead });
    if PLAIN.contains(&&*first) {
        return Ok(Kind::Plain);
    }
    if TRANSACTION.contains(&&*first) {
        return misplaced("transaction(), nested for savepoints");
    }
    match &*first {
        "listen" | "unlisten" => misplaced("listen()"),
        // In copy mode the server waits for data, or sends what no row is.
        "copy" => {
            for word in words {
                if word.eq_ignore_ascii_case("stdin") {
                    return misplaced("copyIn()");
                }
                if word.eq_ignore_ascii_case("stdout") {
                    return misplaced("copyOut()");
                }
            }
            Ok(Kind::Alone)
        }
        _ => Ok(Kind::Alone),
    }
}

/// Refuses several statements of which one would end the transaction around them.
pub(crate) fn check_script(sql: &str) -> Result<(), Error> {
    let mut begins = true;
    for word in words(sql) {
        if begins && TRANSACTION.iter().any(|known| word.eq_ignore_ascii_case(known)) {
            let statement = word.to_ascii_uppercase();
            return Err(Error::Misplaced { statement, instead: "transaction(), nested for savepoints" });
        }
        begins = word == ";";
    }
    Ok(())
}

/// The words of a statement and the semicolons between statements, outside of comments, strings and quoted names.
fn words(sql: &str) -> impl Iterator<Item = &str> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !"-/'\"_$;".contains(letter));
            if let Some(comment) = rest.strip_prefix("--") {
                rest = comment.split_once('\n').map_or("", |(_, after)| after);
            } else if rest.starts_with("/*") {
                rest = after_comment(rest);
            } else if let Some(quote @ ('\'' | '"')) = rest.chars().next() {
                rest = rest[1..].split_once(quote).map_or("", |(_, after)| after);
            } else if let Some(after) = rest.strip_prefix(';') {
                rest = after;
                return Some(";");
            } else if let Some(after) = after_dollar_quote(rest) {
                rest = after;
            } else if rest.starts_with(['-', '/', '$']) {
                rest = &rest[1..];
            } else if rest.is_empty() {
                return None;
            } else {
                let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                rest = after;
                return Some(word);
            }
        }
    })
}

/// What follows a text between `$tag$` and the same again.
fn after_dollar_quote(text: &str) -> Option<&str> {
    let tag = text.strip_prefix('$')?;
    let end = tag.find('$')?;
    let is_name = tag[..end].chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if !is_name || tag.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let mark = &text[..end + 2];
    Some(text[mark.len()..].split_once(mark).map_or("", |(_, after)| after))
}

/// What follows a comment, which may have others in it.
fn after_comment(mut text: &str) -> &str {
    let mut depth = 0_usize;
    loop {
        match (text.find("/*"), text.find("*/")) {
            (Some(open), close) if close.is_none_or(|close| open < close) => {
                depth += 1;
                text = &text[open + 2..];
            }
            (_, Some(close)) => {
                depth -= 1;
                text = &text[close + 2..];
                if depth == 0 {
                    return text;
                }
            }
            (_, None) => return "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_one_transaction_by_itself_may_share_a_connection() {
        for sql in [
            "select 1",
            "  -- why\n/* and /* how */ */ SELECT 1",
            "((select 1) union (select 2))",
            "with a as (select 1) insert into b select * from a",
            "VALUES (1)",
        ] {
            assert_eq!(kind_of(sql), Ok(Kind::Plain), "{sql}");
        }
        for sql in ["", "call f()", "do $$ begin end $$", "set a = 1", "vacuum", "copy t from '/stdin'", "selects"] {
            assert_eq!(kind_of(sql), Ok(Kind::Alone), "{sql}");
        }
    }

    #[test]
    fn what_would_change_the_connection_under_others_is_refused() {
        for sql in
            ["BEGIN", "/**/commit", "rollback to a", "listen c", "copy t from stdin", "COPY t TO STDOUT (format csv)"]
        {
            assert!(matches!(kind_of(sql), Err(Error::Misplaced { .. })), "{sql}");
        }
    }

    #[test]
    fn a_script_ends_no_transaction_around_it() {
        assert_eq!(
            check_script("create function f() returns int as $f$ begin; commit; $f$; select 'x;commit'"),
            Ok(())
        );
        for sql in ["select 1; commit", "ROLLBACK", "select $1; -- a\n end"] {
            assert!(check_script(sql).is_err(), "{sql}");
        }
    }

    #[test]
    fn it_shares_once_it_was_fast_and_no_more_when_it_got_slow() {
        let profile = Profile::new("select 1").unwrap();
        assert!(profile.shares().is_none());
        profile.took(Duration::from_micros(50));
        assert!(profile.shares().is_some());
        profile.took(Duration::from_secs(1));
        assert!(profile.shares().is_none());
        for _ in 0..100 {
            profile.took(Duration::from_micros(50));
        }
        assert!(profile.shares().is_some());
    }

    #[test]
    fn its_usual_time_is_not_that_of_the_times_it_was_held_up() {
        let profile = Profile::new("select 1").unwrap();
        for held_up in [false, false, false, true].repeat(50) {
            profile.took(Duration::from_micros(if held_up { 500 } else { 8 }));
        }
        assert!(profile.shares().unwrap() < Duration::from_micros(20));
    }
}
