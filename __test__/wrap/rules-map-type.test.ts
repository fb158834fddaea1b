import { describe, expect, it } from 'vitest'
import { parseSignature, parseType, printType } from '../../src/wrap/model/text.js'
import { boundaryText, mapType, typescriptText } from '../../src/wrap/rules/map-type.js'
import { isRefusal, type Direction, type NamedType, type World } from '../../src/wrap/rules/mapping.js'

const named = (kind: NamedType['kind'], rust: string, more: Partial<NamedType> = {}): [string, NamedType] => [
  rust,
  {
    kind,
    name: rust.slice(rust.lastIndexOf(':') + 1).replaceAll(/[^A-Za-z]/gu, ''),
    rustType: parseType(rust),
    ...more,
  },
]

const world: World = {
  named: new Map([
    named('handle', 'demo::Version', { clone: true }),
    named('handle', 'demo::Session', { clone: false }),
    named('record', 'demo::Point'),
    named('record', 'demo::Match', { view: true }),
    named('enum', 'demo::Weekday'),
    named('error', 'demo::Error'),
    ['demo::Graph<f64>', { kind: 'handle', name: 'NumberGraph', rustType: parseType('demo::Graph<f64>') }],
  ]),
  self: parseType('demo::Version'),
}

/** `spec text | TypeScript | rule`, or `refused: rule`. */
function decide(rust: string, direction: Direction, generics = ''): string {
  const parameters = generics === '' ? [] : parseSignature(`${generics}()`).generics
  const m = mapType(parseType(rust), direction, world, { generics: parameters })
  return isRefusal(m) ? `refused: ${m.rule}` : `${boundaryText(m)} | ${typescriptText(m)} | ${m.rule}`
}

const both: [rust: string, expected: string][] = [
  ['bool', 'boolean | boolean | boolean'],
  ['u8', 'u8 | number | number'],
  ['f32', 'f32 | number | number'],
  ['i64', 'i64 | number | wide-number'],
  ['usize', 'usize | number | wide-number'],
  ['u128', 'u128 | bigint | bigint'],
  ['std::num::NonZeroU32', 'NonZeroU32 | number | nonzero'],
  ['std::num::NonZero<u16>', 'NonZeroU16 | number | nonzero'],
  ['char', 'char | string | text'],
  ['&str', 'text | string | text'],
  ['std::string::String', 'text | string | text'],
  ['std::borrow::Cow<str>', 'text | string | text'],
  ['std::sync::Arc<str>', 'text | string | text'],
  ['&std::path::Path', 'text | string | text'],
  ['&[u8]', 'bytes | Uint8Array | bytes'],
  ['std::vec::Vec<u8>', 'bytes | Uint8Array | bytes'],
  ['[u8; 16]', 'bytes | Uint8Array | bytes'],
  ['std::boxed::Box<[u8]>', 'bytes | Uint8Array | bytes'],
  ['std::option::Option<&str>', 'text? | string | null | option'],
  ['(f64, bool)', '[f64, boolean] | [number, boolean] | tuple'],
  ['&[std::string::String]', 'text[] | string[] | list'],
  ['[f64; 3]', 'f64[3] | number[] | list'],
  ['std::vec::Vec<std::option::Option<u32>>', 'u32?[] | (number | null)[] | list'],
  ['std::collections::BTreeMap<std::string::String, u32>', 'map<text, u32> | Map<string, number> | map'],
  ['std::collections::HashSet<u32>', 'u32[] | number[] | list'],
  ['std::ops::Range<usize>', '[usize, usize] | [number, number] | range'],
  ['std::time::Duration', 'duration | number | duration'],
  ['std::time::SystemTime', 'date | Date | date'],
  ['std::cmp::Ordering', 'ordering | -1 | 0 | 1 | ordering'],
  ['demo::Version', 'handle Version | Version | handle'],
  ['&demo::Version', 'handle Version | Version | handle'],
  ['Self', 'handle Version | Version | handle'],
  ['demo::Point', 'record Point | Point | record'],
  ['&demo::Weekday', 'enum Weekday | Weekday | enum'],
  ['demo::Graph<f64>', 'handle NumberGraph | NumberGraph | handle'],
  ['demo::Graph<f32>', 'refused: foreign-type'],
  ['std::option::Option<std::option::Option<u8>>', 'refused: option-nested'],
  ['(u8, u8, u8, u8, u8, u8, u8)', 'refused: long-tuple'],
  ['[u8; N]', 'refused: array-length'],
  ['*const u8', 'refused: raw-pointer'],
  ['std::boxed::Box<dyn std::any::Any>', 'refused: dyn'],
  ['std::sync::Mutex<u8>', 'refused: std-type'],
  ['other::Thing', 'refused: foreign-type'],
  ['demo::Error', 'refused: error-value'],
  ['std::vec::Vec<std::result::Result<u8, demo::Error>>', 'refused: result-argument'],
]

describe('types that cross both ways', () => {
  it.each(both.filter(([rust]) => !rust.includes('Result')))('%s is %s', (rust, expected) => {
    expect(decide(rust, 'in')).toBe(expected)
    expect(decide(rust, 'out')).toBe(expected)
  })
})

