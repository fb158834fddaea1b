// The walk over a Rust type that every step shares: it reaches every type inside, and copies nothing that stays.
import { describe, expect, it } from 'vitest'
import { rewrite, some } from '../../src/wrap/model/parts.js'
import type { RustType } from '../../src/wrap/model/rust-type.js'
import { parseType, printType } from '../../src/wrap/model/text.js'

/** `T` at each place where a type can stand. */
const everywhere = [
  'T',
  'a::B<u8, T>',
  '&mut T',
  '*const T',
  '(u8, T)',
  '[T]',
  '[T; 3]',
  'impl std::convert::AsRef<T>',
  'impl std::iter::Iterator<Item = T>',
  'dyn std::ops::Fn(T) -> u8',
  '<T as std::iter::Iterator>::Item',
  '<u8 as std::ops::Add<T>>::Output',
  'fn(u8) -> T',
  'std::vec::Vec<std::option::Option<&[T]>>',
]

const isT = (part: RustType): boolean => part.kind === 'generic' && part.name === 'T'
const toU16 = (part: RustType): RustType => (isT(part) ? { kind: 'primitive', name: 'u16' } : part)

describe('a Rust type', () => {
  it.each(everywhere)('has the T of %s in it', (text) => {
    expect(some(parseType(text), isT)).toBe(true)
  })

  it.each(everywhere)('has the T of %s replaced', (text) => {
    const changed = rewrite(parseType(text), toU16)
    expect(changed).toEqual(parseType(text.replace(/\bT\b/, 'u16')))
    expect(printType(changed)).not.toMatch(/\bT\b/)
  })

  it.each(everywhere)('is the same object where nothing in %s changes', (text) => {
    const type = parseType(text)
    expect(rewrite(type, (part) => part)).toBe(type)
  })

  it('is changed from the inside out', () => {
    const seen: string[] = []
    rewrite(parseType('a::B<c::D<u8>>'), (part) => {
      seen.push(printType(part))
      return part
    })
    expect(seen).toEqual(['u8', 'c::D<u8>', 'a::B<c::D<u8>>'])
  })
})
