import { FerruleError, invalidArgument, nameError, type ErrorFields } from '../boundary/index.js'
import { ERROR_NUMBERS } from './wire.js'

/** The numbers of the RPC systems for what is refused here. */
const NUMBERS: Readonly<Record<string, number>> = {
  ERR_TL_HEADER: ERROR_NUMBERS.HEADER,
  ERR_TL_NOT_ENOUGH_DATA: ERROR_NUMBERS.NOT_ENOUGH_DATA,
  ERR_TL_EXTRA_DATA: ERROR_NUMBERS.EXTRA_DATA,
  ERR_TL_TOO_LONG: ERROR_NUMBERS.TOO_LONG_STRING,
  ERR_TL_NOT_IN_RANGE: ERROR_NUMBERS.VALUE_NOT_IN_RANGE,
  ERR_TL_BAD_VALUE: ERROR_NUMBERS.BAD_VALUE,
}

/**
 * Every error of `ferrule/tl`. Beside the codes of the boundary, each with the number by which RPC systems know it in
 * `details.number` and their text in `details.text`:
 * - `ERR_TL_HEADER` (-1002): no header. `details.flags`: the flags, if they are what is wrong.
 * - `ERR_TL_NOT_ENOUGH_DATA` (-1004): the bytes end before the value. `details`: `wanted`, `position`, `size` in bytes.
 * - `ERR_TL_EXTRA_DATA` (-1001): something follows the last value. `details`: `position`, `size`.
 * - `ERR_TL_TOO_LONG` (-2003): a string, vector or message beyond its limit. `details`: `what`, `length`, `limit`, `position`.
 * - `ERR_TL_NOT_IN_RANGE` (-2004): a vector with a count below zero. `details`: `found`, `position`.
 * - `ERR_TL_BAD_VALUE` (-2006): not the number of a vector (`details`: `expected`, `found`, `position`); a string in another form than
 *   its own, or none of UTF-8 where text is asked for (`details.position`).
 * - `ERR_TL_SHAPE`: types that cannot be, without a number.
 */
export class TlError extends FerruleError {
  constructor(message: string, fields: ErrorFields) {
    const number = NUMBERS[fields.code]
    const text = message.slice(fields.operation.length + 2)
    super(message, number === undefined ? fields : { ...fields, details: { ...fields.details, number, text } })
  }

  /** The number by which RPC systems know it, such as -1002; 0 for an error that they do not know. */
  get number(): number {
    return (this.details['number'] as number | undefined) ?? 0
  }
}
nameError(TlError, 'TlError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): TlError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new TlError(message, { code, operation, details })
}

/** Bytes whose memory was given away, in the words of the native half. */
export function detached(operation: string, argument: string): TlError {
  const [expected, found] = ['a Uint8Array', 'one whose buffer was transferred away']
  const message = `${operation}: argument "${argument}" must be ${expected}, got ${found}`
  return new TlError(message, { code: 'ERR_BUFFER_DETACHED', operation, details: { argument, expected, found } })
}

/** A type that cannot be. */
export function impossible(operation: string, what: string): TlError {
  return new TlError(`${operation}: ${what}`, { code: 'ERR_TL_SHAPE', operation })
}
