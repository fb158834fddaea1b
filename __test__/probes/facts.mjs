// What probes are written with.
import assert from 'node:assert/strict'
import { writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'

export { assert, sleep }

const require = createRequire(import.meta.url)

/** Loads the testkit, and with it the addon, in this thread. */
export const testkit = () => require('../testkit/index.js')

/** Prints a fact at once: a Worker's own stdout would go through the main thread's event loop, which may be ending. */
export function fact(text) {
  writeSync(1, `${text}\n`)
}

/** The error an action throws. */
export function thrown(action) {
  try {
    action()
  } catch (error) {
    return error
  }
  return assert.fail('nothing was thrown')
}

/** The reason a promise rejects with. */
export function rejection(promise) {
  return promise.then(
    () => assert.fail('the promise was fulfilled'),
    (error) => error,
  )
}

/** Asserts an error's code and class and prints `what: code`. */
export function typed(what, error, code) {
  const { isFerruleError } = require('ferrule/boundary')
  assert.ok(isFerruleError(error, code), `${what}: expected ${code}, got ${String(error?.stack ?? error)}`)
  fact(`${what}: ${error.code}`)
  return error
}

/** Waits until a condition holds; a hang is ended by whoever started the probe. */
export async function until(condition) {
  while (!condition()) await sleep(1)
}

/** Collects garbage until a condition holds; finalisers run on turns of the event loop. */
export async function collected(condition) {
  while (!condition()) {
    globalThis.gc()
    await sleep(1)
  }
}

/** Asserts that nothing native is left in this thread. */
export async function nothingLeft(diagnostics) {
  const rest = () => {
    const { handles, callsInFlight, abandoned, callbacks, lane, nativeBytes } = diagnostics()
    const live = Object.values(handles).reduce((sum, count) => sum + count, 0)
    return live + callsInFlight + abandoned + callbacks.held + callbacks.waiting + lane.undelivered + nativeBytes
  }
  await collected(() => rest() === 0)
  fact('nothing is left')
}
