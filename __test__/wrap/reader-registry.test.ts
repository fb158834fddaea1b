import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Callable, CrateModel } from '../../src/wrap/model/model.js'
import { parseSignature, printSignature } from '../../src/wrap/model/text.js'
import { readCrate } from '../../src/wrap/read/index.js'

let cacheFolder: string
let model: CrateModel

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), 'ferrule-reader-'))
  model = await readCrate({ crate: 'semver', version: '1.0.28', cacheFolder })
})

afterAll(async () => {
  await rm(cacheFolder, { recursive: true, force: true })
})

it('reads a crate from the registry at the version that was named', () => {
  expect(model).toMatchObject({ name: 'semver', version: '1.0.28', license: 'MIT OR Apache-2.0' })
  expect(model.types.map((type) => type.name)).toEqual([
    'BuildMetadata',
    'Comparator',
    'Error',
    'Op',
    'Prerelease',
    'Version',
    'VersionReq',
  ])
})

it('names a type that lives in a private module by its public path', () => {
  const parse = methods().find((item) => item.path === 'semver::Version::parse')
  expect(parse === undefined ? '' : printSignature('', parse.signature)).toBe(
    '(text: &str) -> Result<Self, semver::Error>',
  )
})

it('prints every signature of the crate as text that reads back the same', () => {
  const texts = methods().map((item) => printSignature('', item.signature))
  expect(texts.length).toBeGreaterThan(50)
  expect(texts.map((text) => printSignature('', parseSignature(text)))).toEqual(texts)
})

function methods(): Callable[] {
  return model.types.flatMap((type) => [...type.methods, ...type.impls.flatMap((impl) => impl.methods)])
}
