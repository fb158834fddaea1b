import { checkedTimeout, type SyncCallOptions } from '../boundary/index.js'
import { boundary } from '../addon.js'
import { checkOptions, FsError } from './error.js'

/** A Sync door's deadline as the native half takes it, null for none; should the call fail, its error names `operation`. */
export function deadlineOf(operation: string, options: SyncCallOptions | undefined): number | null {
  checkOptions(operation, options)
  boundary.asks(operation)
  if (options?.timeoutMs === undefined) return null
  try {
    return checkedTimeout(operation, options.timeoutMs)
  } catch (error) {
    const { message, code, details } = error as FsError
    throw new FsError(message, { code, operation, details })
  }
}
