import { randomInt } from 'node:crypto'
import { pickSize, SysError, waitMilliseconds } from 'ferrule/sys'
import { describe, expect, it } from 'vitest'
import { lot } from './sql/postgres.js'

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31))
const next = lot(seed)
const MOST = 2 ** 31 - 1

describe('how long to wait', () => {
  it.each([
    [1, 1, 0],
    [0, 1, 0],
    [1e-9, 0, 1],
    [0.0015, 0, 2],
    [1, 0, 1001],
    [2_147_483.6, 0, 2_147_483_601],
    [2_147_483.646, 0, MOST],
    [1e9, 0, MOST],
    [Number.MAX_VALUE, -Number.MAX_VALUE, MOST],
    [Infinity, 0, MOST],
    [Infinity, Infinity, MOST],
    [NaN, 0, MOST],
    [0, NaN, MOST],
    [-Infinity, 0, 0],
    [0, Infinity, 0],
    [Number.MIN_VALUE, 0, 1],
  ])('until %d at %d: %d ms', (wakeup, now, milliseconds) => {
    expect(waitMilliseconds(wakeup, now)).toBe(milliseconds)
  })

  it('is whole milliseconds cut off and one more, as C has it, for random times', () => {
    console.log('seed', seed)
    for (let round = 0; round < 50_000; round += 1) {
      const now = next(2 ** 31) / 1000 + next(1000) / 1e6
      const wakeup = now + (next(2 ** 31) - 2 ** 28) / 10 ** next(8)
      const wait = wakeup - now
      // The C form, (int)(wait * 1000) + 1, but where it would overflow.
      const expected = wait <= 0 ? 0 : Math.min(Math.trunc(wait * 1000) + 1, MOST)
      const got = waitMilliseconds(wakeup, now)
      if (got !== expected && got !== Math.min(Math.trunc(wait * 1000 + 1), MOST))
        expect({ wakeup, now, got }).toBe(expected)
    }
  })

  it.each([['1'], [null], [undefined], [1n], [{}]])('is refused for %s', (value) => {
    expect(() => waitMilliseconds(value as never, 0)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE', operation: 'sys.waitMilliseconds' }),
    )
    expect(() => waitMilliseconds(0, value as never)).toThrow(SysError)
  })
})

describe('the size that is picked', () => {
  /** From the largest down as long as the one below has room. */
  function picked(sizes: readonly number[], hint: number): number {
    let at = sizes.length - 1
    while (at > 0 && (sizes[at - 1] as number) >= hint) at -= 1
    return at
  }

  it('is the smallest with room, or the largest, for random tables and hints around every size', () => {
    const usual = [48, 512, 2048, 16384, 262144]
    expect([0, 48, 49, 512, 262144, 262145, MOST].map((hint) => pickSize(usual, hint))).toEqual([0, 0, 1, 1, 4, 4, 4])
    expect(pickSize(usual)).toBe(4)
    for (let round = 0; round < 500; round += 1) {
      const spread = next(2) === 0 ? 40 : MOST
      const sizes = [...new Set(Array.from({ length: 1 + next(16) }, () => next(spread)))].sort((a, b) => a - b)
      const hints = [...sizes.flatMap((size) => [size - 1, size, size + 1]), next(spread), 0, MOST]
      for (const hint of hints.filter((hint) => hint >= 0)) {
        if (pickSize(sizes, hint) !== picked(sizes, hint)) expect({ sizes, hint }).toBe(picked(sizes, hint))
      }
    }
  })

  it.each([
    ['no sizes', [], 1, 'ERR_OUT_OF_RANGE', /there must be a size/],
    ['sizes that do not ascend', [1, 3, 3], 1, 'ERR_OUT_OF_RANGE', /the one at 2 does not/],
    ['sizes that descend', [9, 8], 1, 'ERR_OUT_OF_RANGE', /the one at 1 does not/],
    ['a negative size', [-1, 3], 1, 'ERR_OUT_OF_RANGE', /the one at 0 is -1/],
    ['a size beyond 31 bits', [2 ** 31], 1, 'ERR_OUT_OF_RANGE', /sizes/],
    ['a size that is none', [1, '2'], 1, 'ERR_INVALID_ARG_TYPE', /sizes/],
    ['a hole', [1, undefined], 1, 'ERR_INVALID_ARG_TYPE', /sizes/],
    ['no table', undefined, 1, 'ERR_INVALID_ARG_TYPE', /sizes/],
    ['a negative hint', [1], -1, 'ERR_OUT_OF_RANGE', /hint/],
    ['a hint beyond 31 bits', [1], 2 ** 31, 'ERR_OUT_OF_RANGE', /hint/],
    ['half a byte', [1], 0.5, 'ERR_OUT_OF_RANGE', /hint/],
    ['a hint that is none', [1], '1', 'ERR_INVALID_ARG_TYPE', /hint/],
    ['null for a hint', [1], null, 'ERR_INVALID_ARG_TYPE', /hint/],
  ])('is refused for %s', (_, sizes, hint, code, message) => {
    const call = (): number => pickSize(sizes as never, hint as never)
    expect(call).toThrow(expect.objectContaining({ code, operation: 'sys.pickSize' }))
    expect(call).toThrow(message)
  })

  it('says which size is wrong', () => {
    expect(() => pickSize([1, 2, 2])).toThrow(expect.objectContaining({ details: { index: 2 } }))
  })
})
