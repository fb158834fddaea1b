import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions } from './error.js'
import { native, type Existing } from './native.js'
import { crossing, type PathLike } from './path.js'

/** What becomes of what is at the destination. */
export interface ExistingOptions {
  /**
   * `'replace'` it, `'skip'` what would have replaced it, or fail with an `'error'`, `ERR_FS_EXISTS`. In a folder that is
   * copied into one this is for each file. Default `'replace'`.
   */
  existing?: Existing | undefined
}

/** How something is copied. */
export interface CopyOptions extends ExistingOptions {
  /** Copies folders with all that is in them, into the folder that is there or a new one. Default false. */
  recursive?: boolean | undefined
  /** Times of last change and last read are those of the original. Default false. */
  keepTimes?: boolean | undefined
}

/**
 * Copies a file, or with `recursive` a folder. Permissions are kept. A link that is named is followed; links inside of a folder
 * are copied as links. Where the file system can share the bytes of two files, it does.
 *
 * Every file appears whole or not at all. `signal` and `timeoutMs` are looked at every few mebibytes and between files; what
 * was stopped, or failed, leaves no half file, and a folder that was new is taken back.
 *
 * @returns how many files and links were copied.
 * @throws FsError `ERR_FS_NOT_FOUND`, `ERR_FS_IS_FOLDER` (without `recursive`), `ERR_FS_EXISTS`, `ERR_FS_NO_SPACE`,
 *   `ERR_FS_LOOP` (a folder into itself) and the other codes of {@link FsError}.
 */

export async function copy(from: PathLike, to: PathLike, options: CallOptions & CopyOptions = {}): Promise<number> {
  const operation = 'fs.copy'
  checkOptions(operation, options)
  const { recursive = false, existing = 'replace', keepTimes = false } = options
  const [source, target] = [crossing(operation, 'from', from), crossing(operation, 'to', to)]
  return boundary.call(operation, options, (call) => {
    native.copy(call, source, target, recursive, existing, keepTimes)
  })
}

/** {@link copy} on this thread. */
export function copySync(from: PathLike, to: PathLike, options: SyncCallOptions & CopyOptions = {}): number {
  const operation = 'fs.copySync'
  const deadline = deadlineOf(operation, options)
  const { recursive = false, existing = 'replace', keepTimes = false } = options
  const [source, target] = [crossing(operation, 'from', from), crossing(operation, 'to', to)]
  return native.copySync(deadline, source, target, recursive, existing, keepTimes)
}

/**
 * Moves a file, a link or a folder: by a rename, or, to another device, by a copy that is built beside its place and whose
 * original is removed when it is whole. A folder replaces nothing but an empty folder.
 *
 * @returns false when something was there and was to be left (`existing: 'skip'`).
 * @throws FsError `ERR_FS_NOT_FOUND`, `ERR_FS_EXISTS`, `ERR_FS_NOT_EMPTY` and the other codes of {@link FsError}; then the
 *   original is whole.
 */

export async function move(
  from: PathLike,
  to: PathLike,
  options: CallOptions & ExistingOptions = {},
): Promise<boolean> {
  const operation = 'fs.move'
  checkOptions(operation, options)
  const [source, target] = [crossing(operation, 'from', from), crossing(operation, 'to', to)]
  return boundary.call(operation, options, (call) => {
    native.move(call, source, target, options.existing ?? 'replace')
  })
}

/** {@link move} on this thread. */
export function moveSync(from: PathLike, to: PathLike, options: SyncCallOptions & ExistingOptions = {}): boolean {
  const operation = 'fs.moveSync'
  const deadline = deadlineOf(operation, options)
  const [source, target] = [crossing(operation, 'from', from), crossing(operation, 'to', to)]
  return native.moveSync(deadline, source, target, options.existing ?? 'replace')
}
