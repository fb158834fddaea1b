/**
 * Native code for Node services behind one safe boundary. Systems are subpaths (`ferrule/regex`); here is what they have in
 * common.
 */
import packageJson from '../package.json' with { type: 'json' }
import { boundary } from './addon.js'
import {
  boundaryAbi,
  FerruleError,
  invalidArgument,
  type DifferentialReport,
  type Diagnostics,
  type LogEvent,
  type LogLevel,
  type OperationGroup,
  type SystemContract,
} from './boundary/index.js'

export { isFerruleError, LOG_CHANNEL, type ErrorCode } from './boundary/index.js'
export { FerruleError }
export type { CallOptions, SyncCallOptions } from './boundary/index.js'
export type { DifferentialReport, Diagnostics, LogEvent, LogLevel, OperationGroup, SystemContract }

/** This package's version, and the version of the boundary it speaks. */
export const versions: { readonly ferrule: string; readonly boundaryAbi: number } = Object.freeze({
  ferrule: packageJson.version,
  boundaryAbi,
})

/**
 * What is alive in this JavaScript thread: objects, calls, callbacks, threads, memory. Cheap enough for a health check:
 * tens of microseconds, growing with the number of handle slots.
 *
 * @example
 * const before = diagnostics().handles['Regex'] ?? 0
 */
export function diagnostics(): Diagnostics {
  return boundary.diagnostics()
}

/**
 * Remembers where each native object is made from now on, for `diagnostics().creationStacks`. Off unless asked for: a stack
 * costs microseconds per object.
 *
 * @throws FerruleError `ERR_INVALID_ARG_TYPE`
 */
export function trackCreation(on: boolean): void {
  // A text such as `'off'` must not switch it on.
  if (typeof on !== 'boolean') throw invalidArgument('trackCreation', 'on', 'a boolean', on)
  boundary.objects.track(on)
}

/**
 * Listens to what native code logs. Silent, and free, until the first listener; while there is one, events also go to
 * `node:diagnostics_channel` under {@link LOG_CHANNEL}. At most 1,024 events wait for JavaScript; `dropped` counts the rest.
 *
 * @param listener called on this thread, in the async context `onLog` was called in.
 * @param level the most detailed level wanted; default `info`.
 * @returns a function that removes the listener.
 * @throws FerruleError `ERR_INVALID_ARG_TYPE`
 */
export function onLog(listener: (event: LogEvent) => void, level: LogLevel = 'info'): () => void {
  return boundary.onLog(listener, level)
}

/** The version of the boundary that the loaded binary speaks. */
export function apiVersion(): number {
  return boundary.addon.exports.boundaryAbi
}

/**
 * Makes sure that the binary speaks the version of the boundary a program was written for: exactly that one. The package does the
 * same when it loads its binary, before anything else; this is for a program that loads another's package.
 *
 * @throws FerruleError `ERR_CONTRACT` with `details` `{ item: 'apiVersion', expected, found }`; `ERR_INVALID_ARG_TYPE` for no number.
 *
 * @example
 * handshake(1)
 */
export function handshake(expected: number): void {
  if (typeof expected !== 'number') throw invalidArgument('handshake', 'expected', 'a number', expected)
  if (boundary.addon.exports.handshake(expected)) return
  const found = apiVersion()
  throw new FerruleError(
    `handshake: expected version ${expected} of the boundary, ${boundary.addon.path} speaks version ${found}. What to do: ` +
      `install the version of ferrule that the program was written for, or write it for this one.`,
    {
      code: 'ERR_CONTRACT',
      operation: 'handshake',
      details: { item: 'apiVersion', expected, found },
    },
  )
}

/**
 * What the binary promises for each system imported so far: signatures, digest, operation groups, and what came of comparing faster
 * implementations with their references. `ferrule doctor` prints it.
 */
export function contract(): readonly SystemContract[] {
  return boundary.contract()
}
