// The glue of a crate with one of everything, compiled and called: what crosses arrives as it was, what must not cross is
// refused, and the binary's contract is the one computed from the spec.
import { isFerruleError } from 'ferrule/boundary'
import { beforeAll, describe, expect, it } from 'vitest'
import { cookKitchen, type Kitchen } from './glue-kitchen.js'
import { lazyTests } from './glue-lazy.js'
import { pairTests } from './glue-pairs.js'
import { sinkTests } from './glue-sinks.js'

let kitchen: Kitchen
/** Calls an export on the JavaScript thread. */
const run = (name: string, ...args: unknown[]): unknown => kitchen.native[name]?.(...args)

function codeOf(name: string, ...args: unknown[]): string {
  try {
    run(name, ...args)
  } catch (error) {
    if (isFerruleError(error)) return error.code
    throw error
  }
  return 'nothing thrown'
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)

beforeAll(() => {
  kitchen = cookKitchen()
})

lazyTests(() => kitchen)
pairTests(() => kitchen)
sinkTests(() => kitchen)

describe('values', () => {
  it.each([
    ['chars', ['é', 'caé'], 'é'],
    ['strings', ['a', 'b', 'c', 'd', 'e'], 'abcde'],
    ['genericText', ['a', 'b', 'c'], 'abc'],
    ['cow', ['x'], 'x'],
    ['staticText', [], 'static'],
    ['numbers', [-1, 2, 3, 4, -5, 0.5, 0.25], 3.75],
    ['numbers', [1, 2, 3, 4, 5, NaN, 0], NaN],
    ['wide', [-(2n ** 127n), 2n ** 128n - 1n], [-(2n ** 127n), 2n ** 128n - 1n]],
    ['wide', [2n ** 127n - 1n, 0n], [2n ** 127n - 1n, 0n]],
    ['wide', [-1n, 1n << 64n], [-1n, 1n << 64n]],
    ['nonzero', [5], 4],
    ['nonzero', [1], null],
    ['array', [], bytes(1, 2, 3)],
    ['bytes', [bytes(1), bytes(2), bytes(3, 3, 3, 3), bytes(4, 4), bytes(5)], bytes(1, 2, 3, 3, 3, 3, 4, 4, 5)],
    ['lists', [[1, 2], ['a'], ['b'], bytes(1, 1, 2), [5]], 7],
    ['optList', [[1], 'abc', null], [1, 3, null]],
    ['optList', [null, null, bytes(1)], [null, 1]],
    ['iter', [[1, 2]], ['1', '2']],
    ['iter2', [['a']], [['a']]],
    ['floats', [[1, 2]], [1, 2]],
    [
      'maps',
      [[['a', 1]], [[2, 'b']]],
      [
        ['a', bytes(1)],
        ['b', bytes(2)],
      ],
    ],
    [
      'tuples',
      [
        [1, 'a'],
        [null, [true]],
      ],
      ['1a', [null, true]],
    ],
    ['duration', [1.5, 2], 3.5],
    ['date', [new Date(5)], new Date(5)],
    ['order', [-1], 1],
    ['order', [-0], 0],
    [
      'range',
      [
        [1, 3],
        [1, 2],
      ],
      [2, 5],
    ],
    ['register', [1, 2], 3],
    ['builderMAX', [], 7],
    ['builderLABEL', [], 'label'],
  ])('%s %o gives %o', (name, args, expected) => {
    expect(run(name, ...args)).toEqual(expected)
  })

  it.each([
    ['chars', ['ab', ''], 'ERR_OUT_OF_RANGE'],
    ['chars', ['', ''], 'ERR_OUT_OF_RANGE'],
    ['chars', [1, ''], 'ERR_INVALID_ARG_TYPE'],
    ['numbers', [0, 0, 0, 0, 0, 1e300, 0], 'ERR_OUT_OF_RANGE'],
    ['wide', [2n ** 127n, 0n], 'ERR_OUT_OF_RANGE'],
    ['wide', [-(2n ** 127n) - 1n, 0n], 'ERR_OUT_OF_RANGE'],
    ['wide', [0n, -1n], 'ERR_OUT_OF_RANGE'],
    ['wide', [0n, 2n ** 128n], 'ERR_OUT_OF_RANGE'],
    ['wide', [2n ** 500n, 0n], 'ERR_OUT_OF_RANGE'],
    ['wide', [1, 0n], 'ERR_INVALID_ARG_TYPE'],
    ['nonzero', [0], 'ERR_OUT_OF_RANGE'],
    ['bytes', [bytes(), bytes(), bytes(3), bytes(4, 4), bytes()], 'ERR_OUT_OF_RANGE'],
    ['floats', [[1]], 'ERR_INVALID_ARG_TYPE'],
    ['order', [2], 'ERR_OUT_OF_RANGE'],
    ['order', [0.5], 'ERR_OUT_OF_RANGE'],
    ['order', [NaN], 'ERR_OUT_OF_RANGE'],
    ['kind', ['A', 'a', null], 'ERR_OUT_OF_RANGE'],
    ['points', [[[1, 'a', [], 'x', null]]], 'ERR_OUT_OF_RANGE'],
    ['maybeShape', [['circle']], 'ERR_INVALID_ARG_TYPE'],
    ['maybeShape', [['x', 1]], 'ERR_OUT_OF_RANGE'],
    ['maybeShape', [[]], 'ERR_INVALID_ARG_TYPE'],
    ['maybeShape', ['circle'], 'ERR_INVALID_ARG_TYPE'],
    ['shape', [['circle', '1'], []], 'ERR_INVALID_ARG_TYPE'],
    ['shape', [['none'], [['pair', 300, 'type']]], 'ERR_OUT_OF_RANGE'],
  ])('%s %o is refused with %s', (name, args, code) => {
    expect(codeOf(name, ...args)).toBe(code)
  })
})

