import { describe, expect, it } from 'vitest'
import type { CrateModel } from '../../src/wrap/model/model.js'
import { scan } from '../../src/wrap/scan/scan.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'
import { readSpec } from './fixtures/verify/drift.js'
import { callable, meteo, trait } from './fixtures/verify/meteo.js'

/** `trait Plain<I> { fn plain(self) -> String }`. */
const extended = (implementors: readonly string[], generics: readonly string[] = []): CrateModel => {
  const method = { ...callable('meteo::Plain::plain', '(self) -> String'), provided: false }
  const plain = {
    ...trait('meteo::Plain', implementors),
    generics: generics.map((name) => ({ name, kind: 'type' as const, bounds: [] })),
    methods: [method],
  }
  return { ...meteo, traits: [...meteo.traits, plain] }
}

const functionsOf = (model: CrateModel): string[] =>
  scan(model)
    .functions.filter((item) => item.rule === 'extension')
    .map((item) => `${item.name}: ${item.rustFn}`)

describe('a trait that gives methods to types of the language', () => {
  it('may be implemented for lent text', () => {
    expect(functionsOf(extended(["&'a str"]))).toEqual(['plain: <&str as meteo::Plain>::plain'])
    expect(functionsOf(extended(["&'a str", 'str', 'char']))).toEqual([
      'plain: <str as meteo::Plain>::plain',
      'plainChar: <char as meteo::Plain>::plain',
    ])
  })

  it('gives nothing that would change a copy', () => {
    const model = extended(["&'a str"])
    const changing = { ...callable('meteo::Plain::shorten', '(&mut self) -> bool'), provided: false }
    const traits = model.traits.map((one) => (one.name === 'Plain' ? { ...one, methods: [changing] } : one))
    const proposed = scan({ ...model, traits })
    expect(proposed.functions.filter((item) => item.rule === 'extension')).toEqual([])
    expect(proposed.leftOut).toContainEqual(
      expect.objectContaining({ path: 'meteo::Plain::shorten', rule: 'value-receiver' }),
    )
  })

  it('may have parameters, which follow from the type', () => {
    const model = extended(["&'a str", 'char'], ['I'])
    expect(functionsOf(model)).toEqual([
      'plain: <&str as meteo::Plain<_>>::plain',
      'plainChar: <char as meteo::Plain<_>>::plain',
    ])
    expect(verify(readSpec(writeSpec(scan(model))), model)).toEqual([])
  })
})
