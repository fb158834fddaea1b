import { boundary } from '../addon.js'
import { crossing, lengthAt, longAt } from '../boundary/index.js'
import { native, type Packed } from './native.js'
import type { Text } from './text.js'

/** Where skipping ended. */
export interface Skipped {
  /** Bytes skipped. */
  readonly advance: number
  /** The line number: one more for each line feed skipped. */
  readonly line: number
  /** The next byte, 0 to 255; 0 at the end, too. */
  readonly next: number
}

/** An integer, and how long it is written. */
export interface Integer {
  /** Its value; the greatest or smallest of 64 bits when it is beyond that. */
  readonly value: bigint
  /** Bytes of sign and digits, without the blanks before them; 0: there is none. */
  readonly consumed: number
}

/**
 * Skips spaces, tabs, carriage returns, line feeds and comments, from `#` to the end of a line. Vertical tabs and form feeds are no space,
 * and a NUL in a comment does not end it.
 *
 * @param line the number of the line that the text begins in, a signed integer of 32 bits, the greatest of which stays what it is.
 * @throws ConfigError `ERR_INVALID_ARG_TYPE`, `ERR_OUT_OF_RANGE`, `ERR_BUFFER_DETACHED`.
 *
 * @example
 * skipSpace('# one\n two') // → { advance: 7, line: 2, next: 0x74 }
 */
export function skipSpace(text: Text, line = 1): Skipped {
  return skipped(native.skipSpace(crossing(text), line))
}

/** Skips spaces and tabs. As {@link skipSpace}. */
export function skipBlanks(text: Text, line = 1): Skipped {
  return skipped(native.skipBlanks(crossing(text), line))
}

/**
 * The length in bytes of the word behind the blanks: letters, digits, `.`, `-` and `_`. Behind a `[` colons belong to it, and a `]`
 * that ends it, which may be missing. 0: there is none.
 *
 * @example
 * wordLength('  host-1:80') // → 6
 * wordLength('[::1]:443') // → 5
 */
export function wordLength(text: Text): number {
  return native.wordLength(crossing(text))
}

/**
 * The length in bytes of the string behind the blanks: everything but spaces, control characters and `;`. A quotation mark is one of its
 * own: what is quoted is not part of the format. 0: there is none.
 */
export function stringLength(text: Text): number {
  return native.stringLength(crossing(text))
}

/** The decimal digits behind the blanks. None: 0. */
export function integer(text: Text): Integer {
  return integerOf(native.integer(crossing(text)))
}

/** The decimal digits behind the blanks. None: -1. */
export function integerOrMinusOne(text: Text): Integer {
  return integerOf(native.integerOrMinusOne(crossing(text)))
}

/**
 * The decimal digits behind the blanks, with a `-` right before them or without. None: -9223372036854775808, which `consumed` tells from the
 * same when it is written.
 *
 * @example
 * signedInteger(' -12;') // → { value: -12n, consumed: 3 }
 */
export function signedInteger(text: Text): Integer {
  return integerOf(native.signedInteger(crossing(text)))
}

/** The words of crates/config/src/scan_words.rs. */
const wordsOf = (packed: Packed): Uint32Array => (typeof packed === 'number' ? boundary.scratch : packed)

function skipped(packed: Packed): Skipped {
  const words = wordsOf(packed)
  return { advance: lengthAt(words, 0), line: (words[2] as number) | 0, next: words[3] as number }
}

function integerOf(packed: Packed): Integer {
  const words = wordsOf(packed)
  return { value: longAt(words, 0), consumed: lengthAt(words, 2) }
}
