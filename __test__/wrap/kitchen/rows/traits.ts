// What implementing a trait gives a class.
import assert from 'node:assert/strict'
import { LONE, PANIC, RANGE, TEXT, TYPE } from '../names.js'
import { codeOf, type Caller, type Row } from '../row.js'

/** Each method that takes another object refuses everything else. */
async function refusesOthers(at: Caller, object: object, method: string): Promise<void> {
  const stranger = await at.from('Tank', 'withCapacity', 1)
  assert.equal(await codeOf(() => at.call(object, method, stranger)), 'ERR_HANDLE_TYPE')
  for (const wrong of [null, undefined, 1, {}, 'text']) {
    assert.equal(await codeOf(() => at.call(object, method, wrong)), TYPE)
  }
}

async function closedAfterDispose(at: Caller, object: object, method: string, ...args: unknown[]): Promise<void> {
  ;(object as Disposable)[Symbol.dispose]()
  assert.equal(await codeOf(() => at.call(object, method, ...args)), 'ERR_HANDLE_CLOSED')
}

const amount = (at: Caller, value: number): Promise<object> => at.from('Amount', 'of', value)
const valueOf = async (at: Caller, object: unknown): Promise<unknown> => at.call(object as object, 'value')

export const traitRows: Readonly<Record<string, Row>> = {
  display: {
    stories: {
      'is toString, and what a template gives': async (at) => {
        const coin = await at.from('Coin', 'of', 1205)
        assert.equal(await at.call(coin, 'toString'), '12.05')
        assert.equal(''.concat(coin as unknown as string), '12.05')
        await closedAfterDispose(at, coin, 'toString')
      },
    },
  },

  'from-str': {
    stories: {
      'is parse': async (at) => {
        assert.equal(await at.call(await at.from('Code', 'parse', '42'), 'number'), 42)
        assert.equal(await codeOf(() => at.from('Code', 'parse', '4x')), 'ERR_KITCHEN_SINK_PARSE')
        assert.equal(await codeOf(() => at.from('Code', 'parse', LONE)), TEXT)
        assert.equal(await codeOf(() => at.from('Code', 'parse', 42)), TYPE)
      },
    },
  },

  clone: {
    stories: {
      'is an object of its own': async (at) => {
        const dolly = await at.from('Sheep', 'called', 'Dolly')
        const copy = (await at.call(dolly, 'clone')) as object
        await at.call(copy, 'setName', 'Molly')
        assert.deepStrictEqual([await at.call(dolly, 'name'), await at.call(copy, 'name')], ['Dolly', 'Molly'])
        await closedAfterDispose(at, dolly, 'clone')
        assert.equal(await at.call(copy, 'name'), 'Molly')
      },
    },
  },

  default: {
    stories: {
      'is a static method': async (at) => {
        const settings = await at.from('Settings', 'default')
        assert.equal(await at.call(settings, 'depth'), 3)
        await closedAfterDispose(at, settings, 'depth')
      },
    },
  },

  equals: {
    stories: {
      'is equals': async (at) => {
        const [one, same, other, nan] = await Promise.all([1, 1, 2, NaN].map((value) => at.from('Mark', 'of', value)))
        assert.ok(one !== undefined && nan !== undefined)
        assert.deepStrictEqual(
          [
            await at.call(one, 'equals', same),
            await at.call(one, 'equals', one),
            await at.call(one, 'equals', other),
            await at.call(nan, 'equals', nan),
          ],
          [true, true, false, false],
        )
        await refusesOthers(at, one, 'equals')
        await closedAfterDispose(at, one, 'equals', same)
      },
    },
  },

  compare: {
    stories: {
      'is what sort wants': async (at) => {
        const weights = await Promise.all([3, 1, 2].map((grams) => at.from('Weight', 'of', grams)))
        weights.sort((a, b) => (a as { compare: (other: object) => number }).compare(b))
        assert.deepStrictEqual(await Promise.all(weights.map((weight) => at.call(weight, 'grams'))), [1, 2, 3])
        const [first = {}, second] = weights
        assert.deepStrictEqual(
          [await at.call(first, 'compare', second), await at.call(first, 'compare', first)],
          [-1, 0],
        )
        await refusesOthers(at, first, 'compare')
      },
      'is null where there is no order': async (at) => {
        const [one, nan] = [await at.from('Score', 'of', 1), await at.from('Score', 'of', NaN)]
        assert.deepStrictEqual([await at.call(one, 'compare', nan), await at.call(one, 'compare', one)], [null, 0])
        await closedAfterDispose(at, one, 'compare', nan)
      },
    },
  },

  from: {
    stories: {
      'is a static method for each type': async (at) => {
        assert.equal(await valueOf(at, await at.from('Degrees', 'fromF64', 1.5)), 1.5)
        assert.equal(await valueOf(at, await at.from('Degrees', 'fromI32', 90)), 90)
        assert.equal(await valueOf(at, await at.from('Degrees', 'fromU8U8', [20, 5])), 20.5)
      },
      'throws what TryFrom fails with': async (at) => {
        assert.equal(await codeOf(() => at.from('Degrees', 'fromI32', 361)), 'ERR_KITCHEN_SINK_LIMIT')
        assert.equal(await codeOf(() => at.from('Degrees', 'fromI32', 2 ** 31)), RANGE)
        assert.equal(await codeOf(() => at.from('Degrees', 'fromF64', '1')), TYPE)
        assert.equal(await codeOf(() => at.from('Degrees', 'fromU8U8', [20])), TYPE)
      },
    },
  },

  operator: {
    stories: {
      'has a method each': async (at) => {
        const table: readonly (readonly [string, number, number, number])[] = [
          ['add', 7, 2, 9],
          ['sub', 7, 2, 5],
          ['mul', 7, 2, 14],
          ['div', 7, 2, 3],
          ['rem', 7, 2, 1],
          ['bitand', 6, 3, 2],
          ['bitor', 6, 3, 7],
          ['bitxor', 6, 3, 5],
          ['shl', 3, 2, 12],
          ['shr', 12, 2, 3],
        ]
        for (const [method, left, right, result] of table) {
          const [a, b] = [await amount(at, left), await amount(at, right)]
          assert.equal(await valueOf(at, await at.call(a, method, b)), result, method)
          assert.deepStrictEqual([await valueOf(at, a), await valueOf(at, b)], [left, right], `${method} leaves both`)
        }
        assert.equal(await valueOf(at, await at.call(await amount(at, 7), 'subI32', 10)), -3)
        assert.equal(await valueOf(at, await at.call(await amount(at, 7), 'neg')), -7)
        assert.equal(await at.call(await amount(at, 0), 'not'), true)
      },
      'panics as Rust does, in its own words': async (at) => {
        const [one, zero, least] = [await amount(at, 1), await amount(at, 0), await amount(at, -2_147_483_648)]
        assert.equal(await codeOf(() => at.call(one, 'div', zero)), PANIC)
        assert.equal(await codeOf(() => at.call(least, 'neg')), PANIC)
        assert.equal(await codeOf(() => at.call(least, 'sub', one)), PANIC)
        assert.equal(await codeOf(() => at.call(one, 'shl', least)), PANIC)
      },
      'refuses what is no other side': async (at) => {
        await refusesOthers(at, await amount(at, 1), 'add')
        assert.equal(await codeOf(async () => at.call(await amount(at, 1), 'subI32', 0.5)), RANGE)
      },
    },
  },

  assign: {
    stories: {
      'changes the object': async (at) => {
        const register = await at.from('Register', 'of', 6)
        const steps: readonly (readonly [string, number, number])[] = [
          ['addAssign', 4, 10],
          ['subAssign', 1, 9],
          ['mulAssign', 4, 36],
          ['divAssign', 5, 7],
          ['remAssign', 4, 3],
          ['bitorAssign', 8, 11],
          ['bitandAssign', 9, 9],
          ['bitxorAssign', 1, 8],
          ['shlAssign', 2, 32],
          ['shrAssign', 3, 4],
        ]
        for (const [method, by, result] of steps) {
          assert.equal(await at.call(register, method, by), undefined)
          assert.equal(await valueOf(at, register), result, method)
        }
      },
      'refused, leaves the object as it was': async (at) => {
        const register = await at.from('Register', 'of', 6)
        assert.equal(await codeOf(() => at.call(register, 'addAssign', -1)), RANGE)
        assert.equal(await codeOf(() => at.call(register, 'addAssign', register)), TYPE)
        assert.equal(await codeOf(() => at.call(register, 'addAssign')), TYPE)
        assert.equal(await valueOf(at, register), 6)
        assert.equal(await codeOf(() => at.call(register, 'divAssign', 0)), PANIC)
        assert.equal(await codeOf(() => valueOf(at, register)), PANIC)
        await closedAfterDispose(at, register, 'value')
      },
    },
  },

  index: {
    stories: {
      'is at, and out of range a panic of the crate': async (at) => {
        const shelf = await at.from('Shelf', 'with', ['a', 'b'])
        assert.deepStrictEqual([await at.call(shelf, 'at', 0), await at.call(shelf, 'at', 1)], ['a', 'b'])
        assert.equal(await codeOf(() => at.call(shelf, 'at', -1)), RANGE)
        assert.equal(await codeOf(() => at.call(shelf, 'at', 0.5)), RANGE)
        assert.equal(await codeOf(() => at.call(shelf, 'at', '0')), TYPE)
        assert.equal(await codeOf(() => at.call(shelf, 'at', 2)), PANIC)
      },
    },
  },

  iterator: {
    stories: {
      'is iterated over, and has nothing more at the end': async (at) => {
        const steps = (await at.from('Steps', 'downFrom', 3)) as Iterable<number>
        assert.deepStrictEqual([...steps], [2, 1, 0])
        assert.deepStrictEqual([...steps], [])
      },
      'is disposed when it is left early': async (at) => {
        const steps = (await at.from('Steps', 'downFrom', 3)) as Iterable<number> & { readonly isDisposed: boolean }
        for (const step of steps) {
          assert.equal(step, 2)
          break
        }
        assert.equal(steps.isDisposed, true)
      },
      'is refused like any object': async (at) => {
        const steps = await at.from('Steps', 'downFrom', 3)
        assert.equal(await codeOf(() => at.from('Steps', 'downFrom', -1)), RANGE)
        await closedAfterDispose(at, steps, 'next')
      },
    },
  },

  hash: {
    stories: {
      'is the same for equal values, and all of its bits': async (at) => {
        const [one, same, other] = await Promise.all([1, 1, 2].map((number) => at.from('Stamp', 'of', number)))
        assert.ok(one !== undefined && same !== undefined && other !== undefined)
        const hash = await at.call(one, 'hash')
        assert.equal(typeof hash, 'bigint')
        assert.equal(await at.call(same, 'hash'), hash)
        assert.notEqual(await at.call(other, 'hash'), hash)
        await closedAfterDispose(at, one, 'hash')
      },
    },
  },

  deref: {
    stories: {
      'has the methods of what it leads to, those that change it too': async (at) => {
        const desk = await at.from('Desk', 'withItems', 2)
        assert.deepStrictEqual([await at.call(desk, 'putIn', 3), await at.call(desk, 'items')], [5, 5])
        assert.equal(await codeOf(() => at.call(desk, 'putIn', -1)), RANGE)
        assert.equal(await codeOf(() => at.call(desk, 'putIn', '1')), TYPE)
        await closedAfterDispose(at, desk, 'items')
      },
    },
  },

  'deref-value': {
    stories: {
      'is a copy of what it leads to': async (at) => {
        const inches = await at.from('Inches', 'of', 2.5)
        assert.equal(await at.call(inches, 'value'), 2.5)
        assert.equal(await codeOf(() => at.from('Inches', 'of', '1')), TYPE)
        await closedAfterDispose(at, inches, 'value')
      },
    },
  },

  'trait-method': {
    stories: {
      'is as if it were the type’s own': async (at) => {
        const tile = await at.from('Tile', 'of', 3)
        assert.deepStrictEqual([await at.call(tile, 'surface'), await at.call(tile, 'halved')], [9, 4.5])
        assert.equal(await codeOf(() => at.from('Tile', 'of', null)), TYPE)
        await closedAfterDispose(at, tile, 'surface')
      },
    },
  },
}
