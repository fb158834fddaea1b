//! What the presets find and what their validators accept.

use ferrule_regex::presets::{Preset, is_email, is_hex_color, is_ipv4, is_phone_us, is_url};
use ferrule_regex::{Options, Regex, never_stop};
use proptest::prelude::*;

fn found(preset: Preset, text: &str) -> Vec<String> {
    assert!(text.is_ascii(), "offsets are used as byte offsets here");
    let spans = Regex::new(preset.pattern(), &Options::default()).unwrap().find_all(text, &never_stop).unwrap();
    spans.chunks(2).map(|span| text[span[0] as usize..span[1] as usize].to_owned()).collect()
}

fn all(validator: fn(&str) -> bool, right: &[&str], wrong: &[&str]) {
    for text in right {
        assert!(validator(text), "{text:?} is right");
        for (before, after) in [("\n", ""), ("", "\n"), (" ", ""), ("", " "), ("x\n", "\nx")] {
            let around = format!("{before}{text}{after}");
            assert!(!validator(&around), "{around:?} has something around it");
        }
    }
    for text in wrong {
        assert!(!validator(text), "{text:?} is wrong");
    }
}

#[test]
fn ipv4_addresses_have_four_numbers_up_to_255_without_leading_zeros() {
    all(
        is_ipv4,
        &["0.0.0.0", "255.255.255.255", "192.168.0.1"],
        &["256.1.1.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "1.2.3.", "not.an.ip", "", "1.2.3.-4", "+1.2.3.4", "1.2.3.٤"],
    );
    for number in 0..=999 {
        let text = format!("{number}.{number}.0.{number}");
        assert_eq!(is_ipv4(&text), number <= 255, "{text}");
        assert_eq!(found(Preset::Ipv4, &text).len(), usize::from(number <= 255), "{text}");
    }
}

#[test]
fn ipv4_search_finds_addresses_in_text_and_none_in_impossible_ones() {
    assert_eq!(found(Preset::Ipv4, "from 10.0.0.1:80 to (10.0.0.255)."), ["10.0.0.1", "10.0.0.255"]);
    for text in ["256.1.1.1", "1.1.1.256", "01.2.3.4", "1.2.3.4567", "v1.2.3.4", "1.2.3.4x"] {
        assert!(found(Preset::Ipv4, text).is_empty(), "{text}");
    }
    let regex = Regex::new(Preset::Ipv4.pattern(), &Options::default()).unwrap();
    assert!(regex.is_match("地址10.0.0.1在"));
    assert_eq!(found(Preset::Ipv4, "1.2.3.4.5"), ["1.2.3.4"], "as documented");
}

#[test]
fn email_addresses_follow_the_rules_of_their_two_sides() {
    let local64 = format!("{}@example.com", "l".repeat(64));
    let label63 = format!("a@{}.com", "d".repeat(63));
    let domain = |last: usize| format!("{}.{}.{}.com", "d".repeat(63), "d".repeat(63), "d".repeat(last));
    let total254 = format!("{}@{}", "l".repeat(64), domain(254 - 64 - 1 - 64 - 64 - 4));
    assert_eq!(total254.len(), 254);
    all(
        is_email,
        &[
            "user@example.com",
            "first.last+tag@sub.domain.org",
            "o'neil@x-y.de",
            "a@b.xn--p1ai",
            &local64,
            &label63,
            &total254,
        ],
        &[
            "a@b",
            "missing@domain",
            "plain",
            "@x.de",
            "a@",
            "a@@b.de",
            ".a@b.de",
            "a.@b.de",
            "a..b@c.de",
            "a@.de",
            "a@b..de",
            "a@-b.de",
            "a@b-.de",
            "a@b.c",
            "a@b.123",
            "a@b.de.",
            "a b@c.de",
            "é@b.de",
            "a@1.2.3.4",
            "a@[1.2.3.4]",
            &format!("l{local64}"),
            &label63.replace('@', "@d"),
            &total254.replace(".com", ".info"),
        ],
    );
}

#[test]
fn email_search_finds_addresses_in_text() {
    assert_eq!(found(Preset::Email, "Ask <a.b@c.de>, or me@x.co.uk. Not a@b or x@y.c1."), ["a.b@c.de", "me@x.co.uk"]);
}

#[test]
fn urls_have_a_real_host_and_port() {
    let label64 = format!("http://{}.com", "d".repeat(64));
    all(
        is_url,
        &[
            "http://example.com",
            "https://example.com/",
            "HTTPS://EXAMPLE.com:443/a/b.html?q=1&r=%20#top",
            "http://localhost:3000",
            "http://127.0.0.1:65535/x",
            "http://[::1]:8080/",
            "http://[2001:db8::1]",
            "http://example.com./",
            "http://a?b",
            "http://a#b",
            "https://en.wikipedia.org/wiki/Rust_(x)",
            "http://xn--nxasmq6b.com",
        ],
        &[
            "ftp://example.com",
            "plain text",
            "http://",
            "http:///x",
            "http://256.1.1.1/",
            "http://1.2.3/",
            "http://1.2.3.4.5",
            "http://01.2.3.4",
            "http://example.com:",
            "http://example.com:0",
            "http://example.com:65536",
            "http://example.com:+80",
            "http://user:pw@example.com",
            "http://-a.com",
            "http://a-.com",
            "http://a..b",
            "http://.",
            "http://a_b.com",
            "http://[::g]",
            "http://[::1",
            "http://[fe80::1%25eth0]",
            "http://é.com",
            "http://a.com/é",
            "http://a.com/%2",
            "http://a.com/%zz",
            "http://a.com/a#b#c",
            "http://a.com/<x>",
            "https//a.com",
            &label64,
            "http://[::1]x",
            "xhttp://a.com",
            "http://a.com\\b",
        ],
    );
}

#[test]
fn url_search_leaves_sentence_punctuation_out() {
    assert_eq!(
        found(
            Preset::Url,
            "See https://a.de/b?c=1., (http://x.org) or <http://localhost:80/>; http://256.1.1.1/ xhttp://no.de https://b.de/c_(d)!"
        ),
        ["https://a.de/b?c=1", "http://x.org", "http://localhost:80/", "https://b.de/c_(d)"]
    );
    for url in found(Preset::Url, "http://[::1]/a http://1.2.3.4/ https://a.b.c:1/?x#y") {
        assert!(is_url(&url), "{url}");
    }
}

#[test]
fn us_phone_numbers_follow_the_numbering_plan() {
    all(
        is_phone_us,
        &[
            "212-555-0123",
            "2125550123",
            "(212) 555-0123",
            "(212)555.0123",
            "+1 212 555 0123",
            "1-212-555-0123",
            "+12125550123",
            "1 (212) 555-0123",
        ],
        &[
            "112-555-0123",
            "012-555-0123",
            "212-155-0123",
            "212-055-0123",
            "911-555-0123",
            "212-911-0123",
            "212-555-012",
            "212-555-01234",
            "22125550123",
            "+2 212 555 0123",
            "(212 555-0123",
            "555-0123",
            "",
            "212--555-0123",
        ],
    );
    assert_eq!(
        found(Preset::PhoneUs, "call 212-555-0123, (415) 555-0199 or +1 646.555.0100."),
        ["212-555-0123", "(415) 555-0199", "+1 646.555.0100"]
    );
    assert!(found(Preset::PhoneUs, "order 9921255501234").is_empty());
}

#[test]
fn hex_colours_have_3_4_6_or_8_digits() {
    for length in 0..12 {
        let text = format!("#{}", &"0aF9bC123456"[..length]);
        let right = matches!(length, 3 | 4 | 6 | 8);
        assert_eq!(is_hex_color(&text), right, "{text}");
        assert_eq!(found(Preset::HexColor, &format!("color: {text};")).len(), usize::from(right), "{text}");
    }
    all(is_hex_color, &["#09f", "#0099FF80"], &["09f", "#ggg", "##fff", "#ff", "#fff0f"]);
}

#[test]
fn every_preset_is_found_by_its_name_and_finds_its_own_example() {
    let examples = ["a@b.de", "http://a.de/", "1.2.3.4", "212-555-0123", "#fff"];
    for (preset, example) in Preset::ALL.into_iter().zip(examples) {
        assert_eq!(Preset::from_name(preset.name()), Some(preset));
        assert_eq!(found(preset, example), [example]);
        for other in Preset::ALL {
            assert_eq!(other.is_valid(example), other == preset, "{other:?} on {example}");
        }
        assert_eq!(Regex::new(preset.pattern(), &Options::default()).unwrap().group_count(), 1);
    }
}

/// The pattern with nothing before and after it.
fn whole(preset: Preset) -> Regex {
    Regex::new(&format!(r"\A(?:{})\z", preset.pattern()), &Options::default()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn ipv4_pattern_and_validator_agree(text in "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}|[0-9.]{0,12}") {
        prop_assert_eq!(whole(Preset::Ipv4).is_match(&text), is_ipv4(&text));
    }

    #[test]
    fn hex_colour_pattern_and_validator_agree(text in "#?[0-9a-gA-G]{0,9}") {
        prop_assert_eq!(whole(Preset::HexColor).is_match(&text), is_hex_color(&text));
    }

    #[test]
    fn no_email_address_breaks_the_rules_that_can_be_told_apart_from_the_pattern(text in "[a.@-]{0,6}[a-c.@-]{0,8}\\.?[a-z]{0,3}") {
        let follows = text.split_once('@').is_some_and(|(local, domain)| {
            let atoms_are_right = local.split('.').all(|atom| !atom.is_empty());
            let labels: Vec<_> = domain.split('.').collect();
            let label_is_right = |label: &&str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
            let last = labels[labels.len() - 1];
            atoms_are_right
                && labels.len() >= 2
                && labels.iter().all(|label| label_is_right(label) && !label.contains('@'))
                && last.len() >= 2
                && last.bytes().all(|b| b.is_ascii_alphabetic())
        });
        prop_assert_eq!(is_email(&text), follows, "{}", text);
    }
}
