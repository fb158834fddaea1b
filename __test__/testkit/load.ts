import type { FerruleError } from 'ferrule/boundary'
import { setFlagsFromString } from 'node:v8'
import { createRequire } from 'node:module'
import { runInNewContext } from 'node:vm'
import type * as Testkit from './index.js'

const require = createRequire(import.meta.url)

// By `require`, as packages on the boundary are loaded: a test runner that transforms modules must not make a second copy.
export const testkit = require('./index.js') as typeof Testkit

/** What `work` throws; a test that expects an error must not pass because there was none. */
export function thrownBy(work: () => unknown): FerruleError {
  try {
    work()
  } catch (error) {
    return error as FerruleError
  }
  throw new Error('nothing was thrown')
}

/** What a promise rejects with. */
export async function rejectionOf(promise: Promise<unknown>): Promise<FerruleError> {
  let value: unknown
  try {
    value = await promise
  } catch (error) {
    return error as FerruleError
  }
  throw new Error(`the promise fulfilled with ${String(value)}`)
}

/** Resolves when `done` says so, looking once per turn of the event loop. */
export async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setTimeout(resolve, 1))
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Collects what nobody refers to, and lets finalisers run. */
export async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
}
