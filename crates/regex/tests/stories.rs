//! What the engine does, told case by case.

use ferrule_regex::{
    BytesRegex, BytesRegexSet, Error, MatchCursor, Options, PatternCache, PatternCacheBounds, Progress, Regex,
    RegexSet, Stop, Template, UNMATCHED, byte_offset, never_stop, utf16_len,
};
use std::cell::Cell;
use std::sync::Arc;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern, &Options::default()).unwrap()
}

fn bytes_regex(pattern: &str) -> BytesRegex {
    BytesRegex::new(pattern, &Options::default()).unwrap()
}

fn pieces<'t>(text: &'t str, spans: &[u32]) -> Vec<&'t str> {
    let byte = |unit| byte_offset(text, unit).unwrap();
    spans.chunks(2).map(|span| &text[byte(span[0])..byte(span[1])]).collect()
}

mod faults_of_the_earlier_system {
    use super::*;

    #[test]
    fn a_bad_pattern_is_an_error_with_text_and_place_and_never_a_silent_no_match() {
        let Err(Error::Syntax { message, detail, start, end, index }) = Regex::new("[invalid", &Options::default())
        else {
            panic!("expected a syntax error");
        };
        assert_eq!((detail.as_str(), start, end, index), ("unclosed character class", 0, 1, 0));
        assert!(message.contains("[invalid\n    ^"), "{message}");
    }

    #[test]
    fn no_match_differs_from_one_empty_match() {
        assert_eq!(regex("x").find("").unwrap(), None);
        assert_eq!(regex("").find("").unwrap(), Some((0, 0).into()));
        assert_eq!(regex("x").find_all("", &never_stop).unwrap(), []);
        assert_eq!(regex("").find_all("", &never_stop).unwrap(), [0, 0]);
    }

    #[test]
    fn a_match_that_holds_a_newline_stays_one_match() {
        let text = "a\nb a\nb";
        assert_eq!(pieces(text, &regex(r"a\nb").find_all(text, &never_stop).unwrap()), ["a\nb", "a\nb"]);
        assert_eq!(pieces("1\n2,3", &regex(",").split("1\n2,3", &never_stop).unwrap()), ["1\n2", "3"]);
    }

    #[test]
    fn an_unmatched_group_differs_from_an_empty_one() {
        let mut groups = Vec::new();
        assert!(regex("(a)?(b*)c").captures("c", &mut groups).unwrap());
        assert_eq!(groups, [0, 1, UNMATCHED, UNMATCHED, 0, 0]);
    }

    #[test]
    fn finding_all_gives_all_and_not_the_first() {
        let text = "a1 b22 c333";
        assert_eq!(pieces(text, &regex(r"\d+").find_all(text, &never_stop).unwrap()), ["1", "22", "333"]);
    }
}

mod behaviours_of_the_earlier_system {
    use super::*;

    #[test]
    fn captures_the_whole_and_each_group_and_nothing_without_a_match() {
        let mut groups = Vec::new();
        assert!(regex(r"(\d+)-(\d+)").captures("12-345", &mut groups).unwrap());
        assert_eq!(pieces("12-345", &groups), ["12-345", "12", "345"]);
        groups.clear();
        assert!(!regex(r"(\d+)-(\d+)").captures("none", &mut groups).unwrap());
        assert!(groups.is_empty());
    }

    #[test]
    fn replaces_the_first_only_or_all_or_returns_the_input_untouched() {
        let digits = regex(r"\d");
        assert_eq!(digits.replace("a1b2", "#", 1, &never_stop).unwrap(), "a#b2");
        assert_eq!(digits.replace("a1b2", "#", 0, &never_stop).unwrap(), "a#b#");
        let untouched = digits.replace("ab", "#", 0, &never_stop).unwrap();
        assert!(matches!(untouched, std::borrow::Cow::Borrowed("ab")));
    }

    #[test]
    fn splits_by_blanks_and_by_digits() {
        let split = |pattern, text| pieces(text, &regex(pattern).split(text, &never_stop).unwrap()).join("|");
        assert_eq!(split(r"\s+", "one two  three"), "one|two|three");
        assert_eq!(split(r"\d+", "a1b22c"), "a|b|c");
    }

