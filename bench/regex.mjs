/** ferrule/regex against JavaScript's own RegExp and npm's re2, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { CONTENDER_NAMES, loadLibraries } from './regex/contenders.mjs'
import { regexRows } from './regex/rows.mjs'

const ROUND = fileURLToPath(new URL('regex/round.mjs', import.meta.url))

/** @returns the results as `bench/results/regex.json` holds them */
export async function benchRegex(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const rows = regexRows(await loadLibraries())
  const comparisons = rows.flatMap(({ row }) =>
    ['regexp', 're2'].map((rival) => ({ row, subject: 'ferrule', rival, measure: 'speedup' })),
  )
  const results = resultsOf(costs, rows, ({ contenders }) => contenders.map(({ name }) => name), comparisons)
  return { name: 'regex', plan, contenders: CONTENDER_NAMES, ...results }
}
