import { describe, it } from 'vitest'
import { otherNodes } from './node-versions/binaries.js'
import { aborting } from './probes/endings/aborting.js'
import { borrowing } from './probes/endings/borrowing.js'
import { callbacks } from './probes/endings/callbacks.js'
import { copies } from './probes/endings/copies.js'
import { ending } from './probes/endings/ending.js'
import { objects } from './probes/endings/objects.js'
import { panics } from './probes/endings/panics.js'
import { checkProbe, type Ending, type Endings } from './probes/probe.js'
import { termination } from './probes/endings/termination.js'
import { waiting } from './probes/endings/waiting.js'

/** Of each theme those that touch most of Node; each is held to the very ending it has on the oldest Node. */
const smoke: readonly (readonly [probe: string, ending: Ending])[] = [
  ...those(termination, 'terminate-with-everything-in-flight', 'terminate-while-the-addon-loads'),
  ...those(ending, 'loop-drains-while-a-thread-calls-for-ever', 'exit-with-everything-in-flight'),
  ...those(panics, 'panic-in-a-destructor'),
  ...those(callbacks, 'blocking-callback-throws-an-error-that-throws'),
  ...those(waiting, 'blocking-callback-while-javascript-waits'),
  ...those(objects, 'dispose-inside-a-callback', 'collected-objects-are-released'),
  ...those(borrowing, 'async-calls-queue-in-order'),
  ...those(copies, 'two-loads-in-one-thread'),
  ...those(aborting, 'thousands-of-calls-stopped-while-they-ask'),
]

function those(endings: Endings, ...probes: string[]): [string, Ending][] {
  return probes.map((probe) => {
    const ending = endings[probe]
    if (ending === undefined) throw new Error(`no probe ${probe}`)
    return [probe, ending]
  })
}

describe.each(otherNodes)('the boundary on Node $major', ({ path }) => {
  describe.each([false, true])('in a Worker: %s', (inWorker) => {
    it.each(smoke)('holds: %s', (probe, expected) => checkProbe(probe, expected, inWorker, path))
  })
})
