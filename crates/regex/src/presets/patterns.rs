//! The sources of the presets. `(?x)` lets them be laid out; `(?-u:\b)` is the ASCII word boundary.

/// Dot-atom, `@`, labels, a last label of letters or an encoded one. See [`is_email`](super::is_email) for the rules.
pub(super) const EMAIL: &str = r"(?x)
    [A-Za-z0-9!\#$%&'*+/=?^_`{|}~-]+ (?: \. [A-Za-z0-9!\#$%&'*+/=?^_`{|}~-]+ )*
    @
    (?: [A-Za-z0-9] (?: [A-Za-z0-9-]{0,61} [A-Za-z0-9] )? \. )+
    (?: [Xx][Nn]-- (?: [A-Za-z0-9-]{0,58} [A-Za-z0-9] ) | [A-Za-z]{2,63} )
    (?-u:\b)";

/// Scheme, host, port, then path, query and fragment of RFC 3986 characters (Appendix A: `pchar`, `/`, `?`), the last of
/// which is no punctuation unless it closes a parenthesis opened within.
pub(super) const URL: &str = r"(?x)
    (?-u:\b) [Hh][Tt][Tt][Pp][Ss]? ://
    (?:
        (?: (?: 25[0-5] | 2[0-4][0-9] | 1[0-9]{2} | [1-9]?[0-9] ) \. ){3}
        (?: 25[0-5] | 2[0-4][0-9] | 1[0-9]{2} | [1-9]?[0-9] ) (?-u:\b)
      | (?: [A-Za-z0-9] (?: [A-Za-z0-9-]{0,61} [A-Za-z0-9] )? \. )*
        [A-Za-z] (?: [A-Za-z0-9-]{0,61} [A-Za-z0-9] )? (?-u:\b)
      | \[ [0-9A-Fa-f:.]{2,45} \]
    )
    (?: : [0-9]{1,5} (?-u:\b) )?
    (?:
        [/?\#]
        (?:
            [A-Za-z0-9\-_~@\$&*+=/?:.,;!'\#]
          | % [0-9A-Fa-f]{2}
          | \( (?: [A-Za-z0-9\-_~@\$&*+=/?:.,;!'\#] | % [0-9A-Fa-f]{2} )* \)
        )*
        (?:
            [A-Za-z0-9\-_~@\$&*+=/\#]
          | % [0-9A-Fa-f]{2}
          | \( (?: [A-Za-z0-9\-_~@\$&*+=/?:.,;!'\#] | % [0-9A-Fa-f]{2} )* \)
        )
      | /
    )?";

/// Four numbers from 0 to 255 without leading zeros, between word boundaries.
pub(super) const IPV4: &str = r"(?x)
    (?-u:\b)
    (?: (?: 25[0-5] | 2[0-4][0-9] | 1[0-9]{2} | [1-9]?[0-9] ) \. ){3}
    (?: 25[0-5] | 2[0-4][0-9] | 1[0-9]{2} | [1-9]?[0-9] )
    (?-u:\b)";

/// Country code or none, area code, exchange, line number. The boundary before the first digit must stand where a digit
/// can follow a non-word character, hence the two alternatives.
pub(super) const PHONE_US: &str = r"(?x)
    (?:
        (?: \+ | (?-u:\b) ) 1 [-.\ ]? (?: \( [2-9] (?: [02-9][0-9] | 1[02-9] ) \) \ ? | [2-9] (?: [02-9][0-9] | 1[02-9] ) [-.\ ]? )
      | (?: \( [2-9] (?: [02-9][0-9] | 1[02-9] ) \) \ ? | (?-u:\b) [2-9] (?: [02-9][0-9] | 1[02-9] ) [-.\ ]? )
    )
    [2-9] (?: [02-9][0-9] | 1[02-9] )
    [-.\ ]? [0-9]{4} (?-u:\b)";

/// `#` and 8, 6, 4 or 3 hexadecimal digits up to a word boundary.
pub(super) const HEX_COLOR: &str = r"(?x)
    \# (?: [0-9A-Fa-f]{8} | [0-9A-Fa-f]{6} | [0-9A-Fa-f]{3,4} ) (?-u:\b)";
