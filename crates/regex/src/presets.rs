//! Patterns everybody needs once, and validators for the same things.
//!
//! They do two different jobs:
//! - A **pattern** ([`Preset::pattern`]) finds candidates inside a longer text. Its source is there to be read and changed.
//!   It knows what a regular expression without look-around can know; each one's documentation says what it lets through.
//! - A **validator** ([`is_email`] and so on) judges a whole string, every rule included, with no newline or other text
//!   around it. To keep only what is right of what a pattern found, ask the validator about each match.
//!
//! All letters and digits here are ASCII. Word boundaries are ASCII too, so that `地址10.0.0.1` has an address in it.
//!
//! # Example
//! ```
//! use ferrule_regex::presets::{Preset, is_ipv4};
//! use ferrule_regex::{Options, Regex};
//!
//! let regex = Regex::new(Preset::Ipv4.pattern(), &Options::default())?;
//! assert!(regex.is_match("listening on 10.0.0.1."));
//! assert!(!regex.is_match("listening on 256.1.1.1"));
//! assert!(is_ipv4("10.0.0.1") && !is_ipv4("10.0.0.1\n"));
//! # Ok::<(), ferrule_regex::Error>(())
//! ```

mod patterns;
mod url;

use std::net::Ipv4Addr;
use std::sync::LazyLock;

use crate::{Options, Regex};

pub use url::is_url;

/// The things there is a pattern and a validator for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Preset {
    /// `name@host.tld`. The pattern checks the form of both sides (see [`is_email`]) and not their lengths as a whole; of
    /// `a..b@c.de` it finds `b@c.de`, which is the part with the right form.
    Email,
    /// `http://` or `https://`, a host, and all that belongs to the URL. The pattern leaves out punctuation at the end
    /// (`see https://a.de/b.`) and keeps parentheses that are closed within it, one level deep. It does not check the port
    /// beyond its number of digits, nor the inside of an IPv6 host.
    Url,
    /// Four decimal numbers from 0 to 255 without leading zeros. The pattern finds none in `256.1.1.1`, `01.2.3.4` or
    /// `1.2.3.4567`; in five numbers (`1.2.3.4.5`) it finds the first four, which no pattern without look-around can avoid.
    Ipv4,
    /// A telephone number of the North American Numbering Plan, with or without `+1`, its parts together or separated by a
    /// blank, `-` or `.`, the area code in parentheses or not.
    PhoneUs,
    /// `#` with 3, 4, 6 or 8 hexadecimal digits. The pattern wants a word boundary after them: nothing in `#12345`.
    HexColor,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 5] = [Self::Email, Self::Url, Self::Ipv4, Self::PhoneUs, Self::HexColor];

    /// The name users know it by: `email`, `url`, `ipv4`, `phoneUs`, `hexColor`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Url => "url",
            Self::Ipv4 => "ipv4",
            Self::PhoneUs => "phoneUs",
            Self::HexColor => "hexColor",
        }
    }

    /// The preset of that name.
    ///
    /// ```
    /// use ferrule_regex::presets::Preset;
    /// assert_eq!(Preset::from_name("phoneUs"), Some(Preset::PhoneUs));
    /// assert_eq!(Preset::from_name("phone"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The source of the search pattern, for [`Options::default`]. It has no groups.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::Email => patterns::EMAIL,
            Self::Url => patterns::URL,
            Self::Ipv4 => patterns::IPV4,
            Self::PhoneUs => patterns::PHONE_US,
            Self::HexColor => patterns::HEX_COLOR,
        }
    }

    /// [`pattern`](Self::pattern) by the preset's name.
    pub fn pattern_of(name: &str) -> Option<&'static str> {
        Self::from_name(name).map(Self::pattern)
    }

    /// Whether the whole string is one of these: the preset's validator.
    pub fn is_valid(self, text: &str) -> bool {
        match self {
            Self::Email => is_email(text),
            Self::Url => is_url(text),
            Self::Ipv4 => is_ipv4(text),
            Self::PhoneUs => is_phone_us(text),
            Self::HexColor => is_hex_color(text),
        }
    }

    /// The pattern of the whole string. `\A` and `\z`, as `^` and `$` change their meaning with `(?m)` and other engines
    /// let `$` stand before a last newline.
    fn anchored(self) -> Regex {
        Regex::new(&format!(r"\A(?:{})\z", self.pattern()), &Options::default()).expect("a preset compiles")
    }
}

/// Whether the string is an e-mail address that can be delivered to over the Internet.
///
/// - Local part: a dot-atom (RFC 5322 §3.2.3), 1 to 64 bytes (RFC 5321 §4.5.3.1.1), so neither a dot at its ends nor two
///   in a row. Quoted local parts (RFC 5321 §4.1.2) are not accepted.
/// - Domain: at least two labels of 1 to 63 letters, digits and hyphens, none with a hyphen at its ends (RFC 1035 §2.3.4,
///   RFC 1123 §2.1), the last of letters only (RFC 3696 §2) or an encoded one (`xn--`, RFC 5890 §2.3.2.1). Address literals (`[10.0.0.1]`) are not accepted.
/// - 254 bytes in all: the longest that fits a path of 256 with its angle brackets (RFC 5321 §4.5.3.1.3; RFC 3696
///   erratum 1690).
///
/// ```
/// use ferrule_regex::presets::is_email;
/// assert!(is_email("first.last+tag@mail.example.org"));
/// assert!(!is_email("a@b"));
/// ```
pub fn is_email(text: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| Preset::Email.anchored());
    text.len() <= 254 && text.find('@').is_some_and(|at| at <= 64) && FORM.is_match(text)
}

/// Whether the string is an IPv4 address in the strict dotted-decimal form: four numbers from 0 to 255 without leading
/// zeros (RFC 6943 §3.1.1; RFC 3986 §3.2.2, `IPv4address`).
///
/// ```
/// use ferrule_regex::presets::is_ipv4;
/// assert!(is_ipv4("192.168.0.1"));
/// assert!(!is_ipv4("256.1.1.1") && !is_ipv4("01.2.3.4"));
/// ```
pub fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// Whether the string is a telephone number of the North American Numbering Plan: `NXX-NXX-XXXX`, where N is 2 to 9 and
/// neither the area code nor the exchange is a service code like 911 (N11), with or without the country code 1
/// (ITU-T E.164; ATIS-0300051, "Central Office Code Assignment Guidelines", and ATIS-0300055 for area codes).
///
/// ```
/// use ferrule_regex::presets::is_phone_us;
/// assert!(is_phone_us("+1 (212) 555-0123") && is_phone_us("2125550123"));
/// assert!(!is_phone_us("112-555-0123") && !is_phone_us("212-155-0123"));
/// ```
pub fn is_phone_us(text: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| Preset::PhoneUs.anchored());
    FORM.is_match(text)
}

/// Whether the string is a hexadecimal colour: `#` with 3, 4, 6 or 8 hexadecimal digits (CSS Color Module Level 4 §5.2).
///
/// ```
/// use ferrule_regex::presets::is_hex_color;
/// assert!(is_hex_color("#09f") && is_hex_color("#0099FF80"));
/// assert!(!is_hex_color("#0099f") && !is_hex_color("09f"));
/// ```
pub fn is_hex_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}
