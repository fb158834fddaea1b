import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { chunksOf, isByteSource, Limits, type ByteSource } from '../streams/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions, refusal, timeoutOf } from './error.js'
import { native, type Fsync } from './native.js'
import { crossing, type PathLike } from './path.js'
import { FileWriter } from './write-stream.js'

/** How a file is written. */
export interface WriteOptions {
  /**
   * Whether the old file stays what it is until the new one is whole: the bytes go into a temporary file beside it, which
   * replaces it at the end. What ends the process in the middle leaves the old one or the new one, never a mix. Default true.
   *
   * A file that is replaced loses other hard links to it, access lists and the system's extended attributes; those of users
   * (`user.…`) are kept on Linux. `false` writes into the file that is there. Pipes and devices are always written to where
   * they are.
   */
  atomic?: boolean | undefined
  /** Permissions, exactly, such as 0o600. Default: those of the file that is there, else the system's (0o666 less the umask). */
  mode?: number | undefined
  /**
   * What is on the disk when the write is done: nothing for sure, the file's bytes (`'file'`), or these, its name in the
   * folder, and the names of folders that were made for it (`'folder'`). Default `'none'`.
   */
  fsync?: Fsync | undefined
  /** Makes the folders above that are missing. Default false. */
  createFolders?: boolean | undefined
  /** Whether a file that is there may be replaced; otherwise `ERR_FS_EXISTS`. Default true. */
  overwrite?: boolean | undefined
}

/** How something is added to a file. */
export type AppendOptions = Pick<WriteOptions, 'mode' | 'fsync' | 'createFolders'>

/** What the exports take behind the data. */
type Settings = [atomic: boolean, mode: number | null, fsync: Fsync, createFolders: boolean, overwrite: boolean]

/** @internal */
export function settingsOf(options: WriteOptions): Settings {
  const { atomic = true, mode = null, fsync = 'none', createFolders = false, overwrite = true } = options
  return [atomic, mode, fsync, createFolders, overwrite]
}

/**
 * Writes a file: bytes, a text as UTF-8, or whatever gives bytes in pieces (streams of the Web and of Node, blobs,
 * generators), which are written as they come.
 *
 * A link is followed: what it leads to is written, and the link stays. `signal` and `timeoutMs` are looked at every mebibyte,
 * before the rename, and while a piece is waited for. A write that fails or is stopped leaves nothing of itself; one that is
 * stopped when the rename has happened has happened.
 *
 * @throws FsError `ERR_FS_IS_FOLDER`, `ERR_FS_NOT_FOUND` (a folder above), `ERR_FS_NO_SPACE`, `ERR_FS_PERMISSION` and the
 *   other codes of {@link FsError}; `ERR_INVALID_STRING` for a text with a lone surrogate.
 *
 * @example
 * await write('config.json', JSON.stringify(config), { mode: 0o600, fsync: 'folder' })
 */
export async function write(path: PathLike, data: ByteSource, options: CallOptions & WriteOptions = {}): Promise<void> {
  const operation = 'fs.write'
  checkOptions(operation, options)
  const crossed = crossing(operation, 'path', path)
  const settings = settingsOf(options)
  const whole = wholeOf(data)
  if (typeof whole === 'string') {
    await boundary.call(operation, options, (call) => {
      native.writeText(call, crossed, whole, ...settings)
    })
  } else if (whole !== undefined) {
    await boundary.call(operation, options, (call) => {
      native.writeBytes(call, crossed, whole, ...settings)
    })
  } else {
    if (!isByteSource(data)) throw refusedData(operation, data)
    const writer = new FileWriter(crossed, options, operation)
    try {
      await writer.writeFrom(data, options)
      await writer.close(options)
    } finally {
      writer.dispose()
    }
  }
}

/** {@link write} on this thread, of what is there at once. */
export function writeSync(
  path: PathLike,
  data: string | Uint8Array | ArrayBuffer,
  options: SyncCallOptions & WriteOptions = {},
): void {
  const operation = 'fs.writeSync'
  const deadline = deadlineOf(operation, options)
  const crossed = crossing(operation, 'path', path)
  const whole = wholeOf(data)
  if (typeof whole === 'string') native.writeTextSync(deadline, crossed, whole, ...settingsOf(options))
  else if (whole !== undefined) native.writeBytesSync(deadline, crossed, whole, ...settingsOf(options))
  else throw refusedData(operation, data)
}

/**
 * Adds to the end of a file, which is made if it is not there. Each system call adds at the end at that time, so several
 * writers do not overwrite each other; data of more than a mebibyte, and pieces of a stream, may have others' between them.
 *
 * When it fails or is stopped in the middle, what was added is taken back, unless somebody else has added something since. Of a
 * stream this is true for each piece.
 *
 * @throws FsError those of {@link write}.
 */
export async function append(
  path: PathLike,
  data: ByteSource,
  options: CallOptions & AppendOptions = {},
): Promise<void> {
  const operation = 'fs.append'
  checkOptions(operation, options)
  const crossed = crossing(operation, 'path', path)
  const { mode = null, fsync = 'none', createFolders = false } = options
  const whole = wholeOf(data)
  if (typeof whole === 'string') {
    await boundary.call(operation, options, (call) => {
      native.appendText(call, crossed, whole, mode, fsync, createFolders)
    })
    return
  }
  const add = (piece: Uint8Array, limits: CallOptions): Promise<void> =>
    boundary.call(operation, limits, (call) => {
      native.appendBytes(call, crossed, piece, mode, fsync, createFolders)
    })
  if (whole !== undefined) return add(whole, options)
  if (!isByteSource(data)) throw refusedData(operation, data)
  const limits = new Limits(options, (timeoutMs) => timeoutOf(operation, timeoutMs))
  const refuse = (found: unknown): Error => refusal(operation, 'data', 'pieces of bytes or text', found)
  for await (const piece of limits.each(chunksOf(data, refuse))) await add(piece, limits.options)
}

/** {@link append} on this thread, of what is there at once. */
export function appendSync(
  path: PathLike,
  data: string | Uint8Array | ArrayBuffer,
  options: SyncCallOptions & AppendOptions = {},
): void {
  const operation = 'fs.appendSync'
  const deadline = deadlineOf(operation, options)
  const crossed = crossing(operation, 'path', path)
  const { mode = null, fsync = 'none', createFolders = false } = options
  const whole = wholeOf(data)
  if (typeof whole === 'string') native.appendTextSync(deadline, crossed, whole, mode, fsync, createFolders)
  else if (whole !== undefined) native.appendBytesSync(deadline, crossed, whole, mode, fsync, createFolders)
  else throw refusedData(operation, data)
}

/** What is there at once. */
function wholeOf(data: unknown): string | Uint8Array | undefined {
  if (typeof data === 'string' || data instanceof Uint8Array) return data
  return data instanceof ArrayBuffer ? new Uint8Array(data) : undefined
}

function refusedData(operation: string, data: unknown): Error {
  return refusal(operation, 'data', 'text, bytes, or a source of them', data)
}
