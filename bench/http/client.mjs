/** The client of ferrule/http against undici and Node's fetch, which is an older undici; the server is another process. */
import { fileURLToPath } from 'node:url'
import { resultsOf } from '../measure/compare.mjs'
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
    ...resultsOf(costs, ROWS, () => names, COMPARISONS),
  }
}
