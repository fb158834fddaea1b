/** ferrule/sql against npm's pg and postgres, in rounds of fresh processes on one server: DATABASE_URL, or the local one. */
import { fileURLToPath } from 'node:url'
import { compareRounds, costsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { COMPARISONS, CONTENDERS, ROWS } from './sql/postgres-rows.mjs'

const ROUND = fileURLToPath(new URL('sql/postgres-round.mjs', import.meta.url))

/** @returns the results as `bench/results/sql-postgres.json` holds them */
export async function benchSqlPostgres(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const rows = ROWS.map(({ row, title, contenders }) => ({
    row,
    title,
    costs: Object.fromEntries(Object.keys(contenders).map((name) => [name, costsOf(costs, row, name)])),
  }))
  const comparisons = COMPARISONS.map(({ row, subject, rival, measure }) => {
    const comparison = { row, subject, rival, measure }
    return { ...comparison, rounds: compareRounds(costs, comparison) }
  })
  return { name: 'sql-postgres', plan, contenders: CONTENDERS, rows, comparisons }
}
