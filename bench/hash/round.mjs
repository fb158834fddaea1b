/** One round of the hash benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import crypto from 'node:crypto'
import { createRequire } from 'node:module'
import zlib from 'node:zlib'
import * as hash from 'ferrule/hash'
import { contest } from '../measure/contest.mjs'
import { compileLoop } from '../measure/loop.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { requireOf } from '../peers/install.mjs'
import { ROWS } from './rows.mjs'

const require = createRequire(import.meta.url)
const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)
const scope = {
  hash,
  crypto,
  zlib,
  nodeRs: requireOf('hash')('@node-rs/crc32'),
  testkit: require('../../__test__/testkit/index.js'),
}

const costs = {}
for (const { row, size, contenders } of shuffled(ROWS, random)) {
  const data = crypto.randomBytes(size)
  const all = Object.entries(contenders).map(([name, make]) => {
    const operation = make(scope)
    const loop = compileLoop(`${row} ${name}`, { operation: 'operation(data)' }, { operation, data })
    // The sum of words is another figure than a checksum; what each gives once is what each must give every time.
    return { name, loop, answer: operation(data) }
  })
  const answers = new Set(all.filter(({ name }) => name !== 'sum').map(({ answer }) => answer))
  if (answers.size !== 1) throw new Error(`${row}: the contenders disagree: ${[...answers]}`)
  costs[row] = await contest(all, { random, batchMs, cycles })
}
process.stdout.write(`${JSON.stringify({ costs })}\n`)
