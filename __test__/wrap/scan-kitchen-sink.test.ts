import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildPackage } from '../../src/wrap/ir/build.js'
import type { CrateModel } from '../../src/wrap/model/model.js'
import { readCrate } from '../../src/wrap/read/index.js'
import { REFUSALS } from '../../src/wrap/rules/refusals.js'
import { RULES } from '../../src/wrap/rules/table.js'
import { scan, scanCounted } from '../../src/wrap/scan/scan.js'
import type { SpecDraft } from '../../src/wrap/spec/draft.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'

const crate = fileURLToPath(new URL('kitchen-sink', import.meta.url))
let cacheFolder: string
let model: CrateModel
let draft: SpecDraft

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'ferrule-kitchen-sink-'))
  model = await readCrate({ crate: 'kitchen-sink', path: crate, cacheFolder })
  draft = scan(model)
}, 120_000)

afterAll(async () => {
  await rm(cacheFolder, { recursive: true, force: true })
})

/** `invert(value: boolean) -> boolean` of each item, with its class in front. */
function calls(): Map<string, string> {
  const all = new Map<string, string>()
  const add = (name: string, item: SpecDraft['functions'][number] | SpecDraft['methods'][number]): void => {
    const params = item.params.map((param) => `${param.name}: ${param.type}`).join(', ')
    all.set(name, `(${params}) -> ${item.returns}`)
  }
  for (const item of draft.functions) add(item.owner === undefined ? item.name : `${item.owner}.${item.name}`, item)
  for (const item of draft.methods) add(`${item.handle}#${item.name}`, item)
  return all
}

describe('functions', () => {
  it.each([
    ['invert', '(value: boolean) -> boolean'],
    ['half', '(value: u32) -> f64'],
    ['largest', '() -> u64'],
    ['square', '(value: u64) -> u128'],
    ['enumSquare', '(side: f64) -> enum Shape'],
    ['share', '(total: u32, parts: NonZeroU32) -> u32'],
    ['firstWord', '(text: text) -> text'],
    ['initial', '(text: text) -> char?'],
    ['parent', '(path: text) -> text?'],
    ['joined', '(first: text, second: text) -> text'],
    ['checksum', '(data: bytes) -> bytes'],
    ['fixed', '(key: bytes) -> u32'],
    ['find', '(text: text, from: usize?) -> usize?'],
    ['parse', '(text: text) -> u32'],
    ['check', '(text: text) -> void'],
    ['shortened', '(text: text) -> text'],
    ['split', '(text: text) -> [text, text]'],
    ['middle', '(range: [usize, usize]) -> usize'],
    ['cross', '(a: f64[3], b: f64[3]) -> f64[3]'],
    ['count', '(words: text[]) -> map<text, u32>'],
    ['distinct', '(values: u32[]) -> usize'],
    ['concat', '(parts: text[]) -> text'],
    ['words', '(text: text) -> text[]'],
    ['letters', '(text: text) -> char[]'],
    ['later', '(time: date, by: duration) -> date'],
    ['compare', '(a: text, b: text) -> ordering'],
    ['farthest', '(points: record Point[]) -> record Point?'],
    ['area', '(shape: enum Shape) -> f64'],
    ['level', '(value: u8) -> enum Level'],
    ['firstPiece', '(text: text) -> record Piece?'],
    ['quoted', '(text: text) -> text'],
    ['padded', '(text: text) -> text'],
    ['countBy', '(text: text, test: sync (char) => boolean) -> usize'],
    ['eachWord', '(text: text, visit: sync (text) => void) -> void'],
    ['apply', '(value: u32, change: sync (u32) => u32) -> u32'],
    ['total', '(reader: bytes) -> u32'],
    ['rows', '(reader: bytes) -> usize'],
    ['head', '(reader: bytes) -> bytes'],
    ['emit', '() -> bytes'],
    ['describe', '(value: u32) -> text'],
    ['rewind', '() -> [u64, bytes]'],
    ['append', '(text: text) -> text'],
    ['divisors', '(value: u32) -> [usize, u32[]]'],
    ['encode', '(data: bytes, length: usize) -> bytes'],
    ['hex', '(value: u8, length: usize) -> text'],
    ['sort', '(values: u32[]) -> u32[]'],
    ['swap', '(bytes: bytes) -> bytes'],
    ['Counter#fill', '(target: u32[]) -> u32[]'],
    ['shout', '(value: text) -> text'],
    ['smallest', '(values: text[]) -> text?'],
    ['doubled', '(value: u32) -> u32'],
    ['redeemBoth', '(first: handle Ticket, second: handle Ticket) -> u32'],
    ['roundedMile', '(length: handle Mile) -> f64'],
    ['roundedYard', '(length: handle Yard) -> f64'],
    ['pointDistance', '(value: record Point, other: record Point) -> f64'],
    ['weekdayNext', '(value: enum Weekday) -> enum Weekday'],
  ])('%s%s', (name, expected) => {
    expect(calls().get(name)).toBe(expected)
  })
})