describe('shapes', () => {
  const point = (x: number, label: string): unknown[] => [x, label, ['t'], 'big-one', null]
  const shapes = [['none'], ['circle', 1.5], ['named', 'x', [point(1, 'q')]], ['pair', 3, 'type']]

  it('passes records as arrays of their fields', () => {
    expect(run('point', point(1, 'a'), point(2, 'b'), point(5, 'c'))).toEqual([6, 'ab', ['t'], 'big-one', null])
    expect(run('points', [point(1, 'a')])).toEqual([point(1, 'a')])
  })

  it('passes enums without data as strings', () => {
    expect(run('kind', 'a', 'big-one', null)).toEqual(['a', 'big-one', 'a'])
  })

  it('passes enums with data as arrays behind their tag', () => {
    expect(run('shape', shapes[0], shapes)).toEqual([shapes[0], ...shapes])
    expect(run('maybeShape', null)).toBeNull()
    expect(run('maybeShape', shapes[2])).toEqual(shapes[2])
  })

  it('reads what borrows through its getters', () => {
    expect(run('view', 'a')).toEqual(['a', 3])
    expect(run('views', 'a b')).toEqual([
      ['a', 1],
      ['b', 1],
    ])
  })
})

describe('errors', () => {
  it('gives a variant its code and its facts', () => {
    expect(run('fail', 0)).toBe(0)
    expect(() => run('fail', 1)).toThrow(
      expect.objectContaining({ code: 'ERR_KITCHEN_BAD', details: { at: 7, why: 'so' } }),
    )
  })

  it('gives all others the code of the package', () => {
    for (const name of ['failUnit', 'failText', 'failIo']) expect(codeOf(name)).toBe('ERR_KITCHEN')
    expect(codeOf('fail', 2)).toBe('ERR_KITCHEN')
    expect(() => run('failText')).toThrow('text')
  })

  it('describes an error that does not print by what it holds', () => {
    expect(() => run('failSilent')).toThrow('Silent(3)')
    expect(codeOf('failSilent')).toBe('ERR_KITCHEN_SILENT')
  })
})

describe('callbacks', () => {
  it('calls the function for each value', () => {
    expect(run('each', 5, (value: number) => value % 2 === 0)).toBe(3)
    expect(run('fold', ['a', 'b'], (text: string, next: string) => text + next)).toBe('ab')
  })

  it('stops the crate and throws on the very value the function threw', () => {
    const mine = new RangeError('mine')
    let calls = 0
    const throwing = (): never => {
      calls += 1
      throw mine
    }
    expect(() => run('each', 5, throwing)).toThrow(mine)
    expect(calls).toBe(1)
  })

  it('leaves the object usable after the function threw', () => {
    const builder = run('builderNew')
    expect(() => run('builderEach', builder, () => { throw new Error('mine') })).toThrow('mine') // prettier-ignore
    expect(run('builderN', builder)).toBe(0)
  })

  it('refuses an answer of another type', () => {
    expect(codeOf('each', 2, () => 1)).toBe('ERR_CALLBACK_TYPE')
  })
})

