// Calls that are stopped in the middle: they have begun, and no thread has run them yet.
import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { setTimeout as after } from 'node:timers/promises'
import type { Sink } from './row.js'

/** As many jobs as the pool runs at once. */
const LIMIT = Math.max(4, availableParallelism())

type Outcome = { readonly value: unknown } | { readonly reason: unknown }

const outcomeOf = (promise: Promise<unknown>): Promise<Outcome> =>
  promise.then(
    (value) => ({ value }),
    (reason: unknown) => ({ reason }),
  )

/** The pool is held for one call at a time: letting it go for one would let it go for all. */
let before: Promise<unknown> = Promise.resolve()

/**
 * Begins a call while every thread of the pool is held, and stops it by its signal; once more, by its deadline. Neither may have
 * had an effect: the call that then runs gives what it would have given anyway.
 */
export function stopTwice(sink: Sink, begin: (options?: object) => Promise<unknown>): Promise<unknown> {
  const stopped = before.then(() => stopInTurn(sink, begin))
  before = stopped.catch(() => undefined)
  return stopped
}

async function stopInTurn(sink: Sink, begin: (options?: object) => Promise<unknown>): Promise<unknown> {
  const [controller, reason] = [new AbortController(), { stopped: 'by its signal' }]
  const bySignal = await whileHeld(sink, () => begin({ signal: controller.signal }), () => { controller.abort(reason) }) // prettier-ignore
  // Longer than the deadline: it has passed when the pool is let go.
  const late = await whileHeld(sink, () => begin({ timeoutMs: 1 }), () => after(10)) // prettier-ignore
  const done = await outcomeOf(begin({ signal: new AbortController().signal, timeoutMs: 60_000 }))
  // A call that is refused is refused before it can be stopped.
  if (!isSameFailure(bySignal, done)) assert.deepStrictEqual(bySignal, { reason })
  if (!isSameFailure(late, done)) assert.equal(codeIn(late), 'ERR_TIMEOUT')
  if ('reason' in done) throw done.reason
  return done.value
}

/** The outcome of a call that begins while no thread is free; `stop` is done before one is. */
async function whileHeld(
  { holdTask, release }: Sink,
  begin: () => Promise<unknown>,
  stop: () => unknown,
): Promise<Outcome> {
  assert.ok(holdTask !== undefined && release !== undefined)
  const held = Array.from({ length: LIMIT }, () => holdTask())
  const outcome = outcomeOf(begin())
  await stop()
  // Threads are held from when they run: one that comes late must not wait for ever.
  const opening = setInterval(() => release(), 1)
  const ended = await outcome
  await Promise.all(held)
  clearInterval(opening)
  return ended
}

/** A call whose signal fires in the turn it began in, and one whose signal had fired. */
export async function stoppedAtOnce(begin: (options: object) => unknown): Promise<void> {
  const [controller, reason] = [new AbortController(), { stopped: 'at once' }]
  const promise = begin({ signal: controller.signal })
  controller.abort(reason)
  assert.deepStrictEqual(await outcomeOf(promise as Promise<unknown>), { reason })
  assert.deepStrictEqual(await outcomeOf(begin({ signal: controller.signal }) as Promise<unknown>), { reason })
}

function isSameFailure(one: Outcome | undefined, other: Outcome): boolean {
  if (one === undefined || !('reason' in one && 'reason' in other)) return false
  return one.reason === other.reason || (codeIn(one) !== undefined && codeIn(one) === codeIn(other))
}

function codeIn(outcome: Outcome | undefined): unknown {
  return outcome !== undefined && 'reason' in outcome ? (outcome.reason as { code?: unknown } | null)?.code : undefined
}
