/** `ferrule/tl` against a bare call over the same bytes, and against JavaScript alone, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { COMPARISONS, CONTENDER_NAMES, loadContenders, tlRows } from './tl/rows.mjs'

const ROUND = fileURLToPath(new URL('tl/round.mjs', import.meta.url))

/** @returns the results as `bench/results/tl.json` holds them */
export async function benchTl(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const namesOf = ({ contenders }) => contenders.map(({ name }) => name)
  const results = resultsOf(costs, tlRows(loadContenders()), namesOf, COMPARISONS)
  return { name: 'tl', plan, contenders: CONTENDER_NAMES, ...results }
}