describe('classes', () => {
  it.each([
    ['Counter.new', '(name: text) -> handle Counter'],
    ['Counter.startingAt', '(count: u32) -> handle Counter'],
    ['Counter#count', '() -> u32'],
    ['Counter#increment', '() -> u32'],
    ['Counter#named', '(name: text) -> void'],
    ['Counter#absorb', '(other: exclusive handle Counter) -> void'],
    ['Counter#name', '() -> text'],
    ['Counter#toString', '() -> text'],
    ['Counter.parse', '(text: text) -> handle Counter'],
    ['Counter#clone', '() -> handle Counter'],
    ['Counter.default', '() -> handle Counter'],
    ['Counter#equals', '(other: handle Counter) -> boolean'],
    ['Counter#compare', '(other: handle Counter) -> ordering'],
    ['Counter.fromU32', '(value: u32) -> handle Counter'],
    ['Counter.fromU32s', '(iter: u32[]) -> handle Counter'],
    ['Counter#add', '(other: handle Counter) -> handle Counter'],
    ['Counter#addU32', '(other: u32) -> handle Counter'],
    ['Counter#addAssign', '(other: u32) -> void'],
    ['Counter#neg', '() -> i64'],
    ['Counter#at', '(index: usize) -> u32'],
    ['Countdown#next', '() -> u32?'],
    ['Naturals#next', '() -> u32?'],
    ['fuse', '(length: u32, bang: u32?) -> handle Fuse'],
    ['Fuse#nextBack', '() -> u32?'],
    ['Numbers#next', '() -> u32?'],
    ['fields', '(value: text) -> handle Fields'],
    ['Fields#rest', '() -> text'],
    ['Fields#next', '() -> text?'],
    ['capitals', '(value: text) -> char[]'],
    ['Sheet#rows', '() -> handle Rows'],
    ['Rows#next', '() -> handle Row?'],
    ['Rows#first', '() -> handle Row?'],
    ['powers', '(base: u64) -> lazy u64[]'],
    ['evens', '(from: u32) -> lazy u32[]'],
    ['falling', '(end: u32) -> u32[]'],
    ['wordsOf', '(text: text) -> text[]'],
    ['NumberPair.new', '(first: f64, second: f64) -> handle NumberPair'],
    ['NumberPair#sum', '() -> f64'],
    ['Mile#metres', '() -> f64'],
    ['Mile#kilometres', '() -> f64'],
  ])('%s%s', (name, expected) => {
    expect(calls().get(name)).toBe(expected)
  })

  it('a chain gives its object back, an object that has no copy is used up', () => {
    expect(draft.methods.find((item) => item.name === 'named')).toMatchObject({ chains: true, exclusive: true })
    expect(draft.methods.find((item) => item.name === 'redeem')).toMatchObject({ consumes: true })
    expect(draft.methods.find((item) => item.name === 'intoName')?.consumes).toBeUndefined()
  })

  it('what is neither Send nor Sync stays on its thread', () => {
    expect(draft.handles.find((item) => item.name === 'Local')).toMatchObject({ bound: true })
    expect(draft.handles.find((item) => item.name === 'Counter')?.bound).toBeUndefined()
  })

  it('constants belong to their class or to the module', () => {
    expect(draft.constants.map((item) => `${item.owner ?? ''}.${item.name}: ${item.type}`)).toEqual(
      expect.arrayContaining([
        '.ANSWER: u32',
        '.GREETING: text',
        '.HUGE: u128',
        'Counter.LIMIT: u32',
        'Oven.HOTTEST: u16',
      ]),
    )
  })
})

