/** How much time a call has. */
import { checkedTimeout, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import { refused } from './error.js'

/** The milliseconds that a call has, as they cross: null is no limit. */
export function deadlineOf(operation: string, options: SyncCallOptions | undefined): number | null {
  if (options === undefined) return null
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw refused(operation, 'options', 'an object', options)
  }
  return options.timeoutMs === undefined ? null : checkedTimeout(operation, options.timeoutMs)
}

/** The options with what is left of their time since `started`. */
export function timeLeft(options: CallOptions | undefined, started: number): CallOptions | undefined {
  if (options?.timeoutMs === undefined) return options
  return { ...options, timeoutMs: Math.max(0, options.timeoutMs - (performance.now() - started)) }
}
