import { FerruleError, invalidArgument, nameError, type ErrorCode } from '../boundary/index.js'

/**
 * Every error of `ferrule/fs`. Beside the codes of the boundary, by what the system refused:
 * - `ERR_FS_NOT_FOUND`, `ERR_FS_EXISTS`, `ERR_FS_PERMISSION`, `ERR_FS_READ_ONLY`, `ERR_FS_BUSY`
 * - `ERR_FS_IS_FOLDER`, `ERR_FS_NOT_FOLDER`, `ERR_FS_NOT_EMPTY`
 * - `ERR_FS_NO_SPACE`: the device, a quota or the largest size of a file is used up
 * - `ERR_FS_TOO_MANY_OPEN`, `ERR_FS_NAME_TOO_LONG`, `ERR_FS_LOOP`, `ERR_FS_CROSS_DEVICE`
 * - `ERR_FS`: anything else
 *
 * and by what ferrule itself refuses:
 * - `ERR_FS_INVALID_PATH`: empty, or with a NUL inside; nothing was asked of the system
 * - `ERR_FS_INVALID_UTF8`: a text file is not UTF-8. `details.offset` is the byte
 * - `ERR_FS_TOO_LARGE`: more than `maxBytes`. `details.limit`
 * - `ERR_FS_PATTERN`: a pattern of a walk cannot be read. `details.pattern`
 *
 * `details` of the first group: `path`, `destination` of a copy or move, `errno` (`'ENOENT'`), `step` (what was being done:
 * `'open'`).
 */
export class FsError extends FerruleError {
  /** The system's name of the error, `'ENOENT'`; undefined for what the system did not refuse. */
  get errno(): string | undefined {
    return this.#text('errno')
  }

  /** The path it was about. What is no UTF-8 in it is U+FFFD. */
  get path(): string | undefined {
    return this.#text('path')
  }

  #text(name: string): string | undefined {
    const value = this.details[name]
    return typeof value === 'string' ? value : undefined
  }
}
nameError(FsError, 'FsError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): FsError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new FsError(message, { code, operation, details })
}

/** Refuses what is no options object: `read(path, 5)` must not mean `read(path)`. */
export function checkOptions(operation: string, options: object | undefined): void {
  if (options === undefined || (typeof options === 'object' && (options as unknown) !== null)) return
  throw refusal(operation, 'options', 'an object', options)
}

/** A deadline that passed while JavaScript ran. */
export function timeoutOf(operation: string, timeoutMs: number): FsError {
  const details = { timeoutMs, stillRunning: false }
  return new FsError(`${operation}: not done within ${timeoutMs} ms`, { code: 'ERR_TIMEOUT', operation, details })
}

/** A step that the object's state does not allow. */
export function stateError(operation: string, state: string, message: string): FsError {
  return new FsError(`${operation}: ${message}`, { code: 'ERR_STATE', operation, details: { state } })
}

/** An error that came as part of a result: `[code, path, errno, step, message]`. */
export function errorFrom(operation: string, facts: readonly string[]): FsError {
  const [code = '', path, errno, step, message = ''] = facts
  const details: Record<string, string> = {}
  for (const [name, value] of Object.entries({ path, errno, step })) if (value) details[name] = value
  return new FsError(`${operation}: ${message}`, { code: code as ErrorCode, operation, details })
}
