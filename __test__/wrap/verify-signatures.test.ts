import { describe, expect, test } from 'vitest'
import { parseSignature } from '../../src/wrap/model/text.js'
import { signatureDifferences } from '../../src/wrap/verify/compare-signatures.js'
import { indexCrate } from '../../src/wrap/verify/crate-index.js'
import { parseItemPath } from '../../src/wrap/verify/item-path.js'
import { nearNames } from '../../src/wrap/verify/nearest.js'
import { satisfies } from '../../src/wrap/verify/versions.js'
import { meteo } from './fixtures/verify/meteo.js'

const index = indexCrate(meteo)

const kinds = (spec: string, crate: string): readonly string[] =>
  signatureDifferences(parseSignature(spec), parseSignature(crate), index).map((difference) => difference.kind)

describe('signatures that mean the same', () => {
  test.each([
    ['names of parameters', '(a: u8)', '(b: u8)'],
    ['lifetimes', "(&'a self, text: &'b str) -> &'a str", '(&self, text: &str) -> &str'],
    ['names of type parameters', '<T: Clone>(x: T) -> Vec<T>', '<U: Clone>(x: U) -> Vec<U>'],
    ['the order of bounds', '(x: impl Clone + Send)', '(x: impl Send + Clone)'],
    ['short and long paths', '() -> Ordering', '() -> std::cmp::Ordering'],
    ['the last name of a type', '(v: &Version)', '(v: &semver::Version)'],
    ["a result that lives for 'static", '() -> &str', "() -> &'static str"],
    ['a closure without a result', '(f: impl Fn(u8))', '(f: impl Fn(u8) -> ())'],
    ['two parameters of one `impl`', '(a: impl Clone, b: impl Clone)', '<A: Clone, B: Clone>(a: A, b: B)'],
    ['a bound in place and in a where clause', '<T: Clone>(x: T)', '<T>(x: T) where T: Clone'],
  ])('%s', (_what, spec, crate) => {
    expect(kinds(spec, crate)).toEqual([])
  })
})

describe('signatures that differ', () => {
  test.each([
    ['two parameters', '(a: u8, b: u8)', '(a: u16, b: u16)', ['parameter-type', 'parameter-type']],
    ['a path whose last name is the same', '(v: a::Version)', '(v: b::Version)', ['parameter-type']],
    ['bytes by value', '(b: &[u8])', '(b: Vec<u8>)', ['ownership']],
    ['a path by value', '(p: &std::path::Path)', '(p: std::path::PathBuf)', ['ownership']],
    ['a boxed object', '(&self)', '(self: Box<Self>)', ['ownership']],
    ['a bound more in `impl`', '(x: impl Clone)', '(x: impl Clone + Send)', ['generic']],
    ['a concrete type for a type parameter', '<T: Clone>(x: T)', '(x: u8)', ['generic']],
    ['the item of an iterator', '() -> impl Iterator<Item = u8>', '() -> impl Iterator<Item = u16>', ['return']],
    ['the ok side', '() -> Result<u8, E>', '() -> Result<u16, E>', ['return']],
    ['the error side', '() -> Result<u8, E>', '() -> Result<u8, F>', ['error-type']],
    ['the length of an array', '(a: [u8; 4])', '(a: [u8; 8])', ['parameter-type']],
    ['async and unsafe', '()', 'async unsafe ()', ['unsafe', 'async']],
  ])('%s', (_what, spec, crate, expected) => {
    expect(kinds(spec, crate)).toEqual(expected)
  })
})

describe('requirements of versions', () => {
  test.each([
    ['1.13', '1.13.2', true],
    ['1.13', '1.12.9', false],
    ['1.13', '2.0.0', false],
    ['0.3', '0.3.7', true],
    ['0.3', '0.4.0', false],
    ['0.0.3', '0.0.4', false],
    ['0', '0.9.1', true],
    ['=1.2.3', '1.2.3', true],
    ['=1.2.3', '1.2.4', false],
    ['~1.2', '1.2.9', true],
    ['~1.2', '1.3.0', false],
    ['>=1.2, <3', '2.9.0', true],
    ['>=1.2, <3', '3.0.0', false],
    ['1.*', '1.99.0', true],
    ['1.*', '2.0.0', false],
    ['*', '7.0.0', true],
    ['1.0.0', '1.0.0+build.5', true],
  ])('%s and %s: %s', (requirement, version, expected) => {
    expect(satisfies(version, requirement)).toBe(expected)
  })
})

describe('paths of items', () => {
  test.each([
    ['semver::Version::parse', ['semver', 'Version', 'parse'], 'semver::Version', undefined],
    ['a::Cursor::<[u8]>::at', ['a', 'Cursor', 'at'], 'a::Cursor<[u8]>', undefined],
    ['a::Cursor<str>::at', ['a', 'Cursor', 'at'], 'a::Cursor<str>', undefined],
    ['<a::B as std::ops::Add<&a::B>>::add', ['a', 'B', 'add'], 'a::B', 'std::ops::Add<&a::B>'],
    ['<a::B<u8>>::new', ['a', 'B', 'new'], 'a::B<u8>', undefined],
    ['escape', ['escape'], '', undefined],
  ])('%s', (text, segments, owner, trait) => {
    const path = parseItemPath(text)
    expect(path.segments).toEqual(segments)
    expect(path.owner).toBe(owner)
    expect(path.trait).toBe(trait)
  })
})

test('near names come nearest first, and never the name itself', () => {
  expect(nearNames('is_match', ['is_matches', 'is_match', 'find', 'is_mach', 'is_match_at'])).toEqual([
    'is_mach',
    'is_matches',
  ])
  expect(nearNames('of', ['at', 'is', 'as'])).toEqual([])
})
