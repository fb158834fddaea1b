// What is made of other values: options, lists, maps, records, enums.
import assert from 'node:assert/strict'
import { LONE, RANGE, TEXT, TYPE } from '../names.js'
import { codeOf, type Row } from '../row.js'

/** An array whose element throws when it is read. */
const throwing = (thrown: unknown): unknown[] =>
  Object.defineProperty([undefined], 0, {
    get() {
      throw thrown
    },
  })

const holes = (): unknown[] => new Array<unknown>(2 ** 32 - 1)

export const composedRows: Readonly<Record<string, Row>> = {
  option: {
    gives: [
      ['find', ['banana', null], 1],
      ['find', ['banana', undefined], 1],
      ['find', ['banana'], 1],
      ['find', ['banana', 2], 1],
      ['find', ['bnn', null], null],
      ['find', ['é', 1], null],
    ],
    refuses: [
      ['find', ['banana', -1], RANGE],
      ['find', ['banana', NaN], RANGE],
      ['find', ['banana', '1'], TYPE],
      ['find', [null, null], TYPE],
      ['find', [LONE, null], TEXT],
    ],
    later: [['findLater', ['banana', 2], 1]],
  },

  result: {
    gives: [
      ['parse', ['12'], 12],
      ['check', ['12'], undefined],
    ],
    refuses: [
      ['parse', ['1x'], 'ERR_KITCHEN_SINK_PARSE'],
      ['check', ['x'], 'ERR_KITCHEN_SINK_PARSE'],
      ['parse', [''], 'ERR_KITCHEN_SINK_PARSE'],
      ['parse', [12], TYPE],
      ['parse', [LONE], TEXT],
    ],
    stories: {
      'says what the error displays': async (at) => {
        await assert.rejects(async () => at.call('parse', '1x'), { message: /no digit at 1/ })
      },
    },
  },

  void: {
    gives: [['quiet', [1], undefined]],
    refuses: [
      ['quiet', [-1], RANGE],
      ['quiet', [], TYPE],
    ],
    later: [['quietLater', [], undefined]],
  },

  tuple: {
    gives: [
      ['swapped', [[1, 'a']], ['a', 1]],
      ['six', [[1, 2, 3, 4, 5, 6]], [6, 5, 4, 3, 2, 1]],
    ],
    refuses: [
      ['swapped', [[1]], TYPE],
      ['swapped', [[1, 'a', 2]], TYPE],
      ['swapped', [[]], TYPE],
      ['swapped', [['a', 1]], TYPE],
      ['swapped', [[1, LONE]], TEXT],
      ['swapped', [[-1, 'a']], RANGE],
      ['swapped', [{ 0: 1, 1: 'a', length: 2 }], TYPE],
      ['swapped', [null], TYPE],
      ['six', [holes()], RANGE],
    ],
    later: [['swappedLater', [[1, 'a']], ['a', 1]]],
  },

  range: {
    gives: [
      ['shifted', [[1, 3], 2], [3, 5]],
      ['shifted', [[3, 1], 0], [3, 1]],
      ['members', [[1, 4]], 4],
      ['members', [[4, 1]], 0],
    ],
    refuses: [
      ['shifted', [[1], 0], TYPE],
      ['shifted', [[-1, 1], 0], RANGE],
      ['shifted', [[0, NaN], 0], RANGE],
      ['shifted', ['1..2', 0], TYPE],
    ],
    later: [['shiftedLater', [[1, 3], 2], [3, 5]]],
  },

  list: {
    gives: [
      ['scaled', [[1, 2], 2], [2, 4]],
      ['scaled', [[], 2], []],
      ['sorted', [['b', 'a', 'é']], ['a', 'b', 'é']],
      [
        'dot',
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        32,
      ],
      ['unique', [[3, 1, 3]], [1, 3]],
      ['rotated', [[1, 2, 3]], [2, 3, 1]],
    ],
    refuses: [
      ['sorted', [['a', 1]], TYPE],
      ['sorted', [['a', LONE]], TEXT],
      ['sorted', ['ab'], TYPE],
      ['sorted', [new Set(['a'])], TYPE],
      ['sorted', [[, 'a']], TYPE], // eslint-disable-line no-sparse-arrays -- a hole is what is tried
      ['sorted', [holes()], RANGE],
      [
        'dot',
        [
          [1, 2],
          [1, 2, 3],
        ],
        TYPE,
      ],
      ['unique', [[-1]], RANGE],
      ['rotated', [[40_000]], RANGE],
    ],
    stories: {
      'lets what an element’s getter throws through': async (at) => {
        for (const thrown of [new RangeError('mine'), 'text', undefined]) {
          const found = await at.call('sorted', throwing(thrown)).then(
            () => 'fulfilled',
            (reason: unknown) => ({ reason }),
          )
          assert.deepStrictEqual(found, { reason: thrown })
        }
      },
      'reads each element once, before the call': async (at) => {
        let reads = 0
        const list = Object.defineProperty(['b'], 1, { enumerable: true, get: () => ((reads += 1), 'a') })
        assert.deepStrictEqual(await at.call('sorted', list), ['a', 'b'])
        // What is stopped twice before has begun three times.
        assert.equal(reads, at.form === 'stopped' ? 3 : 1)
      },
    },
    later: [['sortedLater', [['b', 'a']], ['a', 'b']]],
  },

  map: {
    gives: [
      ['inverted', [new Map([['a', 1]])], new Map([[1, 'a']])],
      ['inverted', [new Map()], new Map()],
      ['inverted', [new Map([['__proto__', 1]])], new Map([[1, '__proto__']])],
    ],
    refuses: [
      ['inverted', [{ a: 1 }], TYPE],
      ['inverted', [[['a', 1]]], TYPE],
      ['inverted', [new Map([[1, 1]])], TYPE],
      ['inverted', [new Map([['a', 'b']])], TYPE],
      ['inverted', [new Map([['a', -1]])], RANGE],
      ['inverted', [new Map([[LONE, 1]])], TEXT],
      ['inverted', [new WeakMap()], TYPE],
      ['inverted', [null], TYPE],
    ],
    later: [['invertedLater', [new Map([['a', 1]])], new Map([[1, 'a']])]],
  },

  'map-pairs': {
    stories: {
      'is a list of objects and what belongs to each': async (at) => {
        const pairs = (await at.call('inhabitants', ['a', 'b', 'a'], 10)) as readonly (readonly [object, number])[]
        const told = await Promise.all(pairs.map(async ([town, count]) => [await at.call(town, 'name'), count]))
        // A key that is there twice has its last value.
        assert.deepStrictEqual(told, [
          ['a', 30],
          ['b', 20],
        ])
        assert.deepStrictEqual(await at.call('inhabitants', [], 1), [])
      },
    },
    refuses: [
      ['inhabitants', [['a'], -1], RANGE],
      ['inhabitants', [[LONE], 1], TEXT],
    ],
  },

  record: {
    gives: [
      ['mirrored', [{ x: 1, y: -2 }], { x: -1, y: 2 }],
      [
        'farthest',
        [
          [
            { x: 1, y: 1 },
            { x: 3, y: 4 },
          ],
        ],
        { x: 3, y: 4 },
      ],
      ['farthest', [[]], null],
      ['mirrored', [Object.assign(Object.create({ x: 1 }) as object, { y: 2, z: 3 })], { x: -1, y: -2 }],
    ],
    refuses: [
      ['mirrored', [{ x: 1 }], TYPE],
      ['mirrored', [{ x: 1, y: '2' }], TYPE],
      ['mirrored', [[1, 2]], TYPE],
      ['mirrored', [null], TYPE],
      ['mirrored', ['xy'], TYPE],
      ['farthest', [[{ x: 1, y: 1 }, null]], TYPE],
      ['farthest', [{ x: 1, y: 1 }], TYPE],
      ['farthest', [holes()], RANGE],
      ['farthest', [new Array(100_000_000)], TYPE],
    ],
    stories: {
      'lets what a field’s getter throws through': async (at) => {
        const thrown = new Error('mine')
        const point = {
          x: 1,
          get y(): number {
            throw thrown
          },
        }
        await assert.rejects(
          async () => at.call('mirrored', point),
          (error) => error === thrown,
        )
      },
    },
    later: [['mirroredLater', [{ x: 1, y: 0 }], { x: -1, y: -0 }]],
  },

  'view-record': {
    gives: [
      ['firstFound', ['to be or', 'be'], { start: 3, asStr: 'be' }],
      ['firstFound', ['to be or', 'x'], null],
      [
        'allFound',
        ['aXa', 'a'],
        [
          { start: 0, asStr: 'a' },
          { start: 2, asStr: 'a' },
        ],
      ],
    ],
    refuses: [
      ['firstFound', ['a', LONE], TEXT],
      ['firstFound', ['a'], TYPE],
      ['allFound', [1, 'a'], TYPE],
    ],
  },

  enum: {
    gives: [
      ['area', [{ kind: 'circle', radius: 0 }], 0],
      ['area', [{ kind: 'rectangle', 0: 2, 1: 3 }], 6],
      ['area', [{ kind: 'empty' }], 0],
      ['enumSquare', [2], { kind: 'rectangle', 0: 2, 1: 2 }],
      ['weekdayNext', ['sunday'], 'monday'],
      ['level', [255], 'high'],
    ],
    refuses: [
      ['weekdayNext', ['Sunday'], RANGE],
      ['weekdayNext', ['sunday\0'], RANGE],
      ['weekdayNext', [''], RANGE],
      ['weekdayNext', [LONE], TEXT],
      ['weekdayNext', [0], TYPE],
      ['area', [{ kind: 'oval' }], TYPE],
      ['area', [{}], TYPE],
      ['area', ['empty'], TYPE],
      ['area', [null], TYPE],
      ['area', [{ kind: 'circle' }], TYPE],
      ['area', [{ kind: 'circle', radius: '1' }], TYPE],
      ['area', [{ kind: '__proto__' }], TYPE],
      ['area', [{ kind: 'toString' }], TYPE],
    ],
    later: [['squareLater', [2], { kind: 'rectangle', 0: 2, 1: 2 }]],
  },

  handle: {
    stories: {
      'lends, lends alone, copies and consumes': async (at) => {
        const [full, empty] = [await at.from('Jar', 'of', 5), await at.from('Jar', 'of', 0)]
        await at.call(full, 'pour', empty)
        assert.deepStrictEqual([await at.call(full, 'grams'), await at.call(empty, 'grams')], [0, 5])
        const both = (await at.call(empty, 'joined', empty)) as object
        assert.deepStrictEqual([await at.call(both, 'grams'), await at.call(empty, 'grams')], [10, 5])
        assert.equal(await at.call('gramsOfAll', [full, empty, both, both]), 25)
        assert.equal(await at.call((await at.call('heaviest', full, both)) as object, 'grams'), 10)
        assert.equal(await at.call((await at.call('heaviest', full, null)) as object, 'grams'), 0)
        assert.equal(await at.call(await at.from('Token', 'of', 7), 'spend'), 7)
      },
      'refuses what is no object of the class, and leaves all as they were': async (at) => {
        const [jar, token] = [await at.from('Jar', 'of', 5), await at.from('Token', 'of', 1)]
        for (const wrong of [null, undefined, 1, {}, 'jar', [jar], new Proxy(jar, {}), Object.create(jar) as object]) {
          const code = await codeOf(() => at.call(jar, 'pour', wrong))
          assert.equal(code, TYPE)
        }
        assert.equal(await codeOf(() => at.call(jar, 'pour', token)), 'ERR_HANDLE_TYPE')
        assert.equal(await codeOf(() => at.call('gramsOfAll', [jar, token])), 'ERR_HANDLE_TYPE')
        assert.equal(await codeOf(() => at.call('spendBoth', token, jar)), 'ERR_HANDLE_TYPE')
        assert.equal(await codeOf(() => at.call('gramsOfAll', holes())), RANGE)
        assert.deepStrictEqual([await at.call(jar, 'grams'), await at.call(token, 'number')], [5, 1])
      },
      'refuses one object in two places that exclude each other': async (at) => {
        const jar = await at.from('Jar', 'of', 5)
        assert.equal(await codeOf(() => at.call(jar, 'pour', jar)), 'ERR_BUSY')
        const token = await at.from('Token', 'of', 1)
        assert.equal(await codeOf(() => at.call('spendBoth', token, token)), 'ERR_BUSY')
        assert.deepStrictEqual([await at.call(jar, 'grams'), await at.call(token, 'number')], [5, 1])
      },
      'refuses what was disposed or consumed, by name': async (at) => {
        const [jar, token] = [await at.from('Jar', 'of', 5), await at.from('Token', 'of', 1)]
        ;(jar as Disposable)[Symbol.dispose]()
        await at.call(token, 'spend')
        assert.equal(await codeOf(() => at.call(jar, 'grams')), 'ERR_HANDLE_CLOSED')
        assert.equal(await codeOf(() => at.call('gramsOfAll', [jar])), 'ERR_HANDLE_CLOSED')
        assert.equal(await codeOf(() => at.call('heaviest', jar)), 'ERR_HANDLE_CLOSED')
        await assert.rejects(async () => at.call(token, 'number'), { message: /consumed|spend/ })
      },
      'refuses a method on another object': async (at) => {
        const method = Reflect.get(await at.from('Jar', 'of', 5), 'grams') as () => unknown
        assert.throws(() => method.call({}), { code: TYPE })
        assert.throws(() => method.call(undefined), TypeError)
        const stranger = await at.from('Token', 'of', 1)
        assert.throws(() => method.call(stranger), { code: 'ERR_HANDLE_TYPE' })
      },
    },
  },
}
