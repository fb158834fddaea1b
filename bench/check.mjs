/**
 * `npm run bench:check`: holds the figures of the last runs (bench/results) to their bounds. A bound
 * is missed when the median lies on its wrong side by more than the run's own spread, which is to say that the near quartile
 * does too.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ceilingFor, COMPARISONS as BOUNDARY, READINGS } from './boundary/bounds.mjs'
import { COMPARISONS as GLUE } from './glue/rows.mjs'
import { judge } from './measure/judge.mjs'

const LEAST_ROUNDS = 11

/** Each benchmark that promises something, with the results of its last run. */
const BENCHES = [
  { name: 'boundary', comparisons: BOUNDARY, readings: READINGS },
  { name: 'glue', comparisons: GLUE, readings: [] },
]

const all = BENCHES.flatMap(({ name, comparisons, readings }) => {
  const file = fileURLToPath(new URL(`results/${name}.json`, import.meta.url))
  if (!existsSync(file)) {
    console.error(`${file} is not there: npm run bench writes it`)
    process.exit(1)
  }
  const results = JSON.parse(readFileSync(file, 'utf8'))
  return { enough: results.plan.rounds >= LEAST_ROUNDS, name, promises: promisesOf(results, comparisons, readings) }
})

function promisesOf(results, comparisons, readings) {
  const names = results.contenders
  const titles = Object.fromEntries(results.rows.map(({ row, title }) => [row, title]))
  const figures = (bound) => figuresOf(results, bound)
  const read = (reading) => readingsOf(results, reading)
  return [
    ...comparisons.map((bound) => {
      const { row, subject, rival, measure } = bound
      const title = `${titles[row] ?? row}: ${names[subject]} over ${names[rival]} (${measure})`
      const ceiling = ceilingFor(bound)
      return { title, bound, values: figures(bound), ceiling: ceiling ? figures(ceiling) : [] }
    }),
    ...readings.map((bound) => {
      const values = read(bound.reading)
      return { title: `${bound.title} (ms)`, bound, values, allowance: Math.max(0, ...read(bound.allowance)) }
    }),
  ].filter(({ bound }) => bound.atMost !== undefined || bound.atLeast !== undefined)
}

function figuresOf(results, { row, subject, rival, measure }) {
  const isIt = (entry) =>
    entry.row === row && entry.subject === subject && entry.rival === rival && entry.measure === measure
  return results.comparisons.find(isIt)?.rounds ?? []
}

function readingsOf(results, reading) {
  return results.readings.find((entry) => entry.reading === reading)?.rounds ?? []
}

const verdicts = all.flatMap(({ promises }) => promises.map(({ title, ...promise }) => ({ title, ...judge(promise) })))
for (const { title, verdict, text } of verdicts) console.log(`${verdict.padEnd(13)} ${title}: ${text}`)

const failures = verdicts.filter(({ kept }) => !kept).length
const outOfReach = verdicts.filter(({ verdict }) => verdict === 'out of reach').length
const short = all.filter(({ enough }) => !enough).map(({ name }) => name)
if (short.length > 0) console.log(`${short.join(', ')}: fewer than the ${LEAST_ROUNDS} rounds a verdict takes`)
console.log(`\n${verdicts.length - failures - outOfReach} bounds kept, ${failures} not, ${outOfReach} out of reach`)
process.exitCode = failures > 0 || short.length > 0 ? 1 : 0
