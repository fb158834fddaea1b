import { describe, expect, it } from 'vitest'
import { parseSignature, parseType, printSignature, printType, RustTextError } from '../../src/wrap/model/text.js'

describe('the text of a Rust type', () => {
  it.each([
    'u8',
    '!',
    '()',
    '(u8,)',
    '(u8, String)',
    "&'a mut [semver::Version]",
    "&'static str",
    '[u8; 16]',
    '[T; N + 1]',
    '[u8; Self::LEN]',
    'Option<Result<Vec<u8>, std::io::Error>>',
    "std::borrow::Cow<'a, str>",
    "similar::TextDiff<'old, 'new, str>",
    'impl Fn(&str, u8) -> Option<bool> + Send',
    'impl Iterator<Item = (usize, char)>',
    "&(dyn std::error::Error + Send + 'static)",
    'Box<dyn FnMut()>',
    '*const u8',
    '<T as Iterator>::Item',
    '<T as std::ops::Add<Rhs>>::Output',
    'T::Item',
    'Self::Output',
    'fn(u8) -> bool',
    'petgraph::Graph<N, E, petgraph::Directed>',
    'nalgebra::Matrix<f32, 3>',
    'impl AsRef<[u8]> + ?Sized',
  ])('comes back as it was written: %s', (text) => {
    expect(printType(parseType(text))).toBe(text)
  })

  it('understands short names of the standard library and prints those outside the prelude by their path', () => {
    expect(printType(parseType('HashMap<std::string::String, Ordering>'))).toBe(
      'std::collections::HashMap<String, std::cmp::Ordering>',
    )
  })

  it('takes a single unknown name for a type parameter', () => {
    expect(parseType('T')).toEqual({ kind: 'generic', name: 'T' })
  })

  it.each([
    ['Vec<u8', 6],
    ['&', 1],
    ['u8 u8', 3],
    ['[u8; ]', 5],
    ['a@b', 1],
    ['', 0],
    ['*u8', 1],
  ])('says where %j stops being one', (text, offset) => {
    let caught: unknown
    try {
      parseType(text)
    } catch (error) {
      caught = error
    }
    expect(caught).toBeInstanceOf(RustTextError)
    expect((caught as RustTextError).offset).toBe(offset)
  })

  it('refuses a type nested without end instead of exhausting the stack', () => {
    expect(() => parseType('&'.repeat(100_000))).toThrow(RustTextError)
  })
})

describe('the text of a Rust signature', () => {
  it.each([
    '()',
    '(&self, other: &Self) -> std::cmp::Ordering',
    '(&mut self) -> &mut Self',
    '(self)',
    '(self: std::rc::Rc<Self>)',
    'async <T: std::fmt::Display + ?Sized>(&self, value: &T) -> Result<(), E>',
    "unsafe <'a, 'b: 'a, const N: usize, F>(bytes: &'a [u8; N], f: F)",
    '<I>(items: I) where Self: Sized, I::Item: std::fmt::Display',
  ])('comes back as it was written: %s', (text) => {
    expect(printSignature('', parseSignature(text))).toBe(text)
  })

  it('has the name where Rust has it', () => {
    const signature = parseSignature('pub const fn cmp(&self, r#type: u8) -> bool')
    expect(printSignature('cmp', signature)).toBe('fn cmp(&self, type: u8) -> bool')
  })

  it('merges where clauses into the parameters they are about', () => {
    const signature = parseSignature("<T>(value: T) where T: for<'a> Fn(&'a str) + Send")
    expect(printSignature('', signature)).toBe("<T: Fn(&'a str) + Send>(value: T)")
  })
})