    #[test]
    fn knows_boundaries_optional_parts_and_alternatives() {
        assert!(regex(r"\bcat\b").is_match("a cat sat") && !regex(r"\bcat\b").is_match("category"));
        assert!(regex(r"\Acolou?r\z").is_match("color") && regex(r"\Acolou?r\z").is_match("colour"));
        assert!(regex("cat|dog").is_match("hotdog"));
    }
}

mod offsets {
    use super::*;

    #[test]
    fn count_utf16_units_after_astral_characters() {
        assert_eq!(regex("z").find("😀é€z").unwrap(), Some((4, 5).into()));
        assert_eq!(regex(".").find_all("😀z", &never_stop).unwrap(), [0, 2, 2, 3]);
    }

    #[test]
    fn of_groups_may_go_backwards() {
        let mut groups = Vec::new();
        assert!(regex("(?:(é)|(😀))+").captures("xé😀é", &mut groups).unwrap());
        assert_eq!(groups, [1, 5, 4, 5, 2, 4]);
        let all = regex("(?:(é)|(😀))+").captures_all("xé😀é é", &never_stop).unwrap();
        assert_eq!(all, [1, 5, 4, 5, 2, 4, 6, 7, 6, 7, UNMATCHED, UNMATCHED]);
    }

    #[test]
    fn past_the_end_or_inside_a_surrogate_pair_are_refused() {
        let a = regex("");
        assert_eq!(a.find_at("é😀", 4), Err(Error::OutOfRange { position: 4, length: Some(3) }));
        assert_eq!(a.find_at("é😀", 2), Err(Error::OutOfRange { position: 2, length: None }));
        assert_eq!(a.find_at("é😀", 3).unwrap(), Some((3, 3).into()));
        assert_eq!(a.is_match_at("é", 2), Err(Error::OutOfRange { position: 2, length: Some(1) }));
        assert!(a.captures_at("é", 2, &mut Vec::new()).is_err());
        assert!(MatchCursor::at("😀", 1).is_err());
        assert_eq!(bytes_regex("").find_at(b"ab", 3), Err(Error::OutOfRange { position: 3, length: Some(2) }));
    }

    #[test]
    fn of_every_position_agree_with_a_slow_count_across_chunk_borders() {
        let text: String = (0..400).map(|i| ['a', 'é', '€', '😀'][i * 7 % 5 % 4]).collect();
        let mut unit = 0;
        for (byte, c) in text.char_indices() {
            assert_eq!(byte_offset(&text, unit as u32), Ok(byte));
            assert_eq!(utf16_len(&text.as_bytes()[..byte]), unit);
            if c.len_utf16() == 2 {
                assert!(byte_offset(&text, unit as u32 + 1).is_err());
            }
            unit += c.len_utf16();
        }
        assert_eq!(byte_offset(&text, unit as u32), Ok(text.len()));
        assert_eq!(
            byte_offset(&text, unit as u32 + 1),
            Err(Error::OutOfRange { position: unit as u32 + 1, length: Some(unit as u32) })
        );
    }

    #[test]
    fn keep_what_stands_before_the_start_as_context() {
        assert_eq!(regex(r"\bb").find_at("ab b", 1).unwrap(), Some((3, 4).into()));
        assert!(!regex("^").is_match_at("ab", 1).unwrap());
    }

    #[test]
    #[cfg(target_pointer_width = "64")]
    fn that_would_not_fit_32_bits_are_refused_before_the_search() {
        // Zeroed memory is not touched before it is read, and the length is looked at first.
        let huge = vec![0_u8; u32::MAX as usize];
        let too_long = Error::TooLong { length: u32::MAX as usize };
        let any = bytes_regex("(?-u:.)");
        assert_eq!(any.find(&huge), Err(too_long.clone()));
        assert_eq!(any.find_all(&huge, &never_stop), Err(too_long.clone()));
        assert_eq!(any.split(&huge, &never_stop), Err(too_long.clone()));
        assert_eq!(MatchCursor::new(&huge[..]).unwrap_err(), too_long);
        assert_eq!(any.find(&huge[1..]).unwrap(), Some((0, 1).into()));
    }
}

