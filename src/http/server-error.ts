import { invalidArgument } from '../boundary/index.js'
import { HttpError } from './error.js'

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): HttpError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new HttpError(message, { code, operation, details })
}

/** What a request says that cannot be read: a body that is no JSON, a path with a broken escape. */
export function unreadable(operation: string, what: string, cause?: unknown): HttpError {
  return new HttpError(`${operation}: ${what}`, { code: 'ERR_HTTP_REQUEST', operation, cause })
}

/** What a handler gave that is no response. */
export function badResponse(what: string): HttpError {
  const operation = 'http.HttpServer.handler'
  return new HttpError(`${operation}: ${what}`, { code: 'ERR_HTTP_RESPONSE', operation })
}

const STATUSES: ReadonlyMap<string, number> = new Map([
  ['ERR_HTTP_BODY_TOO_LARGE', 413],
  ['ERR_HTTP_BODY_TIMEOUT', 408],
  ['ERR_HTTP_BODY', 400],
  ['ERR_HTTP_REQUEST', 400],
])

/** What a client of the handler's own fails with may have the same codes, and is not the fault of who asks. */
const OF_REQUEST = /^http\.Request\./

/** The status for a handler that failed with this: the client's fault or, undefined, the handler's own. */
export const statusOfFault = (error: unknown): number | undefined =>
  error instanceof HttpError && OF_REQUEST.test(error.operation) ? STATUSES.get(error.code) : undefined
