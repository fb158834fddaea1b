// Drifts between a spec and what traits give a type: each is found before anything compiles, at its item.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CrateModel } from '../../src/wrap/model/model.js'
import { readCrate } from '../../src/wrap/read/index.js'
import { scan } from '../../src/wrap/scan/scan.js'
import { parseSpec } from '../../src/wrap/spec/parse.js'
import { writeSpec } from '../../src/wrap/spec/write.js'
import { verify } from '../../src/wrap/verify/verify.js'

let cacheFolder: string
let model: CrateModel
let spec: string

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'ferrule-rows-'))
  const path = fileURLToPath(new URL('fixtures/rows', import.meta.url))
  model = await readCrate({ crate: 'rows', path, cacheFolder })
  spec = writeSpec(scan(model))
}, 120_000)

afterAll(async () => {
  await rm(cacheFolder, { recursive: true, force: true })
})

function findings(text: string): string[] {
  const parsed = parseSpec(text, 'rows.wrapper_spec')
  expect(parsed.faults).toEqual([])
  if (parsed.spec === undefined) throw new Error('no spec')
  return verify(parsed.spec, model).map(({ item, message }) => `${item}: ${message}`)
}

it('finds nothing in what was proposed', () => {
  expect(findings(spec)).toEqual([])
})

/** Item, what stands in its entry, what is put there, what is said. */
it.each([
  ['Word.hash', 'return: biguint64', 'return: text', 'crosses as `u64`, not `text`'],
  ['Word.hash', '-> u64', '-> u32', 'returns `u64`, not `u32`'],
  ['Frozen.len', 'rows::derefs::Table', 'rows::streams::Source', 'std::ops::Deref'],
  ['Frozen.isSame', 'rust_method: is_same', 'rust_method: is_alike', 'is_alike'],
  ['Frozen.isSame', 'return: boolean', 'return: u32', 'crosses as `boolean`, not `u32`'],
  ['Server.half', 'async: true', 'async: false', 'is async in the crate'],
  ['Server.half', 'return: u32', 'return: text', 'crosses as `u32`, not `text`'],
  ['Server.half', '-> Result<u32,', '-> Result<u64,', 'returns `Result<u32,'],
  ['Source.labels', 'stream: true', 'stream: false', 'gives a stream, and the spec takes it for one value'],
  ['Source.labels', 'return: text', 'return: u32', 'crosses as `text`, not `u32`'],
  ['Server.broken', 'async: true', 'async: true\n    stream: true', 'gives no stream, as the spec says'],
  ['Countdown.next', 'return: "u32?"', 'return: u32', 'crosses as `u32?`, not `u32`'],
])('finds in %s that `%s` became `%s`', (item, from, to, said) => {
  const [owner = '', name = ''] = item.split('.')
  const start = spec.search(new RegExp(`  - (\\{ )?handle: ${owner},?\\s+name: ${name}\\b`))
  const at = spec.indexOf(from, start)
  expect(start).toBeGreaterThan(0)
  expect(spec.slice(start + 1, at)).not.toContain('  - handle')
  const found = findings(spec.slice(0, at) + to + spec.slice(at + from.length))
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(`${item}: `)
  expect(found[0]).toContain(said)
})
