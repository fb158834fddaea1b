import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions } from './error.js'
import { native } from './native.js'
import { crossing, type PathLike } from './path.js'

/** What is removed. */
export interface RemoveOptions {
  /** Also a folder that has something in it. Default false: then that is `ERR_FS_NOT_EMPTY`. */
  recursive?: boolean | undefined
  /** That nothing is there is fine. Default false: then that is `ERR_FS_NOT_FOUND`. */
  missingOk?: boolean | undefined
}

/**
 * Removes a file, a link (not what it leads to) or a folder. `signal` and `timeoutMs` are looked at between two entries; what
 * was removed until then is gone.
 *
 * @throws FsError `ERR_FS_NOT_FOUND`, `ERR_FS_NOT_EMPTY`, `ERR_FS_PERMISSION` and the other codes of {@link FsError}.
 */

export async function remove(path: PathLike, options: CallOptions & RemoveOptions = {}): Promise<void> {
  checkOptions('fs.remove', options)
  const crossed = crossing('fs.remove', 'path', path)
  return boundary.call('fs.remove', options, (call) => {
    native.remove(call, crossed, options.recursive ?? false, options.missingOk ?? false)
  })
}

/** {@link remove} on this thread. */
export function removeSync(path: PathLike, options: SyncCallOptions & RemoveOptions = {}): void {
  const deadline = deadlineOf('fs.removeSync', options)
  const crossed = crossing('fs.removeSync', 'path', path)
  native.removeSync(deadline, crossed, options.recursive ?? false, options.missingOk ?? false)
}
