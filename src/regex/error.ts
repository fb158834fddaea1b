import { FerruleError, invalidArgument, nameError } from '../boundary/index.js'

/**
 * Every error of `ferrule/regex`. Beside the codes of the boundary:
 * - `ERR_REGEX_SYNTAX`: the pattern is not in the language. `details`: `detail` (the fault in one line), `start` and `end`
 *   (where it is in the pattern, UTF-16 units), `index` (which pattern of a set).
 * - `ERR_REGEX_TOO_BIG`: the compiled pattern is larger than `sizeLimit`. `details.limit` in bytes.
 * - `ERR_REGEX_GROUP`: a template refers to a group the pattern does not have. `details.reference`.
 */
export class RegexError extends FerruleError {}
nameError(RegexError, 'RegexError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): RegexError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new RegexError(message, { code, operation, details })
}

/** A deadline that passed while JavaScript ran: between two calls of a replacement function. */
export function timeout(operation: string, timeoutMs: number): RegexError {
  return new RegexError(`${operation}: not done within ${timeoutMs} ms`, {
    code: 'ERR_TIMEOUT',
    operation,
    details: { timeoutMs, stillRunning: false },
  })
}
