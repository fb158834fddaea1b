/** ferrule/sql against npm's pg and postgres, in rounds of fresh processes on one server: DATABASE_URL, or the local one. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { COMPARISONS, CONTENDERS, ROWS } from './sql/postgres-rows.mjs'

const ROUND = fileURLToPath(new URL('sql/postgres-round.mjs', import.meta.url))

/** @returns the results as `bench/results/sql-postgres.json` holds them */
export async function benchSqlPostgres(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const results = resultsOf(costs, ROWS, ({ contenders }) => Object.keys(contenders), COMPARISONS)
  return { name: 'sql-postgres', plan, contenders: CONTENDERS, ...results }
}
