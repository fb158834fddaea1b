/** One round of the fs benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import promises from 'node:fs/promises'
import { createRequire } from 'node:module'
import * as fs from 'ferrule/fs'
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { ROWS } from './rows.mjs'

const require = createRequire(new URL('../peers/fs/package.json', import.meta.url))
const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)
const scope = { fs, promises, fastGlob: require('fast-glob'), folder: process.env.FERRULE_BENCH_FILES }

const costs = {}
for (const { row, answer, contenders } of shuffled(ROWS, random)) {
  const all = Object.entries(contenders).map(([name, make]) => {
    const operation = make(scope)
    const loop = async (times) => {
      let sum = 0
      for (let time = 0; time < times; time += 1) sum += await operation()
      return sum
    }
    return { name, loop, answer }
  })
  costs[row] = await contest(all, { random, batchMs, cycles })
}
process.stdout.write(`${JSON.stringify({ costs })}\n`)
