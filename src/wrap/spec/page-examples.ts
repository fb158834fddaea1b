/** The two whole specs of docs/spec.md; a test parses them. */

export const SHORT_EXAMPLE = `wrapper_lib: { name: regex, version: "0.1.0", lang: rust, rust_crate: regex, rust_crate_version: "1.13" }
handle_types:
  - { name: Regex, rust_type: "regex::Regex" }
functions:
  - { name: escape, rust_fn: "regex::escape", params: [{ name: text, type: text }], return: text }
methods:
  - { handle: Regex, name: isMatch, rust_method: is_match, params: [{ name: text, type: text }], return: bool }`

export const FULL_EXAMPLE = `wrapper_lib: { name: semver, version: "0.1.0", lang: rust, rust_crate: semver, rust_crate_version: "1.0.27" }

crate: { features: [std], default_features: false, license: "MIT OR Apache-2.0" }

handle_types:
  - { name: Version, rust_type: "semver::Version", clone: true, required: true }

errors:
  - { rust_type: "semver::Error", code: ERR_SEMVER }

functions:
  - name: parse
    rust_fn: "semver::Version::parse"
    owner: Version
    params: [{ name: text, type: text }]
    return: handle Version
    rust: "(text: &str) -> Result<semver::Version, semver::Error>"
    examples:
      - { call: "Version.parse('1.2.3').toString()", gives: "'1.2.3'" }
      - { call: "Version.parse('one')", throws: ERR_SEMVER }

methods:
  - name: comparePrecedence
    handle: Version
    rust_method: cmp_precedence
    params: [{ name: other, type: handle Version }]
    return: ordering
    rust: "(&self, other: &Self) -> std::cmp::Ordering"
  - name: toString
    handle: Version
    rust_method: to_string
    trait: "std::string::ToString"
    return: text
    rule: display`
