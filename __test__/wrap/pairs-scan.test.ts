// What is proposed for types that borrow, and what the callables that give them are read for.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitGlue } from '../../src/wrap/generate/rust.js'
import { buildPackage } from '../../src/wrap/ir/build.js'
import type { Package } from '../../src/wrap/ir/ir.js'
import { readCrate } from '../../src/wrap/read/index.js'
import { scan } from '../../src/wrap/scan/scan.js'
import type { SpecDraft } from '../../src/wrap/spec/draft.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { writeSpec } from '../../src/wrap/spec/write.js'

let cacheFolder: string
let draft: SpecDraft
let pkg: Package

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'ferrule-pairs-'))
  const path = fileURLToPath(new URL('kitchen-sink', import.meta.url))
  draft = scan(await readCrate({ crate: 'kitchen-sink', path, cacheFolder }))
  const { spec } = parseSpec(writeSpec(draft), 'kitchen_sink.wrapper_spec')
  const built = spec && buildPackage(spec).package
  if (built === undefined) throw new Error('no package')
  pkg = built
}, 120_000)

afterAll(async () => {
  await rm(cacheFolder, { recursive: true, force: true })
})

const keeps = (name: string): unknown => pkg.exports.find((item) => item.name === name)?.keeps

describe('a type that borrows', () => {
  it('is a class when it has more than getters, its lifetimes named', () => {
    const pairs = draft.handles.filter((item) => item.rule === 'pair')
    const borrowing = pairs
      .map((item) => item.rustType)
      .filter((type) => /^kitchen_sink::(?:pairs|iterators)::/.test(type))
    expect(borrowing).toEqual([
      "kitchen_sink::iterators::Fields<'t>",
      "kitchen_sink::iterators::Row<'a, 't>",
      "kitchen_sink::iterators::Rows<'r, 'x>",
      "kitchen_sink::iterators::Sheet<'t>",
      "kitchen_sink::pairs::Book<'t>",
      "kitchen_sink::pairs::Chapter<'b>",
    ])
  })

  it('is a record of its getters when it is changed', () => {
    expect(draft.records.filter((item) => item.by === 'getter').map((item) => item.name)).toContain('Piece')
  })

  it.each([
    ['ends', 'view-inside'],
    ['close', 'view-receiver'],
    ['of_parts', 'view-owner'],
  ])('%s is left out: %s', (name, rule) => {
    const found = draft.leftOut.filter((item) => item.path === `kitchen_sink::pairs::Book::${name}`)
    expect(found.map((item) => item.rule)).toEqual([rule])
  })
})

describe('what gives one keeps', () => {
  it('the argument that it borrows from', () => {
    expect(keeps('bookOpen')).toMatchObject({ name: 'Book', params: [0], object: false, shared: false, optional: true })
  })

  it('nothing more than its object does', () => {
    expect(keeps('bookChapters')).toMatchObject({ name: 'Chapter', shared: true, object: false, list: true })
  })

  it('its object, and no argument that is only looked at', () => {
    expect(keeps('bookFind')).toMatchObject({ name: 'Chapter', shared: false, object: true, params: [] })
  })

  it('its object and another that the result may be made of', () => {
    expect(keeps('chapterLonger')).toMatchObject({ name: 'Chapter', shared: false, object: true, params: [0] })
  })

  it('nothing, when it is no such object', () => {
    expect(keeps('bookLetters')).toBeUndefined()
  })
})

it('the glue has no cell when nothing borrows', () => {
  const without = { ...pkg, classes: [], exports: [] }
  expect(emitGlue(without)).not.toContain('yoke')
  expect(emitGlue(pkg)).toContain('#[derive(::yoke::Yokeable)]')
})
