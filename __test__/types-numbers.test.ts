import { describe, expect, it } from 'vitest'
import { rangeOf } from './testkit/bad-values.js'
import { testkit, thrownBy } from './testkit/load.js'

const { types } = testkit

describe.each(['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'usize'])('%s', (name) => {
  const echo = types[name] as (value: number) => number
  const [low, high] = rangeOf(name) ?? [0, -1]

  it('takes its range, edges included, and gives it back', () => {
    for (const value of [low, low + 1, 0, 1, 42, high - 1, high]) expect(echo(value)).toBe(value)
  })

  it('refuses what lies just outside, and says the range', () => {
    for (const value of [low - 1, high + 1, low - 0.5, high + 0.5]) {
      const error = thrownBy(() => echo(value))
      expect(error.code).toBe('ERR_OUT_OF_RANGE')
      expect(error.details['expected']).toBe(`an integer from ${String(low)} to ${String(high)}`)
    }
  })

  it('takes a negative zero as zero', () => {
    expect(echo(-0)).toBe(0)
  })
})

describe('f64', () => {
  it('gives back every number, its sign and NaN', () => {
    for (const value of [NaN, -0, 0, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53, 0.1]) {
      expect(types.f64(value)).toBe(value)
    }
  })
})

describe('boolean', () => {
  it('gives back both', () => {
    expect([types.boolean(true), types.boolean(false)]).toEqual([true, false])
  })
})

describe('64-bit integers as numbers', () => {
  it('returns results up to the largest safe integer', () => {
    expect(types.makeU64(2 ** 21 - 1, 2 ** 32 - 1)).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('refuses a result that a number would round, and shows it whole', () => {
    for (const [high, low, shown] of [
      [2 ** 21, 0, '9007199254740992'],
      [2 ** 21, 1, '9007199254740993'],
      [2 ** 32 - 1, 2 ** 32 - 1, '18446744073709551615'],
    ] as const) {
      const error = thrownBy(() => types.makeU64(high, low))
      expect(error).toMatchObject({ code: 'ERR_OUT_OF_RANGE', operation: 'types.makeU64' })
      expect(error.message).toContain(shown)
      expect(error.message).toContain('bigint')
    }
  })
})

describe('64-bit integers as bigints', () => {
  it('gives back all of bigint64', () => {
    for (const value of [0n, 1n, -1n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)])
      expect(types.bigI64(value)).toBe(value)
  })

  it('gives back all of biguint64', () => {
    for (const value of [0n, 1n, 2n ** 53n + 1n, 2n ** 64n - 1n]) expect(types.bigU64(value)).toBe(value)
  })
})
