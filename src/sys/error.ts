import { FerruleError, invalidArgument, nameError } from '../boundary/index.js'

/**
 * Every error of `ferrule/sys`. Beside the codes of the boundary:
 * - `ERR_SYS_NOT_FOUND`: no such process or thread. `details.path`, `details.errno`
 * - `ERR_SYS_PERMISSION`: the system hides it. The same
 * - `ERR_SYS`: the system refuses it for another reason. The same
 * - `ERR_SYS_MALFORMED`: a text is not what proc(5) says. `details.field`, `details.found`, and of a file `details.path`
 * - `ERR_SYS_UNAVAILABLE`: this system or processor has it not. `details.what`
 */
export class SysError extends FerruleError {
  /** The system's name of the error, `'ENOENT'`; undefined for what the system did not refuse. */
  get errno(): string | undefined {
    return this.#text('errno')
  }

  /** The file it was about. */
  get path(): string | undefined {
    return this.#text('path')
  }

  #text(name: string): string | undefined {
    const value = this.details[name]
    return typeof value === 'string' ? value : undefined
  }
}
nameError(SysError, 'SysError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): SysError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new SysError(message, { code, operation, details })
}

/** Refuses what has no properties to read. */
export function checkObject(operation: string, name: string, value: object): void {
  if (typeof value === 'object' && (value as unknown) !== null) return
  throw refusal(operation, name, 'an object', value)
}
