// What functions, methods, fields and constants become.
import assert from 'node:assert/strict'
import { LONE, RANGE, TEXT, TYPE } from '../names.js'
import { codeOf, type Row } from '../row.js'

const eight = [1, 2, 3, 4, 5, 6, 7, 8]

export const memberRows: Readonly<Record<string, Row>> = {
  function: {
    gives: [
      ['toTitle', ['éa'], 'Éa'],
      ['eight', eight, 36],
    ],
    refuses: [
      ['toTitle', [], TYPE],
      ['toTitle', [LONE], TEXT],
      ['eight', eight.slice(1), TYPE],
      ['eight', [...eight.slice(1), 256], RANGE],
    ],
    later: [
      ['toTitleLater', ['a'], 'A'],
      ['eightLater', eight, 36],
    ],
  },

  promise: {
    stays: 'it is on the lane already',
    later: [
      ['tripled', [3], 9],
      ['halvedSoon', [4], 2],
      ['boxedSoon', ['a'], 'a!'],
    ],
    stories: {
      'rejects with what the crate says, and for bad arguments': async ({ sink }) => {
        assert.equal(await codeOf(() => sink['halvedSoon']?.(3)), 'ERR_KITCHEN_SINK_LIMIT')
        assert.equal(await codeOf(() => sink['halvedSoonSync']?.(3)), 'ERR_KITCHEN_SINK_LIMIT')
        assert.equal(await codeOf(() => sink['tripled']?.(-1)), RANGE)
        assert.equal(await codeOf(() => sink['boxedSoon']?.(LONE)), TEXT)
        assert.equal(await codeOf(() => sink['tripled']?.(1, 'soon')), TYPE)
        assert.equal(await codeOf(() => sink['tripled']?.(1, { timeoutMs: -1 })), RANGE)
        assert.equal(await codeOf(() => sink['tripled']?.(1, { signal: {} })), TYPE)
      },
    },
  },

  // An object's own `constructor` is what TypeScript would compare it with otherwise.
  ['constructor' as string]: {
    stories: {
      'makes an object, or throws what the crate says': async (at) => {
        assert.equal(await at.call(await at.make('Dice', 6), 'sides'), 6)
        assert.equal(await codeOf(() => at.make('Dice', 1)), 'ERR_KITCHEN_SINK_LIMIT')
        await assert.rejects(async () => at.make('Dice', 0), { message: /less than 2/ })
      },
      'refuses bad arguments and leaves no object': async (at) => {
        assert.equal(await codeOf(() => at.make('Dice', 256)), RANGE)
        assert.equal(await codeOf(() => at.make('Dice', '6')), TYPE)
        assert.equal(await codeOf(() => at.make('Dice')), TYPE)
      },
      'is refused where the crate has none': (at) => {
        const [Tank, Dice] = [at.class('Tank'), at.class('Dice')]
        assert.throws(() => new Tank(3), { code: 'ERR_UNSUPPORTED', message: /withCapacity/ })
        assert.throws(() => Dice(6), TypeError)
      },
    },
  },

  static: {
    stories: {
      'makes an object, or a value': async (at) => {
        assert.equal(await at.call(await at.from('Tank', 'withCapacity', 9), 'capacity'), 9)
        assert.equal(await at.from('Tank', 'litresIn', 2), 9.09218)
        const later = await at.class('Tank')[at.form === 'door' ? 'filledLaterSync' : 'filledLater']?.(4)
        assert.equal(await at.call(later as object, 'capacity'), 4)
      },
      'refuses bad arguments': async (at) => {
        assert.equal(await codeOf(() => at.from('Tank', 'withCapacity', -1)), RANGE)
        assert.equal(await codeOf(() => at.from('Tank', 'withCapacity')), TYPE)
        assert.equal(await codeOf(() => at.from('Tank', 'litresIn', '2')), TYPE)
      },
    },
  },

  method: {
    stories: {
      'by reference, by exclusive reference, by value': async (at) => {
        const pile = await at.from('Pile', 'empty')
        assert.equal(await at.call(pile, 'top'), null)
        assert.deepStrictEqual([await at.call(pile, 'push', 'a'), await at.call(pile, 'push', 'b')], [1, 2])
        assert.equal(await at.call(pile, 'top'), 'b')
        assert.deepStrictEqual(await at.call(pile, 'intoItems'), ['a', 'b'])
        assert.equal(await codeOf(() => at.call(pile, 'top')), 'ERR_HANDLE_CLOSED')
      },
      'refused, leaves the object as it was': async (at) => {
        const pile = await at.from('Pile', 'empty')
        assert.equal(await codeOf(() => at.call(pile, 'push', LONE)), TEXT)
        assert.equal(await codeOf(() => at.call(pile, 'push', 1)), TYPE)
        assert.equal(await codeOf(() => at.call(pile, 'push')), TYPE)
        assert.equal(await at.call(pile, 'push', 'a'), 1)
      },
      'on the lane waits for the object': async (at) => {
        const pile = (await at.from('Pile', 'empty')) as Record<string, (...args: unknown[]) => Promise<number>>
        const lengths = await Promise.all(['a', 'b', 'c'].map(async (item) => pile['pushLater']?.(item)))
        assert.deepStrictEqual(lengths, [1, 2, 3])
      },
    },
  },

  chain: {
    stories: {
      'gives the object back': async (at) => {
        const recipe = await at.from('Recipe', 'blank')
        const same = (await at.call(recipe, 'step', 'stir')) as object
        assert.equal(same, recipe)
        await at.call(same, 'step', 'bake')
        assert.equal(await at.call(recipe, 'text'), 'stir, bake')
      },
      'stops where an argument is refused': async (at) => {
        const recipe = await at.from('Recipe', 'blank')
        assert.equal(await codeOf(() => at.call(recipe, 'step', LONE)), TEXT)
        assert.equal(await codeOf(() => at.call(recipe, 'step', null)), TYPE)
        assert.equal(await at.call(recipe, 'text'), '')
      },
    },
  },

  field: {
    stories: {
      'gives a copy of what is there now': async (at) => {
        const label = await at.from('Label', 'titled', 'a')
        assert.deepStrictEqual(
          [await at.call(label, 'title'), await at.call(label, 'size'), await at.call(label, 'note')],
          ['a', [2, 3], null],
        )
        await at.call(label, 'rename', 'b')
        assert.deepStrictEqual([await at.call(label, 'title'), await at.call(label, 'note')], ['b', 'a'])
        assert.equal('secret' in label, false)
      },
      'of a disposed object is refused': async (at) => {
        const label = await at.from('Label', 'titled', 'a')
        ;(label as Disposable)[Symbol.dispose]()
        assert.equal(await codeOf(() => at.call(label, 'title')), 'ERR_HANDLE_CLOSED')
      },
    },
  },

  'value-method': {
    gives: [
      ['sideOpposite', ['left'], 'right'],
      ['sideOr', ['left', 'right'], 'right'],
      ['sideOr', ['left', null], 'left'],
      ['pointDistance', [{ x: 0, y: 0 }, { x: 3, y: 4 }], 5], // prettier-ignore
    ],
    refuses: [
      ['sideOpposite', ['up'], RANGE],
      ['sideOpposite', [1], TYPE],
      ['sideOr', ['left', 'up'], RANGE],
      ['pointDistance', [{ x: 0, y: 0 }, null], TYPE],
    ],
  },

  constant: {
    stays: 'a constant is a value',
    stories: {
      'is there as it is in the crate': (at) => {
        const { SMALLEST, HUGE, RATIO, MOTTO, YES, Oven } = at.sink as Record<string, unknown>
        assert.deepStrictEqual(
          [SMALLEST, HUGE, RATIO, MOTTO, YES],
          [-2_147_483_648, 2n ** 128n - 1n, 0.1, '*/ `${} "\\ \u2028', true],
        )
        assert.equal((Oven as { HOTTEST: number }).HOTTEST, 300)
      },
      'cannot be written': (at) => {
        assert.throws(() => {
          ;(at.class('Oven') as unknown as { HOTTEST: number }).HOTTEST = 1
        }, TypeError)
      },
    },
  },
}
