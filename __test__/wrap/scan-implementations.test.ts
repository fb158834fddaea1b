// Which types have which traits, as the scanner tells it from impls: of the crate's types, of references, of whoever has another.
import { describe, expect, it } from 'vitest'
import type { TraitImpl, TypeItem } from '../../src/wrap/model/model.js'
import { parseSignature, parseType, printType } from '../../src/wrap/model/text.js'
import { viewOf } from '../../src/wrap/scan/crate-view.js'
import { associatedType, fulfils, resolveProjections, withTraits } from '../../src/wrap/scan/implementations.js'
import { bounds, generics, impl, struct as demoStruct, trait } from './fixtures/demo-model.js'
import { meteo } from './fixtures/verify/meteo.js'

const struct = (name: string, parameters: string, impls: readonly TraitImpl[], foreign?: string): TypeItem =>
  demoStruct(name, { generics: generics(parameters), impls, ...(foreign === undefined ? {} : { foreign }) })

/**
 * A crate of graphs as such crates are written: `Graph<N>: Base { Id = usize }`, `&Graph<N>: Walk { Path = Vec<N> }` where
 * `Walk: Base`, and `&G: Base` for whatever `G` is one.
 */
const view = viewOf({
  ...meteo,
  name: 'demo',
  types: [
    struct('Graph', 'N', [
      impl('demo::Base', 'demo::Graph<N>', 'N', { Id: 'usize' }),
      impl('demo::Walk', '&demo::Graph<N>', 'N: Clone', { Path: 'Vec<N>' }),
      impl('std::clone::Clone', 'demo::Graph<N>', 'N: Clone'),
    ]),
    struct('Plain', '', []),
    struct('Other', '', [], 'other'),
  ],
  traits: [
    trait('Base', {
      associated: [{ name: 'Id', bounds: [] }],
      elsewhere: [impl('demo::Base', '&G', 'G: demo::Base', { Id: '<G as demo::Base>::Id' })],
      implementors: ['demo::Graph'],
    }),
    trait('Walk', {
      supertraits: bounds('demo::Base'),
      associated: [{ name: 'Path', bounds: [] }],
      implementors: ['demo::Graph'],
    }),
    trait('Text', {
      associated: [{ name: 'Owned', bounds: [] }],
      elsewhere: [
        impl('demo::Text', 'str', '', { Owned: 'String' }),
        impl('demo::Text', '&T', 'T: demo::Text + ?Sized', { Owned: '<T as demo::Text>::Owned' }),
      ],
    }),
    trait('Sized_', { elsewhere: [impl('demo::Sized_', '&T', 'T: demo::Text', {})] }),
    trait('Marker', { elsewhere: [impl('demo::Marker', 'T', 'T: Copy + Ord')] }),
  ],
})

const verdict = (type: string, bound: string): string => {
  const [one] = bounds(bound)
  if (one === undefined) throw new Error(`${bound} is no bound`)
  return fulfils(parseType(type), one, view)
}

describe('a type has a trait', () => {
  it.each([
    ['by its own impl', 'demo::Graph<u8>', 'demo::Base', 'yes'],
    ['by an impl for references to it', '&demo::Graph<u8>', 'demo::Walk', 'yes'],
    ['and not without the reference', 'demo::Graph<u8>', 'demo::Walk', 'no'],
    ['by an impl for references to whatever has it', '&demo::Graph<u8>', 'demo::Base', 'yes'],
    ['and not when what is behind has it not', '&demo::Plain', 'demo::Base', 'no'],
    ['when the bounds of the impl hold', 'demo::Graph<String>', 'Clone', 'yes'],
    ['and not when they do not', 'demo::Graph<demo::Plain>', 'Clone', 'no'],
    ['with the associated type that is asked for', 'demo::Graph<u8>', 'demo::Base<Id = usize>', 'yes'],
    ['and not with another', 'demo::Graph<u8>', 'demo::Base<Id = u8>', 'no'],
    ['with the associated type of a trait that it stands on', '&demo::Graph<u8>', 'demo::Walk<Id = usize>', 'yes'],
    ['for whoever has others', 'u32', 'demo::Marker', 'yes'],
    ['and not for who has not', 'f64', 'demo::Marker', 'no'],
    ['without a size where that is allowed', '&str', 'demo::Text', 'yes'],
    ['and not where a size is needed', '&str', 'demo::Sized_', 'no'],
  ])('%s: %s: %s', (_what, type, bound, expected) => {
    expect(verdict(type, bound)).toBe(expected)
  })

  it.each([
    ['u32', 'std::hash::Hash', 'yes'],
    ['f64', 'Eq', 'no'],
    ['String', 'Copy', 'no'],
    ['Vec<f64>', 'Ord', 'no'],
    ['Option<u8>', 'Copy', 'yes'],
    ['(u8, String)', 'Clone', 'yes'],
    ['&str', 'Copy', 'yes'],
    ['String', 'AsRef<str>', 'yes'],
    ['Vec<u8>', 'AsRef<[u8]>', 'yes'],
    ['Vec<u16>', 'AsRef<[u8]>', 'no'],
    ['f64', 'std::ops::Add<Output = f64>', 'yes'],
  ])('of the standard library: %s: %s is %s', (type, bound, expected) => {
    expect(verdict(type, bound)).toBe(expected)
  })

  it.each([
    ['a trait that is nobody’s', 'demo::Plain', 'serde::Serialize'],
    ['a trait that follows from another', 'demo::Plain', 'std::string::ToString'],
    ['a dependency’s type, whose impl may stand elsewhere', 'demo::Other', 'demo::Base'],
    ['what the caller chooses', 'demo::Graph<T>', 'demo::Base'],
    ['a trait of the standard library that is not listed', 'String', 'std::iter::Extend<char>'],
  ])('or nobody can tell: %s', (_what, type, bound) => {
    expect(verdict(type, bound)).toBe('unknown')
  })
})

describe('an associated type', () => {
  const resolved = (text: string): string => printType(resolveProjections(parseType(text), view))

  it('is what the impl says, through as many impls as it takes', () => {
    expect(resolved('<demo::Graph<u8> as demo::Base>::Id')).toBe('usize')
    expect(resolved('<&&demo::Graph<u8> as demo::Base>::Id')).toBe('usize')
    expect(resolved('<&demo::Graph<u8> as demo::Walk>::Path')).toBe('Vec<u8>')
    expect(resolved('Option<<&str as demo::Text>::Owned>')).toBe('Option<String>')
  })

  it('of a trait may be that of one it stands on', () => {
    const id = associatedType(parseType('&demo::Graph<u8>'), 'demo::Walk', 'Id', view)
    expect(id && printType(resolveProjections(id, view))).toBe('usize')
  })

  it('of what the caller chooses stays open', () => {
    expect(resolved('<T as demo::Base>::Id')).toBe('<T as demo::Base>::Id')
    expect(resolved('<&T as demo::Base>::Id')).toBe('<&T as demo::Base>::Id')
  })

  it('is of the trait among the bounds that declares it, when it is written without one', () => {
    const { generics } = parseSignature('<G: Clone + demo::Walk>()')
    expect(printType(withTraits(parseType('G::Id'), generics, view))).toBe('<G as demo::Base>::Id')
    expect(printType(withTraits(parseType('G::Path'), generics, view))).toBe('<G as demo::Walk>::Path')
    expect(printType(withTraits(parseType('G::Nothing'), generics, view))).toBe('G::Nothing')
  })
})
