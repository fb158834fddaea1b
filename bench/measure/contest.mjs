/**
 * One row of a benchmark inside one process: the contenders take turns in random order, so that what disturbs the machine
 * disturbs all of them, and each turn is compared with the others of its own cycle.
 */
import { shuffled } from './random.mjs'

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(times: number) => number | Promise<number>} loop runs the operation `times` times, gives the sum of its answers
 * @property {number} answer what one operation adds to that sum
 * @property {number} [operations] operations in one iteration of the loop; default 1
 */

/**
 * @param {Contender[]} contenders
 * @param {{ random: () => number, batchMs: number, cycles: number }} plan a turn lasts about `batchMs` milliseconds
 * @returns {Promise<Record<string, number[]>>} nanoseconds per operation, one figure per cycle, by contender
 */
export async function contest(contenders, { random, batchMs, cycles }) {
  const times = new Map()
  for (const contender of shuffled(contenders, random)) times.set(contender, await calibrate(contender, batchMs))

  const costs = Object.fromEntries(contenders.map(({ name }) => [name, []]))
  for (let cycle = 0; cycle < cycles; cycle++) {
    for (const contender of shuffled(contenders, random)) {
      const count = times.get(contender)
      // Garbage of the turn before must not be collected on this one's time; what a turn leaves itself is on its own. The
      // collection leaves the heap as small as it can be, which no service's is: it grows back before the clock starts.
      globalThis.gc()
      await turn(contender, Math.ceil(count / 4))
      const elapsed = await turn(contender, count)
      costs[contender.name].push((elapsed * 1e6) / (count * (contender.operations ?? 1)))
    }
  }
  return costs
}

/** Warms the contender up past V8's optimising tiers and finds how many iterations last `batchMs`. */
async function calibrate(contender, batchMs) {
  for (let times = 1; ; times *= 2) {
    // The shorter of two: one turn that the system interrupted would pass for a long one and leave the batches too small.
    const elapsed = Math.min(await turn(contender, times), await turn(contender, times))
    if (elapsed >= batchMs / 2) return Math.ceil((times * batchMs * 1.1) / elapsed)
  }
}

async function turn({ name, loop, answer }, times) {
  const start = performance.now()
  const pending = loop(times)
  const sum = typeof pending === 'number' ? pending : await pending
  const elapsed = performance.now() - start
  if (sum !== times * answer) throw new Error(`${name}: ${times} operations gave ${sum}, expected ${times * answer}`)
  return elapsed
}