it('enums are unions of small names, with the data they carry', () => {
  const variants = draft.enums.map((item) => [
    item.name,
    item.variants.map((variant) => `${variant.name}(${variant.fields.map((field) => field.name).join()})`).join(' '),
  ])
  expect(Object.fromEntries(variants)).toMatchObject({
    Weekday: 'monday() tuesday() sunday()',
    Shape: 'empty() circle(radius) rectangle(0,1)',
    Level: 'low() high()',
  })
  expect(draft.enums.find((item) => item.name === 'Level')?.nonExhaustive).toBe(true)
})

it('an error type has a code and is no class', () => {
  const codes = Object.fromEntries(draft.errors.map((item) => [item.rustType, item.code]))
  expect(codes).toMatchObject({
    'kitchen_sink::result::ParseError': 'ERR_KITCHEN_SINK_PARSE',
    'kitchen_sink::result::Refused': 'ERR_KITCHEN_SINK_REFUSED',
    'kitchen_sink::error::LimitError': 'ERR_KITCHEN_SINK_LIMIT',
  })
  expect(draft.handles.map((item) => item.name)).not.toContain('ParseError')
})

it.each([
  ['option::nested', 'option-nested'],
  ['result::each', 'result-nested'],
  ['result::sent', 'error-type'],
  ['result::ParseError::position', 'error-value'],
  ['classes::Counter::unchecked', 'unsafe'],
  ['views::Piece::skip', 'view-method'],
  ['callbacks::keep', 'callback-kept'],
  ['callbacks::pointer', 'function-pointer'],
  ['sink::keep', 'sink-argument'],
  ['sink::parts', 'sink-argument'],
  ['generics::made', 'generic'],
  ['threads::local', 'future'],
  ['nothing', 'macro'],
])('%s is left out: %s', (path, rule) => {
  expect(draft.leftOut.filter((item) => item.path === `kitchen_sink::${path}`).map((item) => item.rule)).toEqual([rule])
})

it('nothing hidden is proposed', () => {
  expect(JSON.stringify(draft)).not.toContain('unseen')
})

it('every rule and every refusal that an item names is in the tables', () => {
  const rules = new Set(RULES.map((rule) => rule.name))
  const refusals = new Set<string>(REFUSALS.map((refusal) => refusal.name))
  const used = [draft.functions, draft.methods, draft.constants, draft.handles, draft.records, draft.enums].flat()
  expect(used.filter((item) => item.rule === undefined || !rules.has(item.rule))).toEqual([])
  expect(draft.leftOut.filter((item) => !refusals.has(item.rule))).toEqual([])
})

it('every public callable is an item or left out', () => {
  const inherent = model.types.flatMap((item) => item.methods)
  const paths = [...model.functions, ...inherent].map((callable) => callable.path)
  const counted = new Map(scanCounted(model).counts.map((count) => [count.path, count.mapped]))
  const leftOut = new Set(draft.leftOut.map((item) => item.path))
  expect(paths.filter((path) => counted.get(path) !== true && !leftOut.has(path))).toEqual([])
})

it('the proposal is a spec that agrees with the crate and builds', () => {
  const { spec, faults } = parseSpec(writeSpec(draft), 'kitchen_sink.wrapper_spec')
  expect(faults).toEqual([])
  if (spec === undefined) throw new Error('no spec')
  expect(verify(spec, model)).toEqual([])
  expect(buildPackage(spec).faults).toEqual([])
})

it('a spec with what Rust returns in place of what it fills is told the right result', () => {
  const functions = draft.functions.map((item) => (item.name === 'encode' ? { ...item, returns: 'usize' } : item))
  const { spec } = parseSpec(writeSpec({ ...draft, functions }), 'kitchen_sink.wrapper_spec')
  if (spec === undefined) throw new Error('no spec')
  const found = verify(spec, model)
  expect(found.map(({ item, kind, change }) => [item, kind, change])).toEqual([
    ['encode', 'return', 'set `return: "bytes"`'],
  ])
  expect(found[0]?.fix).toMatchObject([{ path: ['return'], value: 'bytes' }])
})

it('the same crate gives the same proposal', () => {
  expect(scan(structuredClone(model))).toEqual(draft)
})
