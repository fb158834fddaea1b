// npm run contract [-- --check]
//
// Asks the built binaries what they promise and writes it where the TypeScript half expects it: the testkit's contract, and that
// of the boundary itself. A system's contract is generated from its spec, and compared with the binary's when it loads.
//
// Then each system's API version and digest go on record, in src/contracts.json. A digest that changes while the version does not is
// refused: raise `api_version` in the system's spec.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { at, place } from './project.mjs'
import { changedDigests, recordedBefore } from './contract-record.mjs'
import { rustTarget } from './build/native.mjs'
import { platformOfTarget } from './platforms.mjs'

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const require = createRequire(import.meta.url)

/** What a binary says of a system: an addon's `open` takes a copy's hooks first, of which none is called here. */
function contractOf(binary, system) {
  const { apiVersion, digest, items } = require(binary).attach([]).open(system)
  return { system, apiVersion, digest, items }
}

function write(path, text) {
  if (!values.check) return place(path, text)
  if (readFileSync(path, 'utf8') === text) return undefined
  throw new Error(`${path} is not what the binary promises; run \`npm run contract\` and read the difference`)
}

const testkit = at('__test__', 'testkit', 'ferrule-testkit.node')
const systems = ['bench', 'types', 'objects', 'callbacks', 'faults'].map((system) => contractOf(testkit, system))
write(at('__test__', 'testkit', 'contract.json'), `${JSON.stringify(systems, null, 2)}\n`)

const { triple } = platformOfTarget(rustTarget())
const addon = at('npm', triple, `ferrule.${triple}.node`)
const { apiVersion, digest, items } = contractOf(addon, 'boundary')
const path = at('src', 'boundary', 'native.ts')
const source = readFileSync(path, 'utf8')
const expected = [
  `// <contract>`,
  `const contract: ExpectedContract = {`,
  `  system: 'boundary',`,
  `  apiVersion: ${apiVersion},`,
  `  digest: '${digest}',`,
  `  items: [`,
  ...items.map((item) => `    '${item}',`),
  `  ],`,
  `}`,
  `// </contract>`,
].join('\n')
const [head, rest] = source.split('// <contract>\n')
const tail = rest?.split('// </contract>')[1]
if (tail === undefined) throw new Error(`${path} has no place for its contract: // <contract> … // </contract>`)
write(path, `${head}${expected}${tail}`)

const recordPath = at('src', 'contracts.json')
const known = existsSync(recordPath) ? JSON.parse(readFileSync(recordPath, 'utf8')) : {}
const promised = {}
for (const system of ['boundary', ...require(addon).attach([]).systems].sort()) {
  const { apiVersion, digest } = contractOf(addon, system)
  promised[system] = { apiVersion, digest }
}
for (const before of [known, ...recordedBefore()]) {
  const [changed] = changedDigests(before, promised)
  if (changed !== undefined) throw new Error(changed)
}
write(recordPath, `${JSON.stringify(promised, null, 2)}\n`)
