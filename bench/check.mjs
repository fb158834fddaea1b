/**
 * `npm run bench:check [-- results.json]`: holds the last run's figures, those of benchmarks with bounds in
 * bench/results, to the bounds. A bound is missed when the median lies on its wrong side by more than the run's own spread,
 * which is to say that the near quartile does too.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as boundary from './boundary/bounds.mjs'
import * as fs from './fs/rows.mjs'
import * as generator from './generator/bounds.mjs'
import * as glue from './glue/rows.mjs'
import * as hash from './hash/rows.mjs'
import * as httpClient from './http/client-rows.mjs'
import * as httpServer from './http/server-rows.mjs'
import * as postgres from './sql/postgres-rows.mjs'
import * as sqlite from './sql/sqlite-rows.mjs'
import * as sys from './sys/rows.mjs'
import * as tl from './tl/rows.mjs'
import { judge } from './measure/judge.mjs'

const LEAST_ROUNDS = 11
/** By the name of the benchmark; regex has no bounds. */
const BOUNDS = {
  boundary,
  glue,
  generator,
  fs,
  hash,
  'http-client': httpClient,
  'http-server': httpServer,
  'sql-sqlite': sqlite,
  'sql-postgres': postgres,
  sys,
  tl,
}

const given = process.argv[2]
const files = given === undefined ? Object.keys(BOUNDS).map((name) => inResults(`${name}.json`)) : [given]
const runs = files.map(resultsIn)
const promises = runs
  .flatMap(promisesOf)
  .filter(({ bound }) => bound.atMost !== undefined || bound.atLeast !== undefined)

function inResults(name) {
  return fileURLToPath(new URL(`results/${name}`, import.meta.url))
}

function resultsIn(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  console.error(`${file} is not there: npm run bench writes it`)
  process.exit(1)
}

function promisesOf(results) {
  const { COMPARISONS = [], READINGS = [], ceilingFor } = BOUNDS[results.name] ?? {}
  const names = results.contenders
  const titles = Object.fromEntries(results.rows.map(({ row, title }) => [row, title]))
  return [
    ...COMPARISONS.map((bound) => {
      const { row, subject, rival, measure } = bound
      const title = `${titles[row] ?? row}: ${names[subject]} over ${names[rival]} (${measure})`
      const ceiling = ceilingFor?.(bound)
      return { title, bound, values: figuresOf(results, bound), ceiling: ceiling ? figuresOf(results, ceiling) : [] }
    }),
    ...READINGS.map((bound) => {
      const values = readingsOf(results, bound.reading)
      const allowance = Math.max(0, ...readingsOf(results, bound.allowance))
      return { title: `${bound.title} (ms)`, bound, values, allowance }
    }),
  ]
}

function figuresOf({ comparisons }, { row, subject, rival, measure }) {
  const isIt = (entry) =>
    entry.row === row && entry.subject === subject && entry.rival === rival && entry.measure === measure
  return comparisons.find(isIt)?.rounds ?? []
}

function readingsOf({ readings = [] }, reading) {
  return readings.find((entry) => entry.reading === reading)?.rounds ?? []
}

const verdicts = promises.map(({ title, ...promise }) => ({ title, ...judge(promise) }))
for (const { title, verdict, text } of verdicts) console.log(`${verdict.padEnd(13)} ${title}: ${text}`)

const failures = verdicts.filter(({ kept }) => !kept).length
const outOfReach = verdicts.filter(({ verdict }) => verdict === 'out of reach').length
const few = runs.filter(({ plan }) => plan.rounds < LEAST_ROUNDS)
for (const { name, plan } of few) console.log(`${name}: only ${plan.rounds} rounds; a verdict takes ${LEAST_ROUNDS}`)
console.log(`\n${verdicts.length - failures - outOfReach} bounds kept, ${failures} not, ${outOfReach} out of reach`)
process.exitCode = failures > 0 || few.length > 0 ? 1 : 0
