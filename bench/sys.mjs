/** ferrule/sys' readers of /proc against readers and parsers in JavaScript, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { CONTENDERS } from './sys/contenders.mjs'
import { COMPARISONS, ROWS } from './sys/rows.mjs'

const ROUND = fileURLToPath(new URL('sys/round.mjs', import.meta.url))

/** @returns the results as `bench/results/sys.json` holds them */
export async function benchSys(plan, onRound) {
  const measured = await runRounds(ROUND, plan, onRound)
  const costs = measured.map((round) => round.costs)
  const results = resultsOf(costs, ROWS, ({ contenders }) => Object.keys(contenders), COMPARISONS)
  return { name: 'sys', plan, contenders: CONTENDERS, ...results }
}
