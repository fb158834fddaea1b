import { describe, expect, it } from 'vitest'
import type { Shape } from './testkit/index.js'
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

describe('arrays of a fixed length', () => {
  it('come back in order', () => {
    expect(types.point([1, -0, NaN])).toEqual([1, -0, NaN])
    expect(types.optionalNames(['', '😀'])).toEqual(['', '😀'])
    expect(types.optionalNames(undefined)).toBe(null)
  })

  it('are refused at another length, and a bad element is told with its place', () => {
    for (const length of [0, 2, 4]) {
      expect(thrownBy(() => types.point(new Array<number>(length).fill(0)))).toMatchObject({
        code: 'ERR_INVALID_ARG_TYPE',
        details: { expected: 'an array of 3 elements', found: `one of ${String(length)}` },
      })
    }
    expect(thrownBy(() => types.point([0, 0, '0' as never])).details['found']).toBe('a string of 1 bytes at [2]')
    expect(thrownBy(() => types.optionalNames(['', '\ud800'])).code).toBe('ERR_INVALID_STRING')
  })

  it('do not crash when a getter changes their length', () => {
    const point = [0, 1, 2]
    Object.defineProperty(point, 0, {
      get() {
        point.length = 1
        return 0
      },
    })
    expect(thrownBy(() => types.point(point)).details['found']).toBe('undefined at [1]')
  })
})

describe('tuples', () => {
  it('have up to 16 elements', () => {
    const long = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 'end']
    expect(types.long(long)).toEqual(long)
    expect(thrownBy(() => types.long([...long, 16])).details).toMatchObject({ found: 'one of 17' })
    expect(thrownBy(() => types.long([...long.slice(0, 15), 15])).details).toMatchObject({
      found: 'the number 15 at [15]',
    })
  })
})

describe('unions with data', () => {
  const shapes: Shape[] = [
    ['circle', 1.5],
    [
      'path',
      [
        [0, 0],
        [1, -1],
      ],
      'zigzag',
    ],
    ['path', [], null],
    ['none'],
  ]

  it('come back, alone and in lists', () => {
    for (const shape of shapes) expect(types.shape(shape)).toEqual(shape)
    expect(types.shapes(shapes)).toEqual(shapes)
  })

  it('are refused by an unknown text, a wrong length or a bad field, and the place is told', () => {
    const found = (shape: unknown): unknown => thrownBy(() => types.shapes([['none'], shape as Shape])).details
    const names = 'an array that begins with one of "circle" "path" "none"'
    expect(found(['square', 1])).toEqual(expect.objectContaining({ expected: names, found: '"square" at [1]' }))
    expect(found([])).toMatchObject({ found: 'an empty one at [1]' })
    expect(found([1])).toMatchObject({ expected: 'a string', found: 'the number 1 at [1][0]' })
    expect(found(['circle'])).toMatchObject({
      expected: 'an array of 2 elements, "circle" first',
      found: 'one of 1 at [1]',
    })
    expect(found(['none', 1])).toMatchObject({ found: 'one of 2 at [1]' })
    expect(found(['path', [[0, 0], [0]], null])).toMatchObject({ found: 'one of 1 at [1][1][1]' })
    expect(found(['path', [], '\ud800'])).toMatchObject({ expected: expect.stringContaining('') as string })
    expect(thrownBy(() => types.shape(['path', [], 'a\ud800'])).details['found']).toContain(' at [2]')
    expect(thrownBy(() => types.shape(['\ud800' as 'none']))).toMatchObject({ code: 'ERR_INVALID_STRING' })
  })

  it('are read through getters once per element', () => {
    const read: number[] = []
    const shape: unknown[] = ['', '']
    for (const [at, values] of [
      ['circle', 'none'],
      [1, 2],
    ].entries()) {
      Object.defineProperty(shape, at, {
        get() {
          read.push(at)
          return values.shift()
        },
      })
    }
    expect(types.shape(shape as Shape)).toEqual(['circle', 1])
    expect(read).toEqual([0, 1])
  })
})

describe('scalars', () => {
  it('come back as the type they went in as', () => {
    const values = [null, true, false, 0, -0, 1.5, NaN, 2n ** 63n - 1n, -1n, '', 'é😀', new Uint8Array([0, 255])]
    for (const value of values) expect(types.scalar(value)).toEqual(value)
    expect(types.scalars(values)).toEqual(values)
  })

  it('survive in lists of any length', () => {
    const values = Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? `text ${String(at)}` : at))
    expect(types.scalars(values)).toEqual(values)
  })

  it('refuse what has no simple type, and say where it was', () => {
    expect(thrownBy(() => types.scalars([1, [] as never]))).toMatchObject({
      code: 'ERR_INVALID_ARG_TYPE',
      details: { found: 'an array at [1]' },
    })
    expect(thrownBy(() => types.scalar(undefined as never))).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' })
    expect(thrownBy(() => types.scalar(2n ** 63n))).toMatchObject({ code: 'ERR_OUT_OF_RANGE' })
  })
})
