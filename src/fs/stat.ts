import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions } from './error.js'
import { native, type Kind, type StatTuple } from './native.js'
import { crossing, type PathLike } from './path.js'

/** What an entry of a folder is; `'other'` are pipes, sockets and devices. */
export type EntryKind = Kind

/** What the system knows of an entry. */
export interface FileStat {
  readonly kind: EntryKind
  /** Bytes. */
  readonly size: number
  /** Permissions, with the three bits above them: 0o644. On Windows 0o444 or 0o666. */
  readonly mode: number
  /** Names of the file. */
  readonly links: number
  /** Owner and group; 0 on Windows. */
  readonly uid: number
  readonly gid: number
  /** Last change of the content: milliseconds since 1970, with fractions. */
  readonly mtimeMs: number
  /** Last read, as far as the system keeps that. */
  readonly atimeMs: number
  /** Last change of what the system knows; on Windows the same as `mtimeMs`. */
  readonly ctimeMs: number
  /** When the file was made; null where the file system does not tell. */
  readonly birthtimeMs: number | null
}

/** The same with what a number cannot hold exactly. */
export interface BigFileStat extends FileStat {
  /** Which device and which file on it: what tells whether two paths are the same file. 0 on Windows. */
  readonly device: bigint
  readonly inode: bigint
  /** The times in nanoseconds since 1970. */
  readonly mtimeNs: bigint
  readonly atimeNs: bigint
  readonly ctimeNs: bigint
  readonly birthtimeNs: bigint | null
}

/** What of an entry is told. */
export interface StatOptions {
  /** Also device, inode and times in nanoseconds, as `bigint`. Default false. */
  bigint?: boolean | undefined
}

type Exact = { bigint: true }

/**
 * What the system knows of a file or folder, behind links.
 *
 * @throws FsError `ERR_FS_NOT_FOUND`, `ERR_FS_PERMISSION`, `ERR_FS_LOOP` and the other codes of {@link FsError}.
 */
export function stat(path: PathLike, options: CallOptions & StatOptions & Exact): Promise<BigFileStat>
export function stat(path: PathLike, options?: CallOptions & StatOptions): Promise<FileStat>
export function stat(path: PathLike, options?: CallOptions & StatOptions): Promise<FileStat> {
  return look('fs.stat', path, true, options)
}

/** {@link stat} on this thread. */
export function statSync(path: PathLike, options: SyncCallOptions & StatOptions & Exact): BigFileStat
export function statSync(path: PathLike, options?: SyncCallOptions & StatOptions): FileStat
export function statSync(path: PathLike, options?: SyncCallOptions & StatOptions): FileStat {
  return lookSync('fs.statSync', path, true, options)
}

/** {@link stat} of a link itself. */
export function lstat(path: PathLike, options: CallOptions & StatOptions & Exact): Promise<BigFileStat>
export function lstat(path: PathLike, options?: CallOptions & StatOptions): Promise<FileStat>
export function lstat(path: PathLike, options?: CallOptions & StatOptions): Promise<FileStat> {
  return look('fs.lstat', path, false, options)
}

/** {@link lstat} on this thread. */
export function lstatSync(path: PathLike, options: SyncCallOptions & StatOptions & Exact): BigFileStat
export function lstatSync(path: PathLike, options?: SyncCallOptions & StatOptions): FileStat
export function lstatSync(path: PathLike, options?: SyncCallOptions & StatOptions): FileStat {
  return lookSync('fs.lstatSync', path, false, options)
}

/**
 * Whether something is at `path`: the entry itself, not what a link points to.
 *
 * @throws FsError where that cannot be told: `ERR_FS_PERMISSION` for a folder on the way.
 */

export async function exists(path: PathLike, options?: CallOptions): Promise<boolean> {
  const crossed = crossing('fs.exists', 'path', path)
  return boundary.call('fs.exists', options, (call) => {
    native.exists(call, crossed)
  })
}

/** {@link exists} on this thread. */
export function existsSync(path: PathLike, options?: SyncCallOptions): boolean {
  const deadline = deadlineOf('fs.existsSync', options)
  return native.existsSync(deadline, crossing('fs.existsSync', 'path', path))
}

async function look(
  operation: string,
  path: PathLike,
  follow: boolean,
  options: (CallOptions & StatOptions) | undefined,
): Promise<FileStat> {
  checkOptions(operation, options)
  const crossed = crossing(operation, 'path', path)
  const tuple = await boundary.call<StatTuple>(operation, options, (call) => {
    native.stat(call, crossed, follow)
  })
  return recordOf(tuple, options?.bigint === true)
}

function lookSync(
  operation: string,
  path: PathLike,
  follow: boolean,
  options: (SyncCallOptions & StatOptions) | undefined,
): FileStat {
  const deadline = deadlineOf(operation, options)
  return recordOf(native.statSync(deadline, crossing(operation, 'path', path), follow), options?.bigint === true)
}

function recordOf(tuple: StatTuple, exact: boolean): FileStat | BigFileStat {
  const [kind, size, mode, links, uid, gid, device, inode, mtimeNs, atimeNs, ctimeNs, birthtimeNs] = tuple
  const plain: FileStat = {
    kind,
    size,
    mode,
    links,
    uid,
    gid,
    mtimeMs: milliseconds(mtimeNs),
    atimeMs: milliseconds(atimeNs),
    ctimeMs: milliseconds(ctimeNs),
    birthtimeMs: birthtimeNs === null ? null : milliseconds(birthtimeNs),
  }
  return exact ? { ...plain, device, inode, mtimeNs, atimeNs, ctimeNs, birthtimeNs } : plain
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e6
}
