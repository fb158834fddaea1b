import { describe, expect, it } from 'vitest'
import type { TypeItem } from '../../src/wrap/model/model.js'
import type { GenericParameter } from '../../src/wrap/model/rust-type.js'
import { parseSignature, parseType, printType } from '../../src/wrap/model/text.js'
import { choicesFor } from '../../src/wrap/scan/choices.js'
import { viewOf } from '../../src/wrap/scan/crate-view.js'
import { scan } from '../../src/wrap/scan/scan.js'
import { indexCrate } from '../../src/wrap/verify/crate-index.js'
import { resolveType } from '../../src/wrap/verify/resolve-types.js'
import { demoCrate, struct } from './fixtures/demo-model.js'

const T: GenericParameter = { name: 'T', kind: 'type', bounds: [] }

const parameter = (generics: string): GenericParameter =>
  parseSignature(`<${generics}>()`).generics[0] ?? { ...T, name: generics }

describe('what stands for a type parameter', () => {
  const trait = 'demo::View'
  const view = viewOf(
    demoCrate({
      types: ['Grey', 'Colour'].map((name) =>
        struct(name, {
          impls: [
            {
              trait,
              args: [],
              for: parseType(`demo::${name}`),
              generics: [],
              associated: [{ name: 'Pixel', type: parseType(name === 'Grey' ? 'u8' : 'u32') }],
              methods: [],
            },
          ],
        }),
      ),
      traits: [
        {
          path: trait,
          docs: '',
          name: 'View',
          generics: [],
          supertraits: [],
          methods: [],
          implementors: ['demo::Colour', 'demo::Grey'],
        },
      ],
    }),
  )
  const choices = (generics: string): string[] => choicesFor(parameter(generics), view).map((type) => printType(type))

  it('is what the trait has implementors for', () => {
    expect(choices('T: demo::View')).toEqual(['demo::Colour', 'demo::Grey'])
  })

  it('is only what has the associated type that is asked for', () => {
    expect(choices('T: demo::View<Pixel = u8>')).toEqual(['demo::Grey'])
    expect(choices('T: demo::View<Pixel = bool>')).toEqual([])
  })

  it('can be sought when what is written must be', () => {
    expect(choices('T: std::io::Write')).toEqual([printType(parseType('Vec<u8>'))])
    expect(choices('T: std::io::Write + std::io::Seek')).toEqual([printType(parseType('std::io::Cursor<Vec<u8>>'))])
  })
})

describe('a constant of one impl block', () => {
  const constant = (name: string, implFor: string, generics?: readonly GenericParameter[]) => ({
    path: `demo::Meter::${name}`,
    docs: '',
    name,
    type: parseType('u32'),
    isStatic: false,
    implFor:
      generics === undefined
        ? parseType(implFor)
        : { ...path, args: [{ kind: 'generic' as const, name: generics[0]?.name ?? 'T' }] },
  })
  const path = { kind: 'path' as const, path: 'demo::Meter', lifetimes: [], args: [], bindings: [] }
  const alias = (name: string, of: string): TypeItem => struct(name, { kind: 'alias', aliasOf: parseType(of) })

  it('is one of the instances that the block is for', () => {
    const meter = struct('Meter', {
      generics: [T],
      constants: [constant('ZERO', '', [T]), constant('FREEZING', 'demo::Meter<f64>')],
    })
    const model = demoCrate({
      types: [meter, alias('Thermometer', 'demo::Meter<f64>'), alias('Counter', 'demo::Meter<u8>')],
    })
    const constants = scan(model).constants.map((one) => `${one.owner ?? ''}.${one.name}`)
    expect(constants.sort()).toEqual(['Counter.ZERO', 'Thermometer.FREEZING', 'Thermometer.ZERO'])
  })
})

describe('a type parameter that is left to its default', () => {
  const index = indexCrate(
    demoCrate({ types: [struct('Map', { generics: [{ ...T, default: parseType('demo::Value') }] })] }),
  )

  it('is the default', () => {
    expect(printType(resolveType(parseType('Option<demo::Map>'), index))).toBe(
      printType(parseType('Option<demo::Map<demo::Value>>')),
    )
  })

  it('is what is written when something is', () => {
    expect(printType(resolveType(parseType('demo::Map<u8>'), index))).toBe('demo::Map<u8>')
  })
})

describe('an impl that asks something of the parameters', () => {
  const bound = (trait: string): GenericParameter => ({ ...T, bounds: [{ trait, args: [], bindings: [] }] })
  const generic = { kind: 'path' as const, path: 'demo::Meter', lifetimes: [], args: [], bindings: [] }
  const hash = {
    trait: 'std::hash::Hash',
    args: [],
    for: { ...generic, args: [{ kind: 'generic' as const, name: 'T' }] },
    generics: [bound('std::hash::Hash')],
    associated: [],
    methods: [],
  }
  const alias = (name: string, of: string): TypeItem => struct(name, { kind: 'alias', aliasOf: parseType(of) })

  it('is for the instances that have it alone', () => {
    const types = [
      struct('Meter', { generics: [T], impls: [hash] }),
      alias('Thermometer', 'demo::Meter<f64>'),
      alias('Counter', 'demo::Meter<u8>'),
    ]
    const hashed = scan(demoCrate({ types })).methods.filter((item) => item.name === 'hash')
    expect(hashed.map((item) => item.handle)).toEqual(['Counter'])
  })
})