describe('objects', () => {
  it('copies what is taken by value and can be copied', () => {
    const builder = run('builderNew')
    expect(run('builderAdd', builder, 2)).toBeUndefined()
    const other = run('builderWith', builder, 3)
    expect([run('builderN', builder), run('builderN', other)]).toEqual([2, 5])
    expect(run('sum', [builder, other])).toBe(7)
    expect(run('optRef', other, other)).toBe(10)
  })

  it('says who consumed an object that is used again', () => {
    const once = run('onceNew', 1)
    expect(run('onceIntoVec', once)).toEqual(bytes(1, 1, 1))
    expect(() => run('onceLen', once)).toThrow(
      expect.objectContaining({ code: 'ERR_HANDLE_CLOSED', details: { consumedBy: 'onceIntoVec' } }),
    )
    expect(codeOf('oncePush', once, 1)).toBe('ERR_HANDLE_CLOSED')
  })

  it('consumes only where the spec says so, when the type has copies', () => {
    const builder = run('builderNew')
    run('builderWithConsumed', builder, 1)
    expect(codeOf('builderN', builder)).toBe('ERR_HANDLE_CLOSED')
    expect(codeOf('sum', [builder])).toBe('ERR_HANDLE_CLOSED')
  })

  it('keeps an object that was to be consumed together with itself', () => {
    const once = run('onceNew', 1)
    expect(codeOf('onceJoin', once, once)).toBe('ERR_BUSY')
    expect(run('onceLen', once)).toBe(3)
  })

  it('refuses an object of another class and leaves both as they are', () => {
    const once = run('onceNew', 1)
    expect(codeOf('onceJoin', once, run('builderNew'))).toBe('ERR_HANDLE_TYPE')
    expect(run('onceLen', once)).toBe(3)
  })

  it('gives objects inside options, lists and tuples', () => {
    expect(run('onceLen', run('maybeOnce', 1))).toBe(3)
    expect((run('onces', 1) as unknown[]).map((once) => run('onceLen', once))).toEqual([3])
    const twice = run('localTwice', run('localNew', 4)) as unknown[]
    expect(twice.map((local) => run('localGet', local))).toEqual([4, 4])
  })

  it('reads public fields', () => {
    const builder = run('builderNew')
    expect(run('builderNameField', builder)).toBe('')
    expect(run('builderOptField', builder)).toBeNull()
    expect(run('textWrapperSecond', run('textWrapperNew', 'q'))).toBe(1)
  })

  it('wraps an instance of a generic type', () => {
    const wrapper = run('textWrapperNew', 'q')
    run('textWrapperPut', wrapper, 'z')
    expect([run('textWrapperGet', wrapper), run('textWrapperShow', wrapper)]).toEqual(['z', 'z'])
  })
})

describe('async calls', () => {
  it('takes every kind of argument to the pool', async () => {
    const { native, call } = kitchen
    const shape = ['named', 'x', [[1, 'q', [], 'a', 4]]]
    expect(await call((number) => native['shapeTask']?.(number, shape, [shape]))).toEqual([shape, shape])
    expect(await call((number) => native['wideTask']?.(number, -5n, 5n))).toEqual([-5n, 5n])
    expect(native['wideTaskSync']?.(null, 1n, 2n)).toEqual([1n, 2n])
    const builder = run('builderNew')
    expect(await call((number) => native['sumTask']?.(number, [builder]))).toBe(0)
  })

  it('drives futures on the lane, with their object shared or alone', async () => {
    const { native, call } = kitchen
    const [builder, other] = [run('builderNew'), run('builderNew')]
    run('builderAdd', other, 4)
    expect(await call((number) => native['builderLater']?.(number, builder, 1, 'ab'))).toBe(3)
    expect(await call((number) => native['builderLaterMut']?.(number, builder, other))).toBe(4)
    expect(run('builderN', builder)).toBe(4)
  })

  it('consumes an object on the pool', async () => {
    const { native, call } = kitchen
    const once = run('onceNew', 5)
    expect(await call((number) => native['onceIntoVecTask']?.(number, once))).toEqual(bytes(5, 5, 5))
    expect(codeOf('onceLen', once)).toBe('ERR_HANDLE_CLOSED')
  })
})
