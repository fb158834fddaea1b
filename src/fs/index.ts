/** Files: typed errors, atomic writes, streams, walks and watches, all of it off the JavaScript thread. */
import { boundary } from '../addon.js'
import type { CallOptions } from '../boundary/index.js'
import { native } from './native.js'

export type { CallOptions, SyncCallOptions } from '../boundary/index.js'
export { FsError } from './error.js'

/** Whether something is at `path`: the entry itself, not what a link points to. */
export function exists(path: string, options?: CallOptions): Promise<boolean> {
  return boundary.call('fs.exists', options, (call) => {
    native.exists(call, path)
  })
}
