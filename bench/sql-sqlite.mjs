/** SQLite through ferrule/sql and through better-sqlite3, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'
import { CONTENDERS } from './sql/sqlite-contenders.mjs'
import { COMPARISONS, READINGS, SQLITE_ROWS } from './sql/sqlite-rows.mjs'

const ROUND = fileURLToPath(new URL('sql/sqlite-round.mjs', import.meta.url))

/** @returns the results as `bench/results/sql-sqlite.json` holds them */
export async function benchSqlite(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const results = resultsOf(costs, SQLITE_ROWS, () => Object.keys(CONTENDERS), COMPARISONS)
  const readings = READINGS.map(({ reading, title }) => ({
    reading,
    title,
    rounds: rounds.map((round) => round.readings[reading]),
  }))
  return { name: 'sql-sqlite', plan, contenders: CONTENDERS, ...results, readings }
}
