/** One round of the sys benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import * as sys from 'ferrule/sys'
import { contest } from '../measure/contest.mjs'
import { compileLoop } from '../measure/loop.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { MANY, ROWS } from './rows.mjs'

const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)

const asleep = Array.from({ length: MANY }, () => spawn('sleep', ['600'], { stdio: 'ignore' }))
await Promise.all(asleep.map((child) => once(child, 'spawn')))
try {
  const pids = asleep.map(({ pid }) => pid)
  for (const pid of pids) {
    while (sys.readProcessStat(pid).comm !== 'sleep') await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const scope = { sys, fs, pids, pid: pids[0], tid: pids[0] }
  const costs = {}
  for (const { row, answer, contenders } of shuffled(ROWS, random)) {
    const all = Object.entries(contenders).map(([name, make]) => {
      const loop = compileLoop(`${row} ${name}`, { operation: 'operation()' }, { operation: make(scope) })
      return { name, loop, answer: answer(scope) }
    })
    costs[row] = await contest(all, { random, batchMs, cycles })
  }
  process.stdout.write(`${JSON.stringify({ costs })}\n`)
} finally {
  for (const child of asleep) child.kill('SIGKILL')
}
