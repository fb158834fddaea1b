//! Random patterns over random haystacks: this engine against the `regex` crate, and its offsets against a slow count.
//!
//! Every run draws a seed and a failure prints it; `FERRULE_PROPTEST_SEED=<seed>` repeats that run. `PROPTEST_CASES` sets
//! how many cases each property gets (default 1,000).

mod inputs;
mod reference;
mod runner;

use ferrule_regex::{
    BytesRegex, BytesRegexSet, MatchCursor, Options, Progress, Regex, RegexSet, byte_offset, never_stop, utf16_len,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use inputs::{bytes, pattern, template, text};
use reference::{byte_groups, byte_pieces, to_bytes, to_utf16, utf16_groups, utf16_pieces};
use runner::hold;

/// The pattern compiled by both, or nothing when both refuse it. That only one refuses it is a failure.
fn both(pattern: &str) -> Option<(Regex, regex::Regex)> {
    match (Regex::new(pattern, &Options::default()), regex::Regex::new(pattern)) {
        (Ok(ours), Ok(theirs)) => Some((ours, theirs)),
        (Err(ours), Err(theirs)) => {
            assert_eq!(ours.to_string(), theirs.to_string());
            None
        }
        (ours, theirs) => panic!("{pattern:?}: {ours:?} here and {theirs:?} there"),
    }
}

fn both_bytes(pattern: &str) -> Option<(BytesRegex, regex::bytes::Regex)> {
    match (BytesRegex::new(pattern, &Options::default()), regex::bytes::Regex::new(pattern)) {
        (Ok(ours), Ok(theirs)) => Some((ours, theirs)),
        (Err(_), Err(_)) => None,
        (ours, theirs) => panic!("{pattern:?}: {ours:?} here and {theirs:?} there"),
    }
}

#[test]
fn matches_and_groups_are_those_of_the_regex_crate() {
    hold((pattern(), text()), |(pattern, text)| {
        let Some((ours, theirs)) = both(&pattern) else { return Ok(()) };
        prop_assert_eq!(ours.is_match(&text), theirs.is_match(&text));
        let all: Vec<u32> = theirs.captures_iter(&text).flat_map(|caps| utf16_groups(&text, &caps)).collect();
        prop_assert_eq!(ours.captures_all(&text, &never_stop).unwrap(), all);
        let spans: Vec<u32> =
            theirs.find_iter(&text).flat_map(|m| [to_utf16(&text, m.start()), to_utf16(&text, m.end())]).collect();
        prop_assert_eq!(ours.count(&text, &never_stop).unwrap(), spans.len() / 2);
        prop_assert_eq!(ours.find_all(&text, &never_stop).unwrap(), spans);
        let mut first = Vec::new();
        ours.captures(&text, &mut first).unwrap();
        prop_assert_eq!(first, theirs.captures(&text).map_or(vec![], |caps| utf16_groups(&text, &caps)));
        Ok(())
    });
}

#[test]
fn a_search_from_any_position_is_that_of_the_regex_crate() {
    hold((pattern(), text()), |(pattern, text)| {
        let Some((ours, theirs)) = both(&pattern) else { return Ok(()) };
        for unit in 0..=utf16_len(text.as_bytes()) as u32 + 1 {
            let Some(byte) = to_bytes(&text, unit) else {
                prop_assert!(ours.find_at(&text, unit).is_err() && ours.is_match_at(&text, unit).is_err());
                continue;
            };
            let theirs_found = theirs.find_at(&text, byte);
            let expected = theirs_found.map(|m| (to_utf16(&text, m.start()), to_utf16(&text, m.end())).into());
            prop_assert_eq!(ours.find_at(&text, unit).unwrap(), expected);
            prop_assert_eq!(ours.is_match_at(&text, unit).unwrap(), expected.is_some());
            let mut groups = Vec::new();
            prop_assert_eq!(ours.captures_at(&text, unit, &mut groups).unwrap(), expected.is_some());
            let theirs_groups = theirs.captures_at(&text, byte).map_or(vec![], |caps| utf16_groups(&text, &caps));
            prop_assert_eq!(groups, theirs_groups);
        }
        Ok(())
    });
}

#[test]
fn batches_of_any_size_add_up_to_the_whole() {
    hold((pattern(), text(), 1_usize..5, any::<bool>()), |(pattern, text, max, groups)| {
        let Some((ours, _)) = both(&pattern) else { return Ok(()) };
        let whole = if groups { ours.captures_all(&text, &never_stop) } else { ours.find_all(&text, &never_stop) };
        let (mut cursor, mut out) = (MatchCursor::new(&text[..]).unwrap(), Vec::new());
        while cursor.next_batch(&ours, &text, max, groups, &mut out, &never_stop).unwrap() == Progress::More {}
        prop_assert_eq!(out, whole.unwrap());
        Ok(())
    });
}

#[test]
fn pieces_are_those_of_the_regex_crate() {
    hold((pattern(), text(), 0_usize..5), |(pattern, text, limit)| {
        let Some((ours, theirs)) = both(&pattern) else { return Ok(()) };
        prop_assert_eq!(ours.split(&text, &never_stop).unwrap(), utf16_pieces(&text, theirs.split(&text)));
        let limited = utf16_pieces(&text, theirs.splitn(&text, limit));
        prop_assert_eq!(ours.splitn(&text, limit, &never_stop).unwrap(), limited);
        Ok(())
    });
}

#[test]
fn replacements_are_those_of_the_regex_crate() {
    hold((pattern(), text(), template(), 0_usize..4), |(pattern, text, template, limit)| {
        let Some((ours, theirs)) = both(&pattern) else { return Ok(()) };
        prop_assert_eq!(
            ours.replace(&text, &template, limit, &never_stop).unwrap(),
            theirs.replacen(&text, limit, template.as_str())
        );
        prop_assert_eq!(
            ours.replace_literal(&text, &template, limit, &never_stop).unwrap(),
            theirs.replacen(&text, limit, regex::NoExpand(&template))
        );
        Ok(())
    });
}

#[test]
fn everything_over_bytes_is_as_in_the_regex_crate() {
    hold((pattern(), bytes(), template(), 0_usize..4), |(pattern, bytes, template, limit)| {
        let Some((ours, theirs)) = both_bytes(&pattern) else { return Ok(()) };
        prop_assert_eq!(ours.is_match(&bytes), theirs.is_match(&bytes));
        let all: Vec<u32> = theirs.captures_iter(&bytes).flat_map(|caps| byte_groups(&caps)).collect();
        prop_assert_eq!(ours.captures_all(&bytes, &never_stop).unwrap(), all);
        prop_assert_eq!(ours.split(&bytes, &never_stop).unwrap(), byte_pieces(&bytes, theirs.split(&bytes)));
        let limited = byte_pieces(&bytes, theirs.splitn(&bytes, limit));
        prop_assert_eq!(ours.splitn(&bytes, limit, &never_stop).unwrap(), limited);
        prop_assert_eq!(
            ours.replace(&bytes, template.as_bytes(), limit, &never_stop).unwrap(),
            theirs.replacen(&bytes, limit, template.as_bytes())
        );
        Ok(())
    });
}

#[test]
fn sets_are_those_of_the_regex_crate() {
    hold((prop::collection::vec(pattern(), 0..5), text()), |(patterns, text)| {
        let patterns: Vec<_> = patterns.into_iter().filter(|p| regex::Regex::new(p).is_ok()).collect();
        let ours = RegexSet::new(&patterns, &Options::default()).unwrap();
        let theirs = regex::RegexSet::new(&patterns).unwrap();
        let expected: Vec<u32> = theirs.matches(&text).iter().map(|index| index as u32).collect();
        prop_assert_eq!(ours.is_match(&text), !expected.is_empty());
        prop_assert_eq!(ours.matches(&text), expected.clone());
        let bytes = BytesRegexSet::new(&patterns, &Options::default()).unwrap();
        let theirs = regex::bytes::RegexSet::new(&patterns).unwrap();
        let expected: Vec<u32> = theirs.matches(text.as_bytes()).iter().map(|index| index as u32).collect();
        prop_assert_eq!(bytes.matches(text.as_bytes()), expected);
        Ok(())
    });
}

#[test]
fn every_option_means_what_it_means_in_the_regex_crate() {
    let flags = prop::collection::vec(any::<bool>(), 8);
    hold((pattern(), text(), flags, prop::sample::select(b"\n;a\0".to_vec())), |(pattern, text, flags, line)| {
        let options = Options {
            case_insensitive: flags[0],
            multi_line: flags[1],
            dot_matches_new_line: flags[2],
            swap_greed: flags[3],
            ignore_whitespace: flags[4],
            unicode: flags[5],
            crlf: flags[6],
            octal: flags[7],
            line_terminator: line,
            ..Options::default()
        };
        let theirs = regex::RegexBuilder::new(&pattern)
            .case_insensitive(flags[0])
            .multi_line(flags[1])
            .dot_matches_new_line(flags[2])
            .swap_greed(flags[3])
            .ignore_whitespace(flags[4])
            .unicode(flags[5])
            .crlf(flags[6])
            .octal(flags[7])
            .line_terminator(line)
            .build();
        match (Regex::new(&pattern, &options), theirs) {
            (Ok(ours), Ok(theirs)) => {
                let all: Vec<u32> = theirs.captures_iter(&text).flat_map(|caps| utf16_groups(&text, &caps)).collect();
                prop_assert_eq!(ours.captures_all(&text, &never_stop).unwrap(), all);
            }
            (Err(ours), Err(theirs)) => prop_assert_eq!(ours.to_string(), theirs.to_string()),
            (ours, theirs) => prop_assert!(false, "{:?} here and {:?} there", ours, theirs),
        }
        Ok(())
    });
}

#[test]
fn escaped_text_matches_itself_and_nothing_else() {
    hold((any::<String>(), any::<String>()), |(text, other)| {
        let whole = Regex::new(&format!(r"\A(?:{})\z", ferrule_regex::escape(&text)), &Options::default()).unwrap();
        prop_assert!(whole.is_match(&text));
        prop_assert_eq!(whole.is_match(&other), text == other);
        Ok(())
    });
}

#[test]
fn offsets_agree_with_a_slow_count_in_any_text() {
    hold((any::<String>(), any::<u32>()), |(text, position)| {
        let units: Vec<u16> = text.encode_utf16().collect();
        prop_assert_eq!(utf16_len(text.as_bytes()), units.len());
        let position = position % (units.len() as u32 + 3);
        prop_assert_eq!(byte_offset(&text, position).ok(), to_bytes(&text, position));
        Ok(())
    });
}

#[test]
fn the_inputs_mostly_compile_and_often_match() {
    // Guards the properties above against becoming true of nothing. Deterministic, so it cannot fail by bad luck.
    let mut runner = TestRunner::deterministic();
    let (mut compiled, mut matched, mut repeatedly) = (0, 0, 0);
    for _ in 0..1_000 {
        let pattern = pattern().new_tree(&mut runner).unwrap().current();
        let text = text().new_tree(&mut runner).unwrap().current();
        let Some((ours, _)) = both(&pattern) else { continue };
        let spans = ours.find_all(&text, &never_stop).unwrap();
        let filled = spans.chunks(2).filter(|span| span[0] < span[1]).count();
        compiled += 1;
        matched += usize::from(filled > 0);
        repeatedly += usize::from(filled > 1);
    }
    assert!(compiled > 700 && matched > 200 && repeatedly > 150, "{compiled} {matched} {repeatedly}");
}