mod iteration {
    use super::*;

    #[test]
    fn leaves_out_an_empty_match_right_after_a_match_and_never_splits_a_code_point() {
        assert_eq!(regex("a*").find_all("aab", &never_stop).unwrap(), [0, 2, 3, 3]);
        assert_eq!(regex("").find_all("é😀", &never_stop).unwrap(), [0, 0, 1, 1, 3, 3]);
        assert_eq!(bytes_regex("").find_all("é".as_bytes(), &never_stop).unwrap(), [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn in_batches_gives_what_it_gives_at_once() {
        let (regex, text) = (regex("(é)|a?"), "aé😀aé éé");
        let whole = regex.captures_all(text, &never_stop).unwrap();
        for max in 1..9 {
            let (mut cursor, mut out) = (MatchCursor::new(text).unwrap(), Vec::new());
            while cursor.next_batch(&regex, text, max, true, &mut out, &never_stop).unwrap() == Progress::More {}
            assert_eq!(out, whole, "batches of {max}");
            assert!(cursor.is_done());
        }
    }

    #[test]
    fn stopped_keeps_what_was_found_and_goes_on_later() {
        let (regex, text) = (regex("é"), "éééé");
        let (mut cursor, mut out) = (MatchCursor::new(text).unwrap(), Vec::new());
        let left = Cell::new(2);
        let twice = || if left.replace(left.get() - 1) > 0 { Ok(()) } else { Err(Stop) };
        assert_eq!(cursor.next_batch(&regex, text, 9, false, &mut out, &twice), Err(Error::Stopped));
        assert_eq!(out, [0, 1, 1, 2]);
        assert_eq!(cursor.next_batch(&regex, text, 9, false, &mut out, &never_stop), Ok(Progress::Done));
        assert_eq!(out, [0, 1, 1, 2, 2, 3, 3, 4]);
    }

    #[test]
    fn of_every_kind_can_be_stopped_before_its_first_search() {
        let (a, stop) = (regex("a"), || Err(Stop));
        assert_eq!(a.find_all("a", &stop), Err(Error::Stopped));
        assert_eq!(a.captures_all("a", &stop), Err(Error::Stopped));
        assert_eq!(a.count("a", &stop), Err(Error::Stopped));
        assert_eq!(a.split("a", &stop), Err(Error::Stopped));
        assert_eq!(a.replace("a", "b", 0, &stop), Err(Error::Stopped));
        assert_eq!(a.replace_literal("a", "b", 0, &stop), Err(Error::Stopped));
    }

    #[test]
    #[should_panic(expected = "the one haystack it was made for")]
    fn over_another_haystack_panics() {
        let mut cursor = MatchCursor::new("abc").unwrap();
        let _ = cursor.next_batch(&regex("a"), "ab", 1, false, &mut Vec::new(), &never_stop);
    }

    #[test]
    fn of_groups_beyond_the_inline_slots_works() {
        let many = regex(&"(a)".repeat(20));
        let text = format!("é{}", "a".repeat(20));
        let mut groups = Vec::new();
        assert!(many.captures(&text, &mut groups).unwrap());
        assert_eq!(groups.len(), 42);
        assert_eq!(groups[..4], [1, 21, 1, 2]);
        assert_eq!(groups[40..], [20, 21]);
    }
}

mod compilation {
    use super::*;

    fn with(change: impl FnOnce(&mut Options)) -> Options {
        let mut options = Options::default();
        change(&mut options);
        options
    }

    #[test]
    fn follows_every_flag() {
        let matches =
            |pattern: &str, options: Options, text: &str| Regex::new(pattern, &options).unwrap().is_match(text);
        assert!(matches("É", with(|o| o.case_insensitive = true), "é"));
        assert!(matches("^b$", with(|o| o.multi_line = true), "a\nb\nc"));
        assert!(matches("a.b", with(|o| o.dot_matches_new_line = true), "a\nb"));
        assert!(matches("a b # c", with(|o| o.ignore_whitespace = true), "ab"));
        assert!(matches(r"\141", with(|o| o.octal = true), "a"));
        assert!(matches("(?m)^a$", with(|o| o.crlf = true), "a\r\nb"));
        assert!(!matches("(?m)^a$", Options::default(), "a\r\nb"));
        assert!(matches("(?m)^b$", with(|o| o.line_terminator = b';'), "a;b;c"));
        assert!(!matches(r"\w", with(|o| o.unicode = false), "é"));
        let lazy = Regex::new("a+", &with(|o| o.swap_greed = true)).unwrap();
        assert_eq!(lazy.find("aaa").unwrap(), Some((0, 1).into()));
    }

    #[test]
    fn refuses_a_text_pattern_that_would_match_half_a_code_point_and_allows_it_over_bytes() {
        assert!(matches!(Regex::new(r"(?-u)\xFF", &Options::default()), Err(Error::Syntax { start: 5, end: 9, .. })));
        assert_eq!(bytes_regex(r"(?-u)\xFF").find(b"a\xFF").unwrap(), Some((1, 2).into()));
    }

    #[test]
    fn names_the_limit_that_a_pattern_exceeded() {
        let error = Regex::new(r"\w{100}", &with(|o| o.size_limit = 1_000)).unwrap_err();
        assert!(matches!(error, Error::TooBig { limit: Some(1_000), .. }), "{error:?}");
        assert!(error.to_string().contains("limit of 1000 bytes"));
    }

    #[test]
    fn limits_nesting_and_refuses_a_limit_beyond_the_ceiling() {
        let nested = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert!(matches!(Regex::new(&nested(251), &Options::default()), Err(Error::Syntax { .. })));
        assert!(Regex::new(&nested(249), &Options::default()).unwrap().is_match("a"));
        let beyond = with(|o| o.nest_limit = Options::NEST_LIMIT_MAX + 1);
        assert_eq!(Regex::new("a", &beyond).unwrap_err(), Error::NestLimit { nest_limit: 1_001, max: 1_000 });
    }

    #[test]
    fn of_the_deepest_patterns_does_not_use_up_the_callers_stack() {
        let deepest = with(|o| o.nest_limit = Options::NEST_LIMIT_MAX);
        // The shapes that take most stack per level; each is just within the limit, as the errors one step on show.
        let shapes: [(&str, &str, usize); 4] =
            [("(", ")", 1_000), ("(?:", "b)+", 333), ("(", "?b|c)*?", 200), ("(", "{0,1}b|c){1}", 200)];
        std::thread::Builder::new()
            .stack_size(1 << 20)
            .spawn(move || {
                let text = format!("a{}c", "b".repeat(333));
                for (open, close, depth) in shapes {
                    let nested = |depth: usize| format!("{}a{}", open.repeat(depth), close.repeat(depth));
                    let regex = Regex::new(&nested(depth), &deepest).unwrap();
                    assert!(regex.is_match(&text), "{open}{close}");
                    let set = RegexSet::new(&[nested(depth), "b".into()], &deepest).unwrap();
                    assert_eq!(set.matches(&text), [0, 1], "{open}{close}");
                    let beyond = Regex::new(&nested(depth + 1), &deepest).unwrap_err();
                    assert!(matches!(beyond, Error::Syntax { .. }), "{open}{close}: {beyond:?}");
                }
            })
            .unwrap()
            .join()
            .unwrap();
    }

    #[test]
    fn reports_memory_that_grows_with_the_pattern() {
        assert!(regex(r"\w{50}").memory_usage() > regex("a").memory_usage());
    }

    #[test]
    fn is_shared_between_threads() {
        let shared = Arc::new(regex(r"\d+"));
        let threads: Vec<_> = (0..4)
            .map(|i| {
                let regex = Arc::clone(&shared);
                std::thread::spawn(move || regex.count(&"1 ".repeat(i * 10), &never_stop).unwrap())
            })
            .collect();
        let counts: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(counts, [0, 10, 20, 30]);
    }
}

mod templates {
    use super::*;

    #[test]
    fn read_names_numbers_braces_and_dollars_as_documented() {
        let date = regex(r"(?<y>\d+)-(?<m>\d+)");
        let filled = |template: &str| date.replace("2026-11", template, 0, &never_stop).unwrap().into_owned();
        assert_eq!(filled("$m/$y"), "11/2026");
        assert_eq!(filled("${m}th $2 $0"), "11th 11 2026-11");
        assert_eq!(filled("$$1 $ ${ $- é"), "$1 $ ${ $- é");
        assert_eq!(filled("[$nobody][$1a][$9]"), "[][][]");
    }

    #[test]
    fn strict_names_the_first_unknown_group() {
        let one = regex("(?<a>.)");
        let refused = |template| match Template::strict(&one, template) {
            Err(Error::Group { reference }) => reference,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused("$a $2 $b"), "2");
        assert_eq!(refused("${b c}"), "b c");
        assert!(Template::strict(&one, "$0 $1 $a $$b").is_ok());
    }

    #[test]
    fn work_on_bytes_that_are_no_text() {
        let re = bytes_regex(r"(?-u)(\xFF)(.)");
        assert_eq!(*re.replace(b"a\xFFb", b"$2\xFE$1", 0, &never_stop).unwrap(), *b"ab\xFE\xFF");
    }
}

mod sets {
    use super::*;

    #[test]
    fn name_the_patterns_that_match_in_ascending_order() {
        let set = RegexSet::new(&["b", "x", "a", ""], &Options::default()).unwrap();
        assert_eq!(set.matches("ab"), [0, 2, 3]);
        assert_eq!(set.len(), 4);
        assert_eq!(set.patterns().collect::<Vec<_>>(), ["b", "x", "a", ""]);
        let bytes = BytesRegexSet::new(&[r"(?-u:\xFF)", "a"], &Options::default()).unwrap();
        assert_eq!(bytes.matches(b"\xFF"), [0]);
    }

    #[test]
    fn without_patterns_match_nothing() {
        let set = RegexSet::new::<&str>(&[], &Options::default()).unwrap();
        assert!(set.is_empty() && !set.is_match("a") && set.matches("a").is_empty());
    }

    #[test]
    fn say_which_pattern_is_wrong() {
        let error = RegexSet::new(&["a", "é(", "["], &Options::default()).unwrap_err();
        assert!(matches!(error, Error::Syntax { index: 1, start: 1, end: 2, .. }), "{error:?}");
    }
}

mod the_cache {
    use super::*;

    #[test]
    fn keeps_the_patterns_used_last() {
        let mut cache = PatternCache::<str>::new(PatternCacheBounds { entries: 2, ..Default::default() });
        let options = Options::default();
        let a = cache.get("a", &options).unwrap();
        cache.get("b", &options).unwrap();
        assert!(Arc::ptr_eq(&a, &cache.get("a", &options).unwrap()));
        cache.get("c", &options).unwrap();
        assert!(Arc::ptr_eq(&a, &cache.get("a", &options).unwrap()), "used after b, so b had to go");
        assert_eq!(cache.len(), 2);
    }

    #[test]
    fn tells_options_apart() {
        let mut cache = PatternCache::<str>::default();
        assert!(!cache.get("a", &Options::default()).unwrap().is_match("A"));
        let insensitive = Options { case_insensitive: true, ..Options::default() };
        assert!(cache.get("a", &insensitive).unwrap().is_match("A"));
        assert_eq!(cache.len(), 2);
    }

    #[test]
    fn stays_within_its_memory_and_does_not_keep_what_is_larger() {
        let options = Options::default();
        let one = regex("aaaa").memory_usage();
        let mut cache = PatternCache::<str>::new(PatternCacheBounds { entries: 64, bytes: 3 * one });
        for c in 'a'..='z' {
            cache.get(&c.to_string().repeat(4), &options).unwrap();
            assert!(cache.memory_usage() <= 3 * one);
        }
        assert!(!cache.is_empty());
        let kept = cache.len();
        assert!(cache.get(r"\w{50}", &options).unwrap().is_match(&"w".repeat(50)));
        assert_eq!(cache.len(), kept);
        cache.clear();
        assert_eq!((cache.len(), cache.memory_usage()), (0, 0));
    }

    #[test]
    fn does_not_remember_errors() {
        let mut cache = PatternCache::<str>::default();
        assert!(cache.get("(", &Options::default()).is_err());
        assert!(cache.is_empty());
    }
}
