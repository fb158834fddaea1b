import { FerruleError, invalidArgument, nameError, type ErrorCode } from '../boundary/index.js'

/**
 * Every error of `ferrule/sql`, beside the codes of the boundary. `details` has what the database said: `sqlstate` or
 * `extendedCode`, `constraint`, `table`, `column`, `position`, `detail`, `hint`, `retryable`.
 */
export class SqlError extends FerruleError {
  /** Whether the same call may succeed when it is made again: a lock or another transaction was in the way. */
  get retryable(): boolean {
    return this.details['retryable'] === true
  }
}
nameError(SqlError, 'SqlError')

/** An error that this half makes. */
export function sqlError(
  code: ErrorCode,
  operation: string,
  message: string,
  details: Record<string, unknown> = {},
  cause?: unknown,
): SqlError {
  return new SqlError(`${operation}: ${message}`, { code, operation, details, cause })
}

/** An argument of a wrong type or range. */
export function refused(
  operation: string,
  argument: string,
  expected: string,
  found: unknown,
  cause?: unknown,
): SqlError {
  const { message, code, details } = invalidArgument(operation, argument, expected, found)
  return new SqlError(message, { code, operation, details, cause })
}

/** A function of JavaScript that SQLite called gave a promise. */
export function promised(operation: string): SqlError {
  return sqlError('ERR_SQL_FUNCTION', operation, 'it returned a promise, and SQLite cannot wait')
}
