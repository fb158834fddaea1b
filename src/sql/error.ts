import { FerruleError, invalidArgument, nameError } from '../boundary/index.js'

/** Every error of `ferrule/sql`, beside the codes of the boundary. */
export class SqlError extends FerruleError {}
nameError(SqlError, 'SqlError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown, cause?: unknown): SqlError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new SqlError(message, { code, operation, details, ...(cause === undefined ? {} : { cause }) })
}
