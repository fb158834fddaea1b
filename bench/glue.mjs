/** Generated glue against the same glue written by hand, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { COMPARISONS, CONTENDER_NAMES, glueRows, loadContenders } from './glue/rows.mjs'

const ROUND = fileURLToPath(new URL('glue/round.mjs', import.meta.url))

/** @returns the results as `bench/results/glue.json` holds them */
export async function benchGlue(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const namesOf = ({ contenders }) => contenders.map(({ name }) => name)
  const results = resultsOf(costs, glueRows(loadContenders()), namesOf, COMPARISONS)
  return { name: 'glue', plan, contenders: CONTENDER_NAMES, ...results }
}
