/** The client of ferrule/http against undici and Node's fetch, which is an older undici; the server is another process. */
import { fileURLToPath } from 'node:url'
import { compareRounds, costsOf } from '../measure/compare.mjs'
import { runRounds } from '../measure/rounds.mjs'
import { COMPARISONS, CONTENDER_NAMES, ROWS } from './client-rows.mjs'

const ROUND = fileURLToPath(new URL('client-round.mjs', import.meta.url))

/** @returns the results as `bench/results/http-client.json` holds them */
export async function benchHttpClient(given, onRound) {
  // Turns of 64 requests of 1 MiB would be over before the sockets' windows have grown.
  const plan = { ...given, batchMs: 250 }
  const costs = (await runRounds(ROUND, plan, onRound)).map((round) => round.costs)
  const names = Object.keys(CONTENDER_NAMES)
  return {
    name: 'http-client',
    plan,
    contenders: CONTENDER_NAMES,
    rows: ROWS.map(({ row, title }) => ({
      row,
      title,
      costs: Object.fromEntries(names.map((name) => [name, costsOf(costs, row, name)])),
    })),
    comparisons: COMPARISONS.map(({ row, subject, rival, measure }) => {
      const comparison = { row, subject, rival, measure }
      return { ...comparison, rounds: compareRounds(costs, comparison) }
    }),
  }
}
