import type { BoundaryNative } from './native.js'
import type { Objects } from './objects.js'

/** What is alive in this JavaScript thread. A service at rest shows zeros everywhere but in `lane` and `retiredSlots`. */
export interface Diagnostics {
  /** Live native objects by type, of all copies of the package in this thread. */
  readonly handles: Readonly<Record<string, number>>
  /** Async calls started and not yet settled. */
  readonly callsInFlight: number
  /** Calls whose promise was rejected by an abort or a deadline while their work still runs. */
  readonly abandoned: number
  /** JavaScript functions native code holds. */
  readonly callbacks: {
    readonly held: number
    /** Calls that found a full queue, over the functions held now. */
    readonly refused: number
    /** Native threads that wait for an answer of JavaScript. */
    readonly waiting: number
  }
  /** This thread's async side. */
  readonly lane: {
    readonly state: 'idle' | 'running' | 'stopping' | 'stopped'
    /** Threads of the blocking pool; idle ones end after 10 seconds. */
    readonly poolThreads: number
    /** Jobs that wait for one. */
    readonly poolQueued: number
    /** Threads that could not be joined at teardown. */
    readonly stuck: number
    /** Results and callback calls on their way to JavaScript. */
    readonly undelivered: number
  }
  /** Bytes that live objects hold outside the JavaScript heap, by their own estimate. */
  readonly nativeBytes: number
  /** Handle slots that used up their generations. */
  readonly retiredSlots: number
  /** Where live objects of this copy were made; empty unless `trackCreation(true)` was called before. */
  readonly creationStacks: readonly string[]
}

/** The order of `counts` in crates/node/src/management.rs. */
type Counts = [
  callsInFlight: number,
  abandoned: number,
  held: number,
  refused: number,
  waiting: number,
  laneStarted: number,
  poolThreads: number,
  poolQueued: number,
  stuck: number,
  undelivered: number,
  nativeBytes: number,
  retiredSlots: number,
  lifecycle: number,
]

export function readDiagnostics(native: BoundaryNative, objects: Objects): Diagnostics {
  const counts = native.counts() as Counts
  const [callsInFlight, abandoned, held, refused, waiting, laneStarted, poolThreads, poolQueued] = counts
  const [, , , , , , , , stuck, undelivered, nativeBytes, retiredSlots, lifecycle] = counts
  const running = laneStarted > 0 || poolThreads > 0 ? 'running' : 'idle'
  return {
    handles: Object.fromEntries(native.handles()),
    callsInFlight,
    abandoned,
    callbacks: { held, refused, waiting },
    lane: {
      state: lifecycle === 1 ? running : lifecycle === 2 ? 'stopping' : 'stopped',
      poolThreads,
      poolQueued,
      stuck,
      undelivered,
    },
    nativeBytes,
    retiredSlots,
    creationStacks: objects.stacks(),
  }
}
