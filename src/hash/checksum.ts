import { crossing } from '../boundary/index.js'
import type { Data } from './data.js'
import { refusal } from './error.js'
import { native } from './native.js'

/**
 * CRC-32 as zip, gzip and Ethernet have it (CRC-32/ISO-HDLC in G. Cook's catalogue of parametrised CRC algorithms; what
 * `zlib.crc32` is): 0 to 4294967295.
 *
 * @param previous the checksum of what comes before `data`.
 * @throws HashError `ERR_INVALID_ARG_TYPE`; `ERR_OUT_OF_RANGE` for a `previous` beyond 32 bits.
 *
 * @example
 * crc32('123456789') // → 0xcbf43926
 * crc32('6789', crc32('12345')) // → the same
 */
export function crc32(data: Data, previous = 0): number {
  return native.crc32(crossing(data), previous)
}

/** CRC-32C, Castagnoli's, as iSCSI, ext4 and SCTP have it (CRC-32/ISCSI). As {@link crc32}. */
export function crc32c(data: Data, previous = 0): number {
  return native.crc32c(crossing(data), previous)
}

/** CRC-64 as xz has it (CRC-64/XZ). As {@link crc32}, in 64 bits. */
export function crc64(data: Data, previous = 0n): bigint {
  return native.crc64(crossing(data), previous)
}

/**
 * Moves the register of {@link crc32} over data, without the inversion that begins and ends a checksum: what other systems keep
 * between pieces. `crc32(data)` is `(crc32Partial(data, 0xffffffff) ^ 0xffffffff) >>> 0`.
 */
export function crc32Partial(data: Data, register: number): number {
  return native.crc32Partial(crossing(data), register)
}

/** {@link crc32Partial} of CRC-32C. */
export function crc32cPartial(data: Data, register: number): number {
  return native.crc32cPartial(crossing(data), register)
}

/** {@link crc32Partial} of CRC-64. */
export function crc64Partial(data: Data, register: bigint): bigint {
  return native.crc64Partial(crossing(data), register)
}

/**
 * The checksum of two pieces from the checksum of each and the second's length in bytes: the pieces are not needed.
 *
 * @example
 * crc32Combine(crc32('1234'), crc32('56789'), 5) // → crc32('123456789')
 */
export function crc32Combine(first: number, second: number, secondLength: number): number {
  return native.crc32Combine(first, second, secondLength)
}

/** {@link crc32Combine} of CRC-32C. */
export function crc32cCombine(first: number, second: number, secondLength: number): number {
  return native.crc32cCombine(first, second, secondLength)
}

/** {@link crc32Combine} of CRC-64. */
export function crc64Combine(first: bigint, second: bigint, secondLength: number): bigint {
  return native.crc64Combine(first, second, secondLength)
}

/** What came of a repair. */
export type Repair =
  /** The bytes are as their checksum says. */
  | { readonly outcome: 'sound' }
  /** One bit of the bytes was flipped and is right again: bit 0 is the lowest of the first byte. */
  | { readonly outcome: 'repaired'; readonly bit: number }
  /** The bytes are right: one bit of the checksum was flipped. */
  | { readonly outcome: 'checksum' }
  /** More than one bit differs; the bytes are as they were. */
  | { readonly outcome: 'impossible' }

const FLIPPED = {
  crc32: (data: Uint8Array, expected: number | bigint) => native.crc32FlippedBit(data, expected as number),
  crc32c: (data: Uint8Array, expected: number | bigint) => native.crc32cFlippedBit(data, expected as number),
  crc64: (data: Uint8Array, expected: number | bigint) => native.crc64FlippedBit(data, expected as bigint),
}

const OF = { crc32, crc32c, crc64 }

/**
 * Makes bytes right that one flipped bit, in them or in the checksum, sets apart from their checksum. They are changed in place. Time
 * grows with their length.
 *
 * @throws HashError `ERR_INVALID_ARG_TYPE`; `ERR_OUT_OF_RANGE` for another checksum's name.
 *
 * @example
 * const bytes = Buffer.from('123456788')
 * repair('crc32', bytes, 0xcbf43926) // → { outcome: 'repaired', bit: 64 }
 */
export function repair(checksum: 'crc32' | 'crc32c', bytes: Uint8Array, expected: number): Repair
export function repair(checksum: 'crc64', bytes: Uint8Array, expected: bigint): Repair
export function repair(checksum: 'crc32' | 'crc32c' | 'crc64', bytes: Uint8Array, expected: number | bigint): Repair {
  if (!Object.hasOwn(OF, checksum)) throw refusal('hash.repair', 'checksum', '"crc32", "crc32c" or "crc64"', checksum)
  const bit = FLIPPED[checksum](bytes, expected)
  if (bit !== null) {
    const at = Math.floor(bit / 8)
    bytes[at] = (bytes[at] as number) ^ (1 << (bit % 8))
    return { outcome: 'repaired', bit }
  }
  const difference = BigInt(OF[checksum](bytes)) ^ BigInt(expected)
  if (difference === 0n) return { outcome: 'sound' }
  return { outcome: (difference & (difference - 1n)) === 0n ? 'checksum' : 'impossible' }
}
