import { FerruleError, invalidArgument, nameError } from '../boundary/index.js'

/**
 * Every error of `ferrule/hash`. It has the codes of the boundary alone: `ERR_INVALID_ARG_TYPE`; `ERR_OUT_OF_RANGE` for another
 * algorithm, a number that is no checksum, and a key for BLAKE3 that has not 32 bytes; `ERR_BUSY`, `ERR_TIMEOUT`.
 */
export class HashError extends FerruleError {}
nameError(HashError, 'HashError')

/** An argument that is refused before the native half sees it. */
export function refusal(operation: string, name: string, expected: string, found: unknown): HashError {
  const { message, code, details } = invalidArgument(operation, name, expected, found)
  return new HashError(message, { code, operation, details })
}
