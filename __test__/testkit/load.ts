import type { FerruleError } from 'ferrule/boundary'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
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

/** Runs a script in a process of its own, with the testkit as `testkit`, and says how it ended and what it printed. */
export function inProcess(script: string): { status: number | null; stdout: string; stderr: string } {
  const source = `const testkit = require('./testkit/index.js')\n${script}`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '--eval', source], {
    cwd: dirname(dirname(fileURLToPath(import.meta.url))),
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, stdout, stderr }
}
