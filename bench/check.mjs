/**
 * `npm run bench:check [-- results.json]`: holds the last run's figures (bench/results/boundary.json) to the bounds. A bound
 * is missed when the median lies on its wrong side by more than the run's own spread, which is to say that the near quartile
 * does too.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ceilingFor, COMPARISONS, READINGS } from './boundary/bounds.mjs'
import { judge } from './measure/judge.mjs'

const LEAST_ROUNDS = 11

const file = process.argv[2] ?? fileURLToPath(new URL('results/boundary.json', import.meta.url))
if (!existsSync(file)) {
  console.error(`${file} is not there: npm run bench writes it`)
  process.exit(1)
}
const results = JSON.parse(readFileSync(file, 'utf8'))
const names = results.contenders
const titles = Object.fromEntries(results.rows.map(({ row, title }) => [row, title]))

const promises = [
  ...COMPARISONS.map((bound) => {
    const { row, subject, rival, measure } = bound
    const title = `${titles[row] ?? row}: ${names[subject]} over ${names[rival]} (${measure})`
    const ceiling = ceilingFor(bound)
    return { title, bound, values: figuresOf(bound), ceiling: ceiling ? figuresOf(ceiling) : [] }
  }),
  ...READINGS.map((bound) => {
    const values = readingsOf(bound.reading)
    return { title: `${bound.title} (ms)`, bound, values, allowance: Math.max(0, ...readingsOf(bound.allowance)) }
  }),
].filter(({ bound }) => bound.atMost !== undefined || bound.atLeast !== undefined)

function figuresOf({ row, subject, rival, measure }) {
  const isIt = (entry) =>
    entry.row === row && entry.subject === subject && entry.rival === rival && entry.measure === measure
  return results.comparisons.find(isIt)?.rounds ?? []
}

function readingsOf(reading) {
  return results.readings.find((entry) => entry.reading === reading)?.rounds ?? []
}

const verdicts = promises.map(({ title, ...promise }) => ({ title, ...judge(promise) }))
for (const { title, verdict, text } of verdicts) console.log(`${verdict.padEnd(13)} ${title}: ${text}`)

const failures = verdicts.filter(({ kept }) => !kept).length
const outOfReach = verdicts.filter(({ verdict }) => verdict === 'out of reach').length
const enough = results.plan.rounds >= LEAST_ROUNDS
if (!enough) console.log(`only ${results.plan.rounds} rounds; a verdict takes ${LEAST_ROUNDS}`)
console.log(`\n${verdicts.length - failures - outOfReach} bounds kept, ${failures} not, ${outOfReach} out of reach`)
process.exitCode = failures > 0 || !enough ? 1 : 0
