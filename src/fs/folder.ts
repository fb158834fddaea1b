import { boundary } from '../addon.js'
import type { CallOptions, SyncCallOptions } from '../boundary/index.js'
import { deadlineOf } from './deadline.js'
import { checkOptions } from './error.js'
import { native } from './native.js'
import { crossing, readPath, type PathLike } from './path.js'
import { remove, removeSync } from './remove.js'

/** How a folder is made. */
export interface MakeFolderOptions {
  /** Also those above it that are missing; one that is there already is fine. Default false. */
  recursive?: boolean | undefined
  /** Permissions, less the umask. Default 0o777. No meaning on Windows. */
  mode?: number | undefined
}

/**
 * Makes a folder.
 *
 * @throws FsError `ERR_FS_EXISTS`, `ERR_FS_NOT_FOUND` (the one above it) and the other codes of {@link FsError}.
 */

export async function makeFolder(path: PathLike, options: CallOptions & MakeFolderOptions = {}): Promise<void> {
  checkOptions('fs.makeFolder', options)
  const crossed = crossing('fs.makeFolder', 'path', path)
  return boundary.call('fs.makeFolder', options, (call) => {
    native.makeFolder(call, crossed, options.recursive ?? false, options.mode)
  })
}

/** {@link makeFolder} on this thread. */
export function makeFolderSync(path: PathLike, options: SyncCallOptions & MakeFolderOptions = {}): void {
  const deadline = deadlineOf('fs.makeFolderSync', options)
  const crossed = crossing('fs.makeFolderSync', 'path', path)
  native.makeFolderSync(deadline, crossed, options.recursive ?? false, options.mode)
}

/** Where a temporary folder is made. */
export interface TemporaryFolderOptions {
  /** The folder it is made in. Default: where the system keeps temporary files. */
  folder?: PathLike | undefined
  /** What its name starts with. Default `'ferrule-'`. */
  prefix?: string | undefined
}

/** A folder for a while. Only its owner can look into it. It stays until it is removed: the end of the process leaves it. */
export class TemporaryFolder {
  /** Where it is. */
  readonly path: string
  readonly #bytes: PathLike

  /** @internal */
  constructor(crossed: string) {
    const { path, bytes } = readPath(crossed)
    this.path = path
    this.#bytes = bytes ?? path
  }

  /** Removes it with all that is in it. Twice is fine. */
  remove(options: CallOptions = {}): Promise<void> {
    return remove(this.#bytes, { ...options, recursive: true, missingOk: true })
  }

  /** {@link remove} on this thread, for `using`. */
  [Symbol.dispose](): void {
    removeSync(this.#bytes, { recursive: true, missingOk: true })
  }

  /** {@link remove}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.remove()
  }
}

/**
 * Makes a folder with a name of its own.
 *
 * @example
 * await using folder = await temporaryFolder()
 * await write(join(folder.path, 'draft.txt'), text)
 */
export async function temporaryFolder(options: CallOptions & TemporaryFolderOptions = {}): Promise<TemporaryFolder> {
  const operation = 'fs.temporaryFolder'
  checkOptions(operation, options)
  const parent = parentOf(operation, options)
  const made = await boundary.call<string>(operation, options, (call) => {
    native.makeTemporaryFolder(call, parent, options.prefix ?? 'ferrule-')
  })
  return new TemporaryFolder(made)
}

/** {@link temporaryFolder} on this thread. */
export function temporaryFolderSync(options: SyncCallOptions & TemporaryFolderOptions = {}): TemporaryFolder {
  const operation = 'fs.temporaryFolderSync'
  const deadline = deadlineOf(operation, options)
  const parent = parentOf(operation, options)
  return new TemporaryFolder(native.makeTemporaryFolderSync(deadline, parent, options.prefix ?? 'ferrule-'))
}

function parentOf(operation: string, { folder }: TemporaryFolderOptions): string | null {
  return folder === undefined ? null : crossing(operation, 'options.folder', folder)
}
