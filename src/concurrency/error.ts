import { FerruleError, invalidArgument, nameError } from '../boundary/index.js'

/** Every error of `ferrule/concurrency`, beside the codes of the boundary; docs/boundary.md lists its codes. */
export class ConcurrencyError extends FerruleError {}
nameError(ConcurrencyError, 'ConcurrencyError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): ConcurrencyError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new ConcurrencyError(message, { code, operation, details })
}
