// Types that are filled in, types that borrow, traits on the language's own types, errors.
import assert from 'node:assert/strict'
import { LONE, RANGE, TEXT, TYPE } from '../names.js'
import { codeOf, type Row } from '../row.js'

export const genericRows: Readonly<Record<string, Row>> = {
  choice: {
    stories: {
      'is a function for each type': async (at) => {
        const [cup, bowl] = [await at.from('Cup', 'of', 3), await at.from('Bowl', 'of', 3)]
        assert.deepStrictEqual([await at.call('measuredCup', cup, 2), await at.call('measuredBowl', bowl, 2)], [6, 60])
        assert.equal(await codeOf(() => at.call('measuredCup', bowl, 2)), 'ERR_HANDLE_TYPE')
        assert.equal(await codeOf(() => at.call('measuredCup', cup, -1)), RANGE)
        assert.equal(await codeOf(() => at.call('measuredBowl', null, 1)), TYPE)
        ;(cup as Disposable)[Symbol.dispose]()
        assert.equal(await codeOf(() => at.call('measuredCup', cup, 1)), 'ERR_HANDLE_CLOSED')
      },
    },
  },

  extension: {
    gives: [
      ['vowels', ['audio'], 4],
      ['vowels', [''], 0],
    ],
    refuses: [
      ['vowels', [LONE], TEXT],
      ['vowels', [], TYPE],
    ],
  },

  pair: {
    stays: 'what borrows cannot come out of a promise',
    stories: {
      'keeps what it borrows from, whatever ends first': async (at) => {
        const scroll = await at.from('Scroll', 'open', 'one\ntwo\nthree')
        assert.equal(await at.call(scroll, 'verses'), 3)
        const first = (await at.call(scroll, 'first')) as object
        ;(scroll as Disposable)[Symbol.dispose]()
        const second = (await at.call(first, 'next')) as object
        assert.equal(await at.call(second, 'follows', first), true)
        ;(first as Disposable)[Symbol.dispose]()
        assert.equal(await at.call(second, 'text'), 'two')
        const third = (await at.call(second, 'next')) as object
        assert.equal(await at.call(third, 'next'), null)
        assert.equal(await codeOf(() => at.call(first, 'text')), 'ERR_HANDLE_CLOSED')
        assert.equal(await codeOf(() => at.call(scroll, 'first')), 'ERR_HANDLE_CLOSED')
      },
      'refuses strangers and bad text': async (at) => {
        const verse = (await at.call(await at.from('Scroll', 'open', 'a'), 'first')) as object
        assert.equal(await codeOf(() => at.call(verse, 'follows', null)), TYPE)
        assert.equal(
          await codeOf(async () => at.call(verse, 'follows', await at.from('Mark', 'of', 1))),
          'ERR_HANDLE_TYPE',
        )
        assert.equal(await codeOf(() => at.from('Scroll', 'open', LONE)), TEXT)
        assert.equal(await codeOf(() => at.from('Scroll', 'open', 1)), TYPE)
        assert.equal(await at.call(await at.from('Scroll', 'open', ''), 'first'), null)
      },
    },
  },

  instance: {
    stories: {
      'is a class of its own': async (at) => {
        const holder = await at.from('TextHolder', 'of', 'a')
        assert.equal(await at.call(holder, 'replace', 'é'), 'a')
        assert.equal(await at.call(holder, 'held'), 'é')
        const copy = (await at.call(holder, 'clone')) as object
        assert.equal(await at.call(holder, 'equals', copy), true)
        assert.equal(await codeOf(() => at.call(holder, 'replace', LONE)), TEXT)
        assert.equal(await codeOf(() => at.from('TextHolder', 'of', 1)), TYPE)
        assert.equal(await at.call(holder, 'held'), 'é')
        ;(holder as Disposable)[Symbol.dispose]()
        assert.equal(await codeOf(() => at.call(copy, 'equals', holder)), 'ERR_HANDLE_CLOSED')
      },
      'is lent to what takes any type with its trait, and what that makes is an instance too': async (at) => {
        const holder = await at.from('TextHolder', 'of', 'a')
        assert.equal(await at.call('opened', holder), 'a')
        const shelf = (await at.call('shelved', holder)) as object
        assert.equal(await at.call(shelf, 'last'), 'a')
        assert.equal(await at.call(holder, 'held'), 'a')
        assert.equal(await codeOf(() => at.call('opened', shelf)), 'ERR_HANDLE_TYPE')
        ;(holder as Disposable)[Symbol.dispose]()
        assert.equal(await codeOf(() => at.call('opened', holder)), 'ERR_HANDLE_CLOSED')
        assert.equal(await at.call(shelf, 'last'), 'a')
      },
      'is filled in by an alias’s default, and by a number where one is added': async (at) => {
        const prices = await at.make('Ledger')
        await at.call(prices, 'set', 'a', 1.5)
        await at.call(prices, 'set', 'b', 2)
        assert.equal(await at.call(prices, 'sum', 'a', 'b'), 3.5)
        assert.equal(await at.call(prices, 'sum', 'a', 'c'), null)
        assert.equal(await codeOf(() => at.call(prices, 'set', 'a', '1')), TYPE)
      },
    },
  },

  error: {
    gives: [
      ['within', [100], 100],
      ['halvedEvenly', [4], 2],
    ],
    refuses: [
      ['within', [0], 'ERR_KITCHEN_SINK_LIMIT'],
      ['within', [101], 'ERR_KITCHEN_SINK_LIMIT'],
      ['within', [256], RANGE],
      ['within', ['1'], TYPE],
      ['halvedEvenly', [3], 'ERR_KITCHEN_SINK'],
    ],
    stories: {
      'says what the crate displays, whatever that is': async (at) => {
        await assert.rejects(async () => at.call('within', 0), { message: /less than 1$/ })
        await assert.rejects(
          async () => at.call('within', 200),
          (error: Error) => error.message.includes('too high */'),
        )
        await assert.rejects(async () => at.call('halvedEvenly', 3), { message: /3 is odd$/ })
      },
      'names the operation, and is of the package’s class': async (at) => {
        const KitchenSinkError = at.class('KitchenSinkError')
        await assert.rejects(
          async () => at.call('within', 0),
          (error) => {
            assert.ok(error instanceof KitchenSinkError)
            assert.match((error as unknown as { operation: string }).operation, /^kitchenSink\.within/)
            return true
          },
        )
      },
    },
    later: [['withinLater', [5], 5]],
  },
}
