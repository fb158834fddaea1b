import { boundary } from '../addon.js'
import { checkedTimeout, crossing, type CallOptions, type SyncCallOptions } from '../boundary/index.js'
import type { Bytes } from '../streams/index.js'
import { arrived, type Data } from './data.js'
import { refusal } from './error.js'
import { native, type Algorithm } from './native.js'

export type { Algorithm } from './native.js'

/** With a key: HMAC (RFC 2104) with one of any length; of BLAKE3 its own keyed mode, with exactly 32 bytes. */
export interface KeyOption {
  key?: Data | undefined
}

/**
 * The digest of data. On this thread: from some mebibytes on {@link digestAsync} leaves it free. `'sha1'` and `'md5'` are broken as
 * signatures; they are here for what others have published.
 *
 * @throws HashError `ERR_INVALID_ARG_TYPE`; `ERR_OUT_OF_RANGE` for another algorithm.
 *
 * @example
 * Buffer.from(digest('sha256', 'abc')).toString('base64')
 */
export function digest(algorithm: Algorithm, data: Data): Bytes {
  return arrived(native.digest(algorithm, crossing(data)))
}

/** {@link digest} in lower-case hexadecimal digits. */
export function digestHex(algorithm: Algorithm, data: Data): string {
  return native.digestHex(algorithm, crossing(data))
}

/** The digest of two pieces, one behind the other, which are not joined for it. */
export function digestTwo(algorithm: Algorithm, first: Data, second: Data): Bytes {
  return arrived(native.digestTwo(algorithm, crossing(first), crossing(second)))
}

/**
 * The digest of data with a key. See {@link KeyOption}.
 *
 * @throws HashError as {@link digest}; `ERR_OUT_OF_RANGE` for a key of BLAKE3 that has not 32 bytes.
 */
export function hmac(algorithm: Algorithm, key: Data, data: Data): Bytes {
  return arrived(native.authenticate(algorithm, crossing(key), crossing(data)))
}

/** Whether `expected` is the digest of data with a key, in a time that does not tell how much of it is. Throws as {@link hmac}. */
export function verify(algorithm: Algorithm, key: Data, data: Data, expected: Uint8Array): boolean {
  return native.verify(algorithm, crossing(key), crossing(data), expected)
}

/** Whether both are the same, in a time that depends on their lengths alone. */
export function equal(first: Data, second: Data): boolean {
  return native.equal(crossing(first), crossing(second))
}

/**
 * {@link digest}, or {@link hmac} with a key, on the pool. `signal` and `timeoutMs` are looked at every mebibyte. The bytes must not be
 * changed before it is done.
 */
export async function digestAsync(algorithm: Algorithm, data: Data, options?: CallOptions & KeyOption): Promise<Bytes> {
  const operation = 'hash.digestAsync'
  const key = keyOf(operation, options)
  return boundary.call(operation, options, (call) => {
    native.digestTask(call, algorithm, key, crossing(data))
  })
}

/** {@link digestAsync} on this thread, with a deadline. */
export function digestSync(algorithm: Algorithm, data: Data, options?: SyncCallOptions & KeyOption): Bytes {
  const operation = 'hash.digestSync'
  const key = keyOf(operation, options)
  boundary.asks(operation)
  const deadline = options?.timeoutMs === undefined ? null : checkedTimeout(operation, options.timeoutMs)
  return native.digestTaskSync(deadline, algorithm, key, crossing(data)) as Bytes
}

function keyOf(operation: string, options: KeyOption | undefined): Uint8Array | null {
  if (options !== undefined && (typeof options !== 'object' || (options as unknown) === null)) {
    throw refusal(operation, 'options', 'an object', options)
  }
  return options?.key === undefined ? null : crossing(options.key)
}
