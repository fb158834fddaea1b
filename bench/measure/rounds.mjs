/**
 * Fresh processes for the rounds of a benchmark: where V8 and the allocator happen to put things is drawn anew each time,
 * and shows in the spread instead of biasing the whole run.
 */
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROUND_LIMIT_MS = 300_000

/** Runs `script` once per round; each prints one JSON object on its last line. */
export async function runRounds(script, { rounds, batchMs, cycles }, onRound) {
  const results = []
  for (let round = 1; round <= rounds; round++) {
    const plan = { seed: randomInt(2 ** 32), batchMs, cycles }
    results.push(await runRound(script, plan))
    onRound(round, rounds)
  }
  return results
}

async function runRound(script, plan) {
  const { stdout } = await run(process.execPath, ['--expose-gc', script, JSON.stringify(plan)], {
    timeout: ROUND_LIMIT_MS,
    maxBuffer: 16 * 1024 * 1024,
  })
  return JSON.parse(stdout.trimEnd().split('\n').at(-1))
}
