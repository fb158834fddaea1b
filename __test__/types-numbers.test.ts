import { describe, expect, it } from 'vitest'
import { bigintRangeOf, rangeOf } from './testkit/bad-values.js'
import { testkit, thrownBy } from './testkit/load.js'

const { types } = testkit

describe.each(['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'isize', 'usize'])('%s', (name) => {
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

describe.each(['I8', 'U8', 'I16', 'U16', 'I32', 'U32', 'I64', 'U64', 'Isize', 'Usize'])('NonZero%s', (name) => {
  const echo = types[`NonZero${name}`] as (value: number) => number
  const [low, high] = rangeOf(`NonZero${name}`) ?? [0, -1]

  it('takes its range, edges included, and gives it back', () => {
    for (const value of [low, low + (low === -1 ? 2 : 1), 1, 42, high - 1, high]) expect(echo(value)).toBe(value)
  })

  it('refuses zero and what lies just outside, and says so', () => {
    for (const value of [0, -0, low - 1, high + 1, 0.5]) {
      const error = thrownBy(() => echo(value))
      expect(error.code).toBe('ERR_OUT_OF_RANGE')
      expect(error.details['expected']).toBe(
        `an integer from ${String(low)} to ${String(high)}${low < 0 ? ', but not 0' : ''}`,
      )
    }
  })
})

describe('f32', () => {
  it('gives back what single precision holds, its sign and NaN', () => {
    const smallest = 2 ** -149
    const largest = (2 - 2 ** -23) * 2 ** 127
    for (const value of [NaN, -0, 0, 0.5, -1.25, Infinity, -Infinity, smallest, largest, -largest, 2 ** 24]) {
      expect(types.f32(value)).toBe(value)
    }
  })

  it('takes the nearest it holds for any other number', () => {
    for (const value of [0.1, -0.1, Math.PI, 2 ** 24 + 1, 1e-50, (2 - 2 ** -24) * 2 ** 127 - 2 ** 75]) {
      expect(types.f32(value)).toBe(Math.fround(value))
    }
  })

  it('refuses a finite number that would become infinite', () => {
    for (const value of [(2 - 2 ** -24) * 2 ** 127, -1e39, Number.MAX_VALUE]) {
      expect(thrownBy(() => types.f32(value)).message).toContain('a number that single precision can hold')
    }
  })
})

describe('orderings', () => {
  it('are -1, 0 and 1', () => {
    for (const value of [-1, 0, 1]) expect(types.ordering(value)).toBe(value)
    expect(types.ordering(-0)).toBe(0)
  })

  it('are no other number, as comparison functions of JavaScript may give', () => {
    for (const value of [2, -7, 0.5, NaN, Infinity]) {
      expect(thrownBy(() => types.ordering(value))).toMatchObject({
        code: 'ERR_OUT_OF_RANGE',
        details: { expected: '-1, 0 or 1' },
      })
    }
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

describe('128-bit integers as bigints', () => {
  it.each([
    ['bigint128', types.bigI128],
    ['biguint128', types.bigU128],
  ] as const)('gives back all of %s', (name, echo) => {
    const [low, high] = bigintRangeOf(name)
    const within = [low, low + 1n, 0n, 1n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n, 2n ** 64n + 1n, high]
    for (const value of within) expect(echo(value)).toBe(value)
    for (let value = low; value < high; value += (high - low) / 1009n) expect(echo(value)).toBe(value)
  })

  it('gives back negative ones of one word and of two', () => {
    for (const value of [-1n, -(2n ** 63n), -(2n ** 64n) + 1n, -(2n ** 64n), -(2n ** 64n) - 1n]) {
      expect(types.bigI128(value)).toBe(value)
    }
  })

  it('refuses what lies just outside, and says the range', () => {
    expect(thrownBy(() => types.bigI128(2n ** 127n)).message).toContain('a bigint from -2n ** 127n to 2n ** 127n - 1n')
    expect(thrownBy(() => types.bigU128(-1n)).message).toContain('a bigint from 0n to 2n ** 128n - 1n')
  })
})
