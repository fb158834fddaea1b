import { FerruleError, invalidArgument, nameError, type ErrorFields } from '../boundary/index.js'

/** Every error of `ferrule/http`, beside the codes of the boundary; docs/boundary.md lists its codes. */
export class HttpError extends FerruleError {}
nameError(HttpError, 'HttpError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): HttpError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new HttpError(message, { code, operation, details })
}

/** The same error with what caused it. */
export function withCause(error: HttpError, cause: unknown): HttpError {
  const { message, code, operation, details } = error
  const fields: ErrorFields = { code, operation, details, cause }
  return new HttpError(message, fields)
}
