/** One round of the glue benchmark, in a process of its own: `node --expose-gc round.mjs '{"seed":1,…}'`. */
import { contest } from '../measure/contest.mjs'
import { randomFrom, shuffled } from '../measure/random.mjs'
import { glueRows, loadContenders } from './rows.mjs'

const { seed, batchMs, cycles } = JSON.parse(process.argv[2])
const random = randomFrom(seed)

const costs = {}
for (const { row, contenders } of shuffled(glueRows(loadContenders()), random)) {
  costs[row] = await contest(contenders, { random, batchMs, cycles })
}
process.stdout.write(`${JSON.stringify({ costs })}\n`)
