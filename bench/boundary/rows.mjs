/**
 * The rows of the boundary benchmark: for each the operation every contender performs, as source for a loop of its own
 * (see ../measure/loop.mjs), and what one operation adds to the loop's sum.
 */
import { compileArrivals, compileAsyncLoop, compileLoop } from '../measure/loop.mjs'

/** Sixteen texts of sixteen ASCII bytes, each one flat string as a parser would make it, not a chain of concatenations. */
const TEXTS = Array.from({ length: 16 }, (_, index) => Buffer.from(`sixteen bytes ${10 + index}`).toString('latin1'))

const CALLBACKS_PER_CALL = 1_000
const IN_FLIGHT = [1, 64, 1_024]
/** Never reached: the rows measure what carrying it costs. */
const TIMEOUT_MS = 60_000

const SYNC_ROWS = [
  {
    row: 'nothing',
    title: 'no arguments, no result',
    answer: 1,
    everyone: { setUp: 'const { nothing } = peer', operation: '(nothing() === undefined ? 1 : 0)' },
  },
  {
    row: 'add',
    title: 'add(i32, i32)',
    answer: 7,
    everyone: { setUp: 'const { add } = peer', operation: '(add(index & 1023, 7) - (index & 1023))' },
  },
  {
    row: 'stringIn',
    title: '16-byte string in',
    answer: 16,
    everyone: { setUp: 'const { textLength } = peer', operation: 'textLength(texts[index & 15])' },
  },
  {
    row: 'stringOut',
    title: '16-byte string out',
    answer: 16,
    everyone: { setUp: 'const { greeting } = peer', operation: 'greeting().length' },
  },
  {
    row: 'echo',
    title: '16-byte string in and out',
    answer: 16,
    everyone: { setUp: 'const { echo } = peer', operation: 'echo(texts[index & 15]).length' },
  },
  {
    row: 'method',
    title: 'method on an object, 16-byte string in',
    answer: 1,
    everyone: {
      setUp: 'const gauge = new peer.Gauge(64)',
      operation: '(gauge.accepts(texts[index & 15]) ? 1 : 0)',
    },
    native: {
      setUp: 'const { gaugeAccepts } = peer; const handle = peer.gaugeNew(64)',
      operation: '(gaugeAccepts(handle, texts[index & 15]) ? 1 : 0)',
    },
    withPublic: true,
  },
  {
    row: 'callSync',
    title: 'synchronous callback, per call back',
    answer: (CALLBACKS_PER_CALL * (CALLBACKS_PER_CALL - 1)) / 2,
    operations: CALLBACKS_PER_CALL,
    everyone: {
      setUp: 'const { callSync } = peer; const callback = (number) => number',
      operation: `callSync(${CALLBACKS_PER_CALL}, callback)`,
    },
  },
]

/** @returns {{ row: string, title: string, contenders: import('../measure/contest.mjs').Contender[] }[]} */
export function syncRows(modules) {
  return SYNC_ROWS.map(({ row, title, answer, operations = 1, withPublic = false, everyone, ...own }) => {
    const names = ['raw', 'derived', 'native', ...(withPublic ? ['public'] : [])]
    const contenders = names.flatMap((name) => {
      const peer = modules[name]
      if (!peer) return []
      const loop = compileLoop(`${row} ${name}`, own[name] ?? everyone, { peer, texts: TEXTS })
      return { name, loop, answer, operations }
    })
    return { row, title, contenders }
  })
}

export function queuedRow(modules) {
  const contenders = ['raw', 'derived', 'native'].flatMap((name) => {
    const peer = modules[name]
    if (!peer) return []
    const plan = { setUp: 'const { callQueued } = peer', callee: 'callQueued' }
    return { name, loop: compileArrivals(`queued ${name}`, plan, { peer }), answer: 1 }
  })
  return { row: 'callQueued', title: 'queued callback from another thread, per call', contenders }
}

/** Raw Node-API has no async function of its own to compare with. */
export function asyncRows(modules) {
  const { signal } = new AbortController()
  const plain = { setUp: 'const { addAsync } = peer', operation: 'addAsync(index & 1023, 7) - (index & 1023)' }
  const withOptions = {
    setUp: plain.setUp,
    operation: `addAsync(index & 1023, 7, { signal, timeoutMs: ${TIMEOUT_MS} }) - (index & 1023)`,
  }
  const plans = { derived: plain, public: plain, publicWithOptions: withOptions }
  return IN_FLIGHT.map((inFlight) => {
    const contenders = Object.entries(plans).flatMap(([name, plan]) => {
      const peer = modules[name]
      if (!peer) return []
      const loop = compileAsyncLoop(`async ${inFlight} ${name}`, plan, inFlight, { peer, signal })
      return { name, loop, answer: 7 }
    })
    const title = `async call, ${inFlight.toLocaleString('en')} in flight, per call`
    return { row: `async${inFlight}`, title, contenders }
  })
}
