/** One round of a chart, in a process of its own: `node --expose-gc round.mjs <chart> <seed>`. */
import { randomFrom, shuffled } from '../measure/random.mjs'
import { CHARTS } from './charts.mjs'

/** A size is measured again until it has had this long; the median of its turns is its figure. */
const TURN_MS = 200
const MOST_TURNS = 200

const [, , name, seed] = process.argv
const random = randomFrom(Number(seed))
const { at, contenders, open } = CHARTS[name]

const { work, close, costs } = await open(Math.max(...at))
const figures = Object.fromEntries(Object.keys(contenders).map((contender) => [contender, {}]))
for (const size of at) {
  for (const contender of shuffled(Object.keys(contenders), random)) {
    // What is told by another program is measured there; what runs here is timed here.
    figures[contender][size] =
      costs === undefined ? await timed(() => work[contender](size)) : await costs(contender, size)
  }
}
await close()
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit())

/** Milliseconds: the median of turns, after one that warms up. */
async function timed(turn) {
  await turn()
  globalThis.gc()
  const took = []
  const end = performance.now() + TURN_MS
  do {
    const start = performance.now()
    await turn()
    took.push(performance.now() - start)
  } while (performance.now() < end && took.length < MOST_TURNS)
  return took.sort((a, b) => a - b)[took.length >> 1]
}
