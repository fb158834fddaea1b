import { refusal } from './error.js'
import { native } from './native.js'

/**
 * Milliseconds to wait from `now` until `wakeup`, both in seconds: 0 when that is past, never too few (at least 1), at most 2147483647,
 * which also stands for what is no number and for what never comes.
 *
 * @throws SysError `ERR_INVALID_ARG_TYPE`.
 *
 * @example
 * waitMilliseconds(10.0015, 10) // → 2
 */
export function waitMilliseconds(wakeup: number, now: number): number {
  return native.waitMilliseconds(wakeup, now)
}

/**
 * The place, from 0, of the smallest size that has room for `hint` bytes; of the largest when none has, or without a hint.
 *
 * @param sizes ascending, 0 to 2147483647; at least one.
 * @param hint 0 to 2147483647.
 * @throws SysError `ERR_OUT_OF_RANGE` for no sizes, for a size that is negative or not larger than the one before (`details.index`),
 * and for a negative hint; `ERR_INVALID_ARG_TYPE`.
 *
 * @example
 * pickSize([48, 512, 2048, 16384, 262144], 100) // → 1
 */
export function pickSize(sizes: readonly number[], hint?: number): number {
  if (hint !== undefined && hint < 0) {
    throw refusal('sys.pickSize', 'hint', 'a number from 0 to 2147483647, or left out for the largest', hint)
  }
  return native.pickSize(sizes, hint === undefined ? -1 : hint)
}