describe('arguments', () => {
  it.each([
    ["&'static str", '', 'refused: static-argument'],
    ['&mut u32', '', 'refused: mutable-argument'],
    ['&mut std::string::String', '', 'refused: sink-argument'],
    ['&mut demo::Version', '', 'exclusive handle Version | Version | handle'],
    ['std::vec::Vec<demo::Session>', '', 'refused: consumed-inside'],
    ['demo::Session', '', 'handle Session | Session | handle'],
    ['demo::Match', '', 'refused: view-argument'],
    ['std::result::Result<u8, demo::Error>', '', 'refused: result-argument'],
    ['std::collections::HashMap<demo::Point, u8>', '', 'refused: map-key'],
    ['hashbrown::map::HashMap<u8, u8>', '', 'refused: foreign-type'],
    ['impl std::convert::AsRef<str>', '', 'text | string | text'],
    ['impl std::convert::Into<std::string::String>', '', 'text | string | text'],
    ['impl std::convert::Into<std::borrow::Cow<str>>', '', 'text | string | text'],
    ['impl std::convert::AsRef<[u8]>', '', 'bytes | Uint8Array | bytes'],
    ['impl std::convert::AsRef<std::path::Path>', '', 'text | string | text'],
    ['impl std::convert::Into<demo::Version>', '', 'handle Version | Version | handle'],
    ['impl std::borrow::Borrow<demo::Version>', '', 'handle Version | Version | handle'],
    ['impl std::iter::IntoIterator<Item = &str>', '', 'text[] | string[] | iterable'],
    ['impl std::io::Read', '', 'bytes | Uint8Array | reader'],
    ['impl std::io::Write', '', 'refused: sink-argument'],
    ['impl std::marker::Copy', '', 'refused: trait-bound'],
    ['T', '<T: std::convert::AsRef<str>>', 'text | string | text'],
    ['&T', '<T: ?Sized + std::convert::AsRef<str>>', 'text | string | text'],
    ['T', '<T: std::cmp::Ord>', 'refused: generic'],
    ['T', '', 'refused: generic'],
    ['I', '<I: std::iter::IntoIterator<Item = T>, T: std::convert::Into<f64>>', 'f64[] | number[] | iterable'],
    ['F', '<F: Fn(&str) -> bool>', 'sync (text) => boolean | (value: string) => boolean | callback'],
    ['impl FnMut(u32, u32)', '', 'sync (u32, u32) => void | (value: number, second: number) => void | callback'],
    ['&dyn Fn(u8) -> u8', '', 'sync (u8) => u8 | (value: number) => number | callback'],
    ["impl Fn(u8) -> u8 + 'static", '', 'refused: callback-kept'],
    ['impl Fn(u8) -> &str', '', 'refused: borrowed-callback'],
    ['fn(u8) -> u8', '', 'refused: function-pointer'],
    ['&mut std::fmt::Formatter', '', 'refused: formatter'],
  ])('%s %s is %s', (rust, generics, expected) => {
    expect(decide(rust, 'in', generics)).toBe(expected)
  })
})

describe('results', () => {
  it.each([
    ['()', 'void | void | void'],
    ['std::result::Result<demo::Version, demo::Error>', 'handle Version | Version | result'],
    ['std::result::Result<(), std::num::ParseIntError>', 'void | void | result'],
    ['std::result::Result<u8, demo::Version>', 'refused: error-type'],
    ['std::option::Option<std::result::Result<u8, demo::Error>>', 'u8? | number | null | result'],
    ['std::vec::Vec<std::result::Result<u8, demo::Error>>', 'refused: result-nested'],
    ['std::option::Option<demo::Match>', 'record Match? | Match | null | option'],
    ['std::collections::HashMap<demo::Point, u8>', '[record Point, u8][] | [Point, number][] | map-pairs'],
    ['hashbrown::map::HashMap<u8, u8>', 'map<u8, u8> | Map<number, number> | map'],
    ['indexmap::set::IndexSet<u8>', 'bytes | Uint8Array | bytes'],
    ['hashbrown::set::HashSet<u16>', 'u16[] | number[] | list'],
    ['&demo::Version', 'handle Version | Version | handle'],
    ['&demo::Session', 'refused: borrowed-result'],
    ['&mut demo::Version', 'refused: mutable-result'],
    ['impl std::iter::Iterator<Item = &str>', 'text[] | string[] | iterator-finite'],
    ['impl std::fmt::Display', 'text | string | display-result'],
    ['impl Fn() -> u8', 'refused: function-result'],
    ['impl std::marker::Copy', 'refused: trait-result'],
    ['T', 'refused: generic'],
    ['<T as std::iter::Iterator>::Item', 'refused: projection'],
    ['!', 'refused: never'],
  ])('%s is %s', (rust, expected) => {
    expect(decide(rust, 'out', '<T: std::convert::AsRef<str>>')).toBe(expected)
  })
})

describe('an argument that may be kept', () => {
  it.each([
    ["T: AsRef<[u8]> + 'static", 'std::vec::Vec<u8>'],
    ["T: std::fmt::Display + 'static", 'std::string::String'],
    ['T: AsRef<[u8]>', '&[u8]'],
  ])('of %s is passed as %s', (bound, expected) => {
    const m = mapType(parseType('T'), 'in', world, { generics: parseSignature(`<${bound}>(value: T)`).generics })
    expect(isRefusal(m) ? m.reason : printType(m.rust)).toBe(printType(parseType(expected)))
  })

  it('refuses a reference to nothing as a result', () => {
    expect(decide('&()', 'out')).toBe('refused: unit-value')
  })
})
