/** The boundary against its peers, in rounds of fresh processes. */
import { fileURLToPath } from 'node:url'
import { COMPARISONS, READINGS } from './boundary/bounds.mjs'
import { CONTENDER_NAMES, loadContenders } from './boundary/contenders.mjs'
import { asyncRows, queuedRow, syncRows } from './boundary/rows.mjs'
import { measureStartUp } from './boundary/start-up.mjs'
import { resultsOf } from './measure/compare.mjs'
import { runRounds } from './measure/rounds.mjs'

const ROUND = fileURLToPath(new URL('boundary/round.mjs', import.meta.url))
/** A start takes a few hundredths of a second, so many of them are cheap. */
const STARTS_PER_ROUND = 3

/** @returns the results as `bench/results/boundary.json` holds them */
export async function benchBoundary(plan, onRound) {
  const rounds = await runRounds(ROUND, plan, onRound)
  const costs = rounds.map((round) => round.costs)
  const modules = loadContenders()
  const rows = [...syncRows(modules), queuedRow(modules), ...asyncRows(modules)]
  return {
    name: 'boundary',
    plan,
    contenders: CONTENDER_NAMES,
    ...resultsOf(costs, rows, ({ contenders }) => contenders.map(({ name }) => name), COMPARISONS),
    readings: readings(rounds, plan),
  }
}

function readings(rounds, plan) {
  const latest = (name) => rounds.flatMap((round) => round.latest[name] ?? [])
  const values = {
    latenessMachine: latest('machine'),
    latenessDerived: latest('derived'),
    latenessPublic: latest('public'),
    ...measureStartUp(plan.rounds * STARTS_PER_ROUND),
  }
  return READINGS.map(({ reading, title }) => ({ reading, title, rounds: values[reading] ?? [] }))
}
