import { describe, expect, test } from 'vitest'
import type { TypeItem } from '../../src/wrap/model/model.js'
import { parseType } from '../../src/wrap/model/text.js'
import { scan } from '../../src/wrap/scan/scan.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'
import { readSpec, replaced, signed, specText, withType, type Change } from './fixtures/verify/drift.js'
import { callable, implOf, meteo, trait } from './fixtures/verify/meteo.js'

test('a spec that agrees with its crate gives no finding', () => {
  expect(verify(readSpec(specText), meteo)).toEqual([])
})

const typeAt = (path: string): TypeItem => {
  const item = meteo.types.find((type) => type.path === path)
  if (item === undefined) throw new Error(`not there: ${path}`)
  return item
}

const named: Change = (model) => ({ ...model, traits: [trait('meteo::Named', ['&str', 'meteo::Station'])] })

describe('a spec may say what the crate leaves open', () => {
  const changes: readonly (readonly [string, Change])[] = [
    [
      'a parameter takes more types than before',
      signed('meteo::Station::rename', '<N: AsRef<str>>(&mut self, name: N)'),
    ],
    ['the same as `impl Trait`', signed('meteo::Station::rename', '(&mut self, name: impl AsRef<str>)')],
    [
      "a trait of the crate's own that the type has",
      (model) => named(signed('meteo::Station::rename', '(&mut self, name: impl meteo::Named)')(model)),
    ],
    ['type parameters inside of types', signed('meteo::mean', '<N: Into<f64>>(values: &[N]) -> Option<N>')],
  ]
  test.each(changes)('%s', (_what, change) => {
    expect(verify(readSpec(specText), change(meteo))).toEqual([])
  })
})

test('an alias of a type is the type', () => {
  const alias = { path: 'meteo::Result', name: 'Result', kind: 'alias' } as const
  const withAlias: Change = (model) => ({
    ...model,
    types: [
      ...model.types,
      {
        ...typeAt('meteo::StoreError'),
        ...alias,
        generics: [{ name: 'T', kind: 'type', bounds: [] }],
        aliasOf: parseType('Result<T, meteo::StoreError>'),
      },
    ],
  })
  const changed = signed('meteo::fetch', 'async (url: &str) -> meteo::Result<String>')(withAlias(meteo))
  expect(verify(readSpec(specText), changed)).toEqual([])
})

test('an error may be a generic type made concrete', () => {
  const text = replaced(
    '{ rust_type: "meteo::StoreError", code: ERR_METEO_STORE }',
    '{ rust_type: "meteo::StoreError<meteo::Station>", code: ERR_METEO_STORE }',
  )
  const changed = withType('meteo::StoreError', { generics: [{ name: 'S', kind: 'type', bounds: [] }] })(meteo)
  expect(verify(readSpec(text), changed)).toEqual([])
})

test('an iterator of the crate is an `impl Iterator` of its items', () => {
  const text = replaced(
    '"(&self, index: usize) -> Option<meteo::Reading>", params: [{ name: index, type: usize }], return: "record Reading?"',
    '"(&self) -> impl Iterator<Item = meteo::Reading>", params: [], return: "record Reading[]"',
  )
  const changed = signed('meteo::Station::reading', '(&self) -> meteo::Cursor')(meteo)
  expect(verify(readSpec(text), changed).map((finding) => finding.kind)).toEqual(['return'])
  const iterator = withType('meteo::Cursor', { impls: [implOf('std::iter::Iterator', 'meteo::Cursor')] })
  expect(verify(readSpec(text), iterator(changed))).toEqual([])
})

test('an associated type is what the impl says', () => {
  const impl = {
    ...implOf('meteo::Scale', 'meteo::Station'),
    associated: [{ name: 'Unit', type: parseType('f64') }],
  }
  const { impls } = typeAt('meteo::Station')
  const changed = withType('meteo::Station', { impls: [...impls, impl] })(
    signed('meteo::Station::distance', '(&self, other: &Self) -> <Self as meteo::Scale>::Unit')(meteo),
  )
  expect(verify(readSpec(specText), changed)).toEqual([])
})

test('a function of the spec may be a method that takes its object as the first argument', () => {
  const entry =
    '  - { name: windFrom, rust_fn: "meteo::Wind::from_gust", rust: "(value: &meteo::Wind, gust: f64) -> meteo::Wind", params: [{ name: value, type: enum Wind }, { name: gust, type: f64 }], return: enum Wind }\n'
  const text = replaced('\nmethods:\n', `${entry}\nmethods:\n`)
  const method = callable('meteo::Wind::from_gust', '(&self, gust: f64) -> Self')
  const changed = withType('meteo::Wind', { methods: [method] })(meteo)
  const right = signed('meteo::Wind::from_gust', '(&self, gust: f64) -> Self')
  expect(verify(readSpec(text), right(changed))).toEqual([])
  const wrong = signed('meteo::Wind::from_gust', '(&self, gust: u8) -> Self')
  expect(verify(readSpec(text), wrong(changed)).map((finding) => finding.kind)).toEqual(['parameter-type'])
})

test("a method of the crate's trait on a type of nobody's is found by the trait", () => {
  const entry =
    '  - { name: toWind, rust_fn: "<str as meteo::ToWind>::to_wind", rust: "(value: &str) -> meteo::Wind", params: [{ name: value, type: text }], return: enum Wind }\n'
  const text = replaced('\nmethods:\n', `${entry}\nmethods:\n`)
  const toWind = (implementors: readonly string[], name = 'to_wind'): Change => {
    const method = { ...callable(`meteo::ToWind::${name}`, '(&self) -> meteo::Wind'), provided: false }
    return (model) => ({ ...model, traits: [{ ...trait('meteo::ToWind', implementors), methods: [method] }] })
  }
  const kinds = (change: Change): readonly string[] =>
    verify(readSpec(text), change(meteo)).map((finding) => finding.kind)
  expect(kinds(toWind(['str']))).toEqual([])
  expect(kinds(toWind(['meteo::Station']))).toEqual(['missing'])
  expect(kinds(toWind(['str'], 'to_winds'))).toEqual(['missing'])
  expect(kinds((model) => model)).toEqual(['type-missing'])
})

test('what the scanner proposes agrees with the crate it was proposed for, in the text of a spec too', () => {
  const text = writeSpec(scan(meteo))
  const spec = readSpec(text)
  expect(spec.functions.length + spec.methods.length).toBeGreaterThan(20)
  expect(verify(spec, meteo)).toEqual([])
  const changed = signed('meteo::Station::reading', '(&self, index: u32) -> Option<meteo::Reading>')(meteo)
  expect(verify(spec, changed).map((finding) => finding.kind)).toEqual(['parameter-type'])
})

describe('an async function and an object that is Send and not Sync', () => {
  const unshared = withType('meteo::Cursor', { send: true, sync: false })

  test('may give it: the object moves to the JavaScript thread and stays there', () => {
    const changed = signed('meteo::fetch', 'async (url: &str) -> meteo::Cursor')(unshared(meteo))
    const spec = readSpec(writeSpec(scan(changed)))
    expect(spec.functions.find((item) => item.rustFn === 'meteo::fetch')?.async).toBe('lane')
    expect(verify(spec, changed)).toEqual([])
  })

  test('may not borrow it', () => {
    const changed = signed('meteo::fetch', 'async (cursor: &meteo::Cursor) -> String')(unshared(meteo))
    expect(
      scan(changed)
        .leftOut.filter((item) => item.rule === 'future')
        .map((item) => item.path),
    ).toEqual(['meteo::fetch'])
  })
})
