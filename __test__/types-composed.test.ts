import { describe, expect, it } from 'vitest'
import { testkit, thrownBy } from './testkit/load.js'

const { types } = testkit

describe('optional values', () => {
  it('take null and undefined for nothing, and return null for it', () => {
    expect(types.optionText(null)).toBe(null)
    expect(types.optionText(undefined)).toBe(null)
    expect(types.optionNumber(undefined)).toBe(null)
  })

  it('tell nothing from what is only empty', () => {
    expect(types.optionText('')).toBe('')
    expect(types.optionNumber(0)).toBe(0)
  })

  it('must be passed: a missing argument is a missing argument', () => {
    expect(thrownBy(() => (types.optionText as () => unknown)())).toMatchObject({ code: 'ERR_INVALID_ARG_COUNT' })
  })
})

describe('lists and tuples', () => {
  it('come back in order', () => {
    const numbers = Array.from({ length: 10_000 }, (_, at) => at - 5000)
    expect(types.numbers(numbers)).toEqual(numbers)
    expect(types.numbers([])).toEqual([])
    expect(types.texts(['', 'a', '😀'])).toEqual(['', 'a', '😀'])
    expect(types.tuple([-1, 'a'])).toEqual([-1, 'a'])
    expect(
      types.nested([
        [1, true],
        [2, null],
        [255, undefined],
        [0, false],
      ]),
    ).toEqual([
      [1, true],
      [2, null],
      [255, null],
      [0, false],
    ])
  })

  it('are true arrays, apart from those that came in', () => {
    const numbers = [1, 2]
    const out = types.numbers(numbers)
    expect(Array.isArray(out)).toBe(true)
    expect(out).not.toBe(numbers)
  })

  it('are read through getters and prototypes once per element', () => {
    const read: number[] = []
    const numbers = [0, 0, 0]
    for (const at of [0, 1, 2]) {
      Object.defineProperty(numbers, at, {
        get() {
          read.push(at)
          return at * 10
        },
      })
    }
    expect(types.numbers(numbers)).toEqual([0, 10, 20])
    expect(read).toEqual([0, 1, 2])
    class Special extends Array<number> {}
    expect(types.numbers(Special.from([4, 5]))).toEqual([4, 5])
  })

  it('do not crash when a getter changes their length', () => {
    const numbers = [1, 2, 3, 4]
    Object.defineProperty(numbers, 0, {
      get() {
        numbers.length = 2
        return 1
      },
    })
    expect(thrownBy(() => types.numbers(numbers))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
      details: { found: 'undefined at [2]' },
    })
  })

  it('name the place of a bad element, however deep', () => {
    expect(thrownBy(() => types.texts(['a', 5 as never])).details).toMatchObject({ found: 'the number 5 at [1]' })
    expect(
      thrownBy(() =>
        types.nested([
          [1, true],
          [256, null],
        ]),
      ).details,
    ).toMatchObject({ found: '256 at [1][0]' })
    expect(thrownBy(() => types.nested([[1, 'yes' as never]])).details).toMatchObject({
      found: 'a string of 3 bytes at [0][1]',
    })
  })
})

describe('dates', () => {
  it('keep every millisecond', () => {
    for (let at = 0; at < 20_000; at += 1) {
      const milliseconds =
        Math.trunc(((at * 2_654_435_761) % 8_640_000_000) * 2_000_003 * (at % 2 === 0 ? 1 : -1)) % 8.64e15
      expect(types.date(new Date(milliseconds)).getTime()).toBe(milliseconds + 0)
    }
  })

  it('reach as far as JavaScript’s', () => {
    for (const milliseconds of [8.64e15, 8.64e15 - 1, -8.64e15, -8.64e15 + 1, 0, -1, 1]) {
      const out = types.date(new Date(milliseconds))
      expect(out).toBeInstanceOf(Date)
      expect(out.getTime()).toBe(milliseconds)
    }
  })

  it('are refused when they are invalid', () => {
    for (const date of [new Date(NaN), new Date(8.64e15 + 1), new Date('no date')]) {
      expect(thrownBy(() => types.date(date))).toMatchObject({ code: 'ERR_OUT_OF_RANGE' })
    }
  })
})

describe('durations', () => {
  it('keep every whole millisecond, and nanoseconds as a fraction', () => {
    for (const milliseconds of [
      0,
      1,
      0.5,
      0.000001,
      123.456789,
      86_400_000.25,
      2 ** 32 + 0.125,
      Number.MAX_SAFE_INTEGER,
    ]) {
      expect(types.duration(milliseconds)).toBe(milliseconds)
    }
    for (let milliseconds = 1; milliseconds < 2e12; milliseconds = milliseconds * 1.3 + 1) {
      expect(types.duration(Math.floor(milliseconds))).toBe(Math.floor(milliseconds))
    }
  })

  it('take a negative zero for zero', () => {
    expect(types.duration(-0)).toBe(0)
  })

  it('refuse what a duration cannot hold', () => {
    for (const milliseconds of [2 ** 64, 1e300]) {
      expect(thrownBy(() => types.duration(milliseconds))).toMatchObject({ code: 'ERR_OUT_OF_RANGE' })
    }
  })
})

describe('string unions', () => {
  it('take their members and no others', () => {
    for (const colour of ['red', 'green', 'dark-blue']) expect(types.colour(colour)).toBe(colour)
    const error = thrownBy(() => types.colour('RED'))
    expect(error.code).toBe('ERR_OUT_OF_RANGE')
    expect(error.message).toContain('must be one of "red" "green" "dark-blue", got "RED"')
  })

  it('show only the beginning of a long stranger', () => {
    const error = thrownBy(() => types.colour('x'.repeat(1_000_000)))
    expect(error.details['found']).toBe(`"${'x'.repeat(40)}…"`)
  })
})
