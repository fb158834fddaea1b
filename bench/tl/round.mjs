/** One round of the tl benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { loadContenders, tlRows } from './rows.mjs'

const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)

const costs = {}
for (const { row, contenders } of shuffled(tlRows(loadContenders()), random)) {
  costs[row] = await contest(contenders, { random, batchMs, cycles })
}
process.stdout.write(`${JSON.stringify({ costs })}\n`)
