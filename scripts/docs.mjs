// node scripts/docs.mjs [--check]
//
// Writes the measured tables of README.md from the committed results of the benchmarks, so that no figure is typed by hand.
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { machineLine } from '../bench/measure/report.mjs'
import { median } from '../bench/measure/statistics.mjs'
import { at, place, readJson } from './project.mjs'

/** Rows of the boundary's table, and who stands for ferrule in each: the typed binding, or the public API where that is all there is. */
const BOUNDARY_ROWS = [
  ['nothing', 'native'],
  ['add', 'native'],
  ['stringIn', 'native'],
  ['stringOut', 'native'],
  ['method', 'native'],
  ['method', 'public'],
  ['callSync', 'native'],
  ['callQueued', 'native'],
  ['async1', 'public'],
  ['async64', 'public'],
  ['async1024', 'public'],
]

const [OPEN, CLOSE] = ['<!-- bench -->', '<!-- /bench -->']

/** The committed results of a benchmark; undefined as long as there are none. */
function resultsOf(name) {
  const path = at('bench', 'results', `${name}.json`)
  return existsSync(path) ? readJson(path) : undefined
}

/** The text between the marks, from what is committed. */
function measuredBlock() {
  const [boundary, regex] = [resultsOf('boundary'), resultsOf('regex')]
  const parts = [boundary && boundaryPart(boundary), regex && regexPart(regex)].filter(Boolean)
  return parts.length > 0
    ? parts.join('\n\n')
    : 'No results are committed yet; `npm run bench` measures on your machine.'
}

/** The README with its measured tables brought up to date. */
function withMeasurements(readme) {
  const [head, rest] = readme.split(OPEN)
  const tail = rest?.split(CLOSE)[1]
  if (tail === undefined) throw new Error(`README.md has no place for its tables: ${OPEN} … ${CLOSE}`)
  return `${head}${OPEN}\n${measuredBlock()}\n${CLOSE}${tail}`
}

function boundaryPart(results) {
  const { rows, comparisons, readings } = results
  const lines = BOUNDARY_ROWS.flatMap(([row, subject]) => {
    const found = rows.find((entry) => entry.row === row)
    if (!found?.costs[subject]?.length) return []
    const figure = (rival, measure) => {
      const compared = comparisons.find(
        (entry) => entry.row === row && entry.subject === subject && entry.rival === rival && entry.measure === measure,
      )
      return compared?.rounds.length ? median(compared.rounds) : undefined
    }
    const more = figure('raw', 'difference')
    const overRaw = more === undefined ? times(figure('raw', 'ratio')) : `${more.toFixed(1)} ns more`
    const title = subject === 'public' && !row.startsWith('async') ? `${found.title}, public API` : found.title
    const costs = [subject, 'raw', 'derived'].map((name) => time(found.costs[name]))
    return [[title, ...costs, overRaw, times(figure('derived', 'speedup'))]]
  })
  const heads = ['call', 'ferrule', 'raw Node-API', '`#[napi]`', 'time over raw', 'faster than `#[napi]`']
  return [
    table(heads, lines),
    ...latenessPart(readings),
    `Median of ${results.plan.rounds} rounds. ${machineLine(results.machine)}`,
  ].join('\n\n')
}

function latenessPart(readings = []) {
  const worst = (reading) => {
    const rounds = readings.find((entry) => entry.reading === reading)?.rounds ?? []
    return rounds.length > 0 ? `${Math.max(...rounds).toFixed(1)} ms` : undefined
  }
  const [own, other] = [worst('latenessPublic'), worst('latenessDerived')]
  if (own === undefined || other === undefined) return []
  return [`A 1 ms timer beside 10,000 calls in flight was late by at most ${own} (\`#[napi]\`: ${other}).`]
}

function regexPart({ rows, contenders, machine, plan }) {
  const present = ['ferrule', 'regexp', 're2'].filter((name) => rows.some(({ costs }) => costs[name]?.length))
  const lines = rows.map(({ title, costs }) => [title, ...present.map((name) => time(costs[name]))])
  const heads = ['search', ...present.map((name) => contenders[name])]
  return `${table(heads, lines)}\n\nMedian of ${plan.rounds} rounds. ${machineLine(machine)}`
}

function table(heads, lines) {
  const row = (cells) => `| ${cells.join(' | ')} |`
  return [row(heads), row(heads.map(() => '---')), ...lines.map(row)].join('\n')
}

const times = (figure) => (figure === undefined ? '–' : `${figure.toFixed(2)}x`)

function time(rounds) {
  if (!rounds?.length) return '–'
  const nanoseconds = median(rounds)
  if (nanoseconds < 1e3) return `${nanoseconds.toFixed(1)} ns`
  if (nanoseconds < 1e6) return `${(nanoseconds / 1e3).toFixed(2)} µs`
  return `${(nanoseconds / 1e6).toFixed(2)} ms`
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
const path = at('README.md')
const before = readFileSync(path, 'utf8')
const after = withMeasurements(before)
if (!values.check) place(path, after)
else if (before !== after) {
  console.error('README.md does not show the committed results of the benchmarks; run `node scripts/docs.mjs`')
  process.exitCode = 1
}
