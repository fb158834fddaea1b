/** Integers of 64 bits among the words that arrive in `boundary.scratch`. */

const pair = new Uint32Array(2)
const whole = new BigInt64Array(pair.buffer)

/** The two words from `at`, the low one first, as one signed integer. */
export function longAt(words: Uint32Array, at: number): bigint {
  pair[0] = words[at] as number
  pair[1] = words[at + 1] as number
  return whole[0] as bigint
}

/** The two words from `at`, the low one first, as a length. */
export function lengthAt(words: Uint32Array, at: number): number {
  return (words[at] as number) + (words[at + 1] as number) * 2 ** 32
}
