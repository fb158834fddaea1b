import { describe, expect, it } from 'vitest'
import { otherNodes } from './node-versions/binaries.js'
import { runProbe } from './probes/probe.js'

/** One probe of each theme, those that touch most of Node; each asserts its own facts, and ends with 0 only then. */
const smoke = [
  'terminate-with-everything-in-flight',
  'terminate-while-the-addon-loads',
  'loop-drains-while-a-thread-calls-for-ever',
  'panic-in-a-destructor',
  'blocking-callback-throws-an-error-that-throws',
  'blocking-callback-while-javascript-waits',
  'dispose-inside-a-callback',
  'collected-objects-are-released',
  'async-calls-queue-in-order',
  'two-loads-in-one-thread',
  'thousands-of-calls-stopped-while-they-ask',
]

describe.each(otherNodes)('the boundary on Node $major', ({ path }) => {
  it.each(smoke)('holds: %s', async (probe) => {
    for (const inWorker of [false, true]) {
      const { code, signal, stderr, hung } = await runProbe(probe, inWorker, [], path)
      expect({ code, signal, stderr, hung }).toEqual({ code: 0, signal: null, stderr: '', hung: false })
    }
  })

  it.each([false, true])('ends with everything in flight (in a Worker: %s)', async (inWorker) => {
    const { code, signal, stderr } = await runProbe('exit-with-everything-in-flight', inWorker, [], path)
    expect({ code, signal, stderr }).toEqual({ code: 3, signal: null, stderr: '' })
  })
})
