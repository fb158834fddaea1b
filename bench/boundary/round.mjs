/** One round of the boundary benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { loadContenders } from './contenders.mjs'
import { latenessOfMachine, latenessWithCalls } from './lateness.mjs'
import { asyncRows, queuedRow, syncRows } from './rows.mjs'

const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)
const modules = loadContenders()
// A queued callback does not have to keep the process alive; the measurement that waits for it does.
const hold = setInterval(() => {}, 2 ** 30)

const costs = {}
for (const { row, contenders } of shuffled([...syncRows(modules), queuedRow(modules), ...asyncRows(modules)], random)) {
  costs[row] = await contest(contenders, { random, batchMs, cycles })
}

const lateness = { machine: latenessOfMachine }
for (const name of ['derived', 'public']) {
  const addAsync = modules[name]?.addAsync
  if (addAsync) lateness[name] = () => latenessWithCalls(addAsync)
}
const latest = {}
for (const [name, measure] of shuffled(Object.entries(lateness), random)) {
  globalThis.gc()
  latest[name] = await measure()
}

clearInterval(hold)
process.stdout.write(`${JSON.stringify({ costs, latest })}\n`)
