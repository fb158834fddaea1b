/** ferrule/hash against zlib, @node-rs/crc32, node:crypto and a plain read, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { CONTENDERS } from './hash/contenders.mjs'
import { COMPARISONS, ROWS } from './hash/rows.mjs'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'

const ROUND = fileURLToPath(new URL('hash/round.mjs', import.meta.url))

/** @returns the results as `bench/results/hash.json` holds them */
export async function benchHash(plan, onRound) {
  const measured = await runRounds(ROUND, plan, onRound)
  const costs = measured.map((round) => round.costs)
  const results = resultsOf(costs, ROWS, ({ contenders }) => Object.keys(contenders), COMPARISONS)
  return { name: 'hash', plan, contenders: CONTENDERS, ...results }
}
