import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions, refusal } from './error.js'
import { native } from './native.js'
import { crossing, type PathLike } from './path.js'

/** How much of a file is taken. */
export interface ReadOptions {
  /** Bytes beyond which a file is refused with `ERR_FS_TOO_LARGE`. Default: 2 GiB. */
  maxBytes?: number | undefined
}

/** How a text is read. */
export interface TextOptions extends ReadOptions {
  /** What becomes of a byte order mark at the start: `'strip'` leaves it out, `'keep'` keeps it, as U+FEFF. Default `'strip'`. */
  bom?: 'strip' | 'keep' | undefined
}

/** What is read unless the caller says otherwise. */
export const MAX_BYTES = 2 ** 31

/** Whether a byte order mark is kept. */
export function keepsBom(operation: string, options: TextOptions): boolean {
  const bom: unknown = options.bom
  if (bom === undefined || bom === 'strip') return false
  if (bom === 'keep') return true
  throw refusal(operation, 'options.bom', "'strip' or 'keep'", bom)
}

/**
 * All bytes of a file, as long as it was when it was opened. Pipes and devices are read to their end; files of /proc, which say
 * that they are empty, too.
 *
 * `signal` and `timeoutMs` are looked at every mebibyte, and every 20 ms while a pipe has nothing to say.
 *
 * @throws FsError `ERR_FS_NOT_FOUND`, `ERR_FS_IS_FOLDER`, `ERR_FS_PERMISSION`, `ERR_FS_TOO_LARGE` and the other codes of
 *   {@link FsError}.
 */

export async function read(path: PathLike, options?: CallOptions & ReadOptions): Promise<Bytes> {
  checkOptions('fs.read', options)
  const crossed = crossing('fs.read', 'path', path)
  return boundary.call('fs.read', options, (call) => {
    native.read(call, crossed, options?.maxBytes ?? MAX_BYTES)
  })
}

/** {@link read} on this thread. */
export function readSync(path: PathLike, options?: SyncCallOptions & ReadOptions): Bytes {
  const deadline = deadlineOf('fs.readSync', options)
  return native.readSync(deadline, crossing('fs.readSync', 'path', path), options?.maxBytes ?? MAX_BYTES) as Bytes
}

/**
 * A file as text. It has to be UTF-8: nothing is replaced in silence.
 *
 * @throws FsError `ERR_FS_INVALID_UTF8`, whose `details.offset` is the byte where it ceases to be; those of {@link read}.
 */

export async function readText(path: PathLike, options: CallOptions & TextOptions = {}): Promise<string> {
  checkOptions('fs.readText', options)
  const crossed = crossing('fs.readText', 'path', path)
  const keep = keepsBom('fs.readText', options)
  return boundary.call('fs.readText', options, (call) => {
    native.readText(call, crossed, options.maxBytes ?? MAX_BYTES, keep)
  })
}

/** {@link readText} on this thread. */
export function readTextSync(path: PathLike, options: SyncCallOptions & TextOptions = {}): string {
  const operation = 'fs.readTextSync'
  const deadline = deadlineOf(operation, options)
  const keep = keepsBom(operation, options)
  return native.readTextSync(deadline, crossing(operation, 'path', path), options.maxBytes ?? MAX_BYTES, keep)
}
