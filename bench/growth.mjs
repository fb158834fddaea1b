/**
 * `npm run bench:growth [-- --rounds 5] [-- --only sqlite-rows]`: how cost grows with rows, connections and calls in flight, over
 * four decades. Writes bench/results/growth.json and the pictures of docs/performance. ferrule takes part as it was built last.
 */
import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { CHARTS } from './growth/charts.mjs'
import { draw } from './growth/draw.mjs'
import { describeMachine } from './measure/machine.mjs'
import { summary } from './measure/statistics.mjs'

const ROUND = fileURLToPath(new URL('growth/round.mjs', import.meta.url))
const RESULTS = new URL('results/growth.json', import.meta.url)
const PICTURES = new URL('../docs/performance/', import.meta.url)
const ROUND_LIMIT_MS = 600_000

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' } },
})
const rounds = Number(options.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${options.rounds}: expected 1 or more`)
if (options.only !== undefined && !Object.hasOwn(CHARTS, options.only)) {
  throw new Error(`--only ${options.only}: expected one of ${Object.keys(CHARTS).join(', ')}`)
}

const results = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : { charts: {} }
results.machine = describeMachine()
mkdirSync(PICTURES, { recursive: true })
for (const name of options.only === undefined ? Object.keys(CHARTS) : [options.only]) {
  const { title, sizes, cost, contenders } = CHARTS[name]
  const measured = []
  for (let round = 1; round <= rounds; round++) {
    measured.push(await oneRound(name))
    console.error(`${name}: round ${round} of ${rounds}`)
  }
  const series = Object.entries(contenders).map(([contender, called]) => ({
    contender: called,
    points: Object.keys(measured[0][contender]).map((size) => {
      const { median, q1, q3 } = summary(measured.map((figures) => figures[contender][size]))
      return { size: Number(size), median: digits(median), q1: digits(q1), q3: digits(q3) }
    }),
  }))
  results.charts[name] = { title, sizes, cost, rounds, series }
  writeFileSync(new URL(`${name}.svg`, PICTURES), await draw(results.charts[name]))
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`)
}

/** A fresh process measures every contender at every size, in random order: `{ contender: { size: cost } }`. */
async function oneRound(name) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', ROUND, name, String(randomInt(2 ** 32))],
    { timeout: ROUND_LIMIT_MS, maxBuffer: 16 * 1024 * 1024 },
  )
  return JSON.parse(stdout.trimEnd().split('\n').at(-1))
}

/** Four digits are more than the spread leaves of any figure. */
function digits(value) {
  return Number(value.toPrecision(4))
}
