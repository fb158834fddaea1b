// What Rust takes or gives by a trait: iterators, readers, what is written into, callbacks.
import assert from 'node:assert/strict'
import { bytes, detached, DETACHED, LONE, RANGE, TEXT, TYPE, utf8 } from '../names.js'
import { codeOf, type Row } from '../row.js'

const OWN = 'ERR_KITCHEN_SINK'
const closures = 'a closure that is not kept runs on the JavaScript thread only'

export const argumentRows: Readonly<Record<string, Row>> = {
  iterable: {
    gives: [
      ['strung', [['a', 'b']], 'ab'],
      ['strung', [[]], ''],
      ['added', [[1, 4_294_967_295]], 4_294_967_296],
    ],
    refuses: [
      ['strung', [['a', 1]], TYPE],
      ['strung', [[LONE]], TEXT],
      ['strung', ['ab'], TYPE],
      ['strung', [new Set(['a'])], TYPE],
      ['added', [[1, -1]], RANGE],
      ['added', [null], TYPE],
    ],
  },

  'iterator-finite': {
    gives: [
      ['linesOf', ['a\nb'], ['a', 'b']],
      ['linesOf', [''], []],
    ],
    refuses: [
      ['linesOf', [LONE], TEXT],
      ['linesOf', [['a']], TYPE],
    ],
  },

  'iterator-lazy': {
    stays: 'an iterator cannot come out of a promise',
    refuses: [
      ['doublings', ['1'], TYPE],
      ['doublings', [-1], RANGE],
    ],
    stories: {
      'is read as far as somebody asks, and disposed when it is left': async (at) => {
        const doublings = (await at.call('doublings', 3)) as Iterable<number> & { readonly isDisposed: boolean }
        const seen: number[] = []
        for (const value of doublings) {
          seen.push(value)
          if (value > 20) break
        }
        assert.deepStrictEqual(seen, [3, 6, 12, 24])
        assert.equal(doublings.isDisposed, true)
      },
    },
  },

  sink: {
    gives: [
      ['append', ['a'], 'a'],
      ['divisors', [6], [4, [1, 2, 3, 6]]],
      ['emit', [], utf8('done')],
      ['describe', [7], '7'],
      ['rewind', [], [0, utf8('ab')]],
    ],
    refuses: [
      ['append', [LONE], TEXT],
      ['append', [], TYPE],
      ['divisors', [-1], RANGE],
      ['describe', ['7'], TYPE],
    ],
    later: [['appendLater', ['a'], 'a']],
  },

  'sink-length': {
    gives: [
      ['encode', [bytes(1, 2), 4], bytes(1, 2)],
      ['encode', [bytes(), 0], bytes()],
      ['hex', [171, 2], 'ab'],
    ],
    refuses: [
      ['encode', [bytes(1, 2), 1], OWN],
      ['encode', [bytes(1), -1], RANGE],
      ['encode', [bytes(1), 2 ** 30 + 1], RANGE],
      ['encode', [bytes(1), NaN], RANGE],
      ['encode', [bytes(1), 1n], TYPE],
      ['encode', ['a', 1], TYPE],
      ['hex', [1, 1], 'ERR_PANIC'],
    ],
    later: [['encodeLater', [bytes(1, 2), 4], bytes(1, 2)]],
  },

  'changed-copy': {
    gives: [
      ['sort', [[3, 1, 2]], [1, 2, 3]],
      ['swap', [bytes(1, 2)], bytes(2, 1)],
    ],
    refuses: [
      ['sort', [[1, -1]], RANGE],
      ['sort', [bytes(1)], TYPE],
      ['swap', [[1, 2]], TYPE],
      ['swap', () => [detached()], DETACHED],
    ],
    stories: {
      'leaves what was passed as it is': async (at) => {
        const [numbers, data] = [Object.freeze([3, 1]), bytes(1, 2)]
        assert.deepStrictEqual(await at.call('sort', numbers), [1, 3])
        assert.deepStrictEqual(await at.call('swap', data), bytes(2, 1))
        assert.deepStrictEqual([numbers, data], [[3, 1], bytes(1, 2)])
      },
    },
    later: [['sortLater', [[2, 1]], [1, 2]]],
  },

  reader: {
    gives: [
      ['total', [bytes(1, 2, 255)], 258],
      ['rows', [utf8('a\nb\n')], 2],
      ['head', [bytes(1, 2, 3)], bytes(1, 2)],
    ],
    refuses: [
      ['head', [bytes(1)], OWN],
      ['total', ['abc'], TYPE],
      ['rows', [null], TYPE],
      ['total', () => [detached()], DETACHED],
    ],
    later: [['totalLater', [bytes(1, 2)], 3]],
  },

  'display-result': {
    gives: [
      ['banner', ['a'], '* a *'],
      ['banner', ['\u202e*/'], '* \u202e*/ *'],
    ],
    refuses: [
      ['banner', [LONE], TEXT],
      ['banner', [], TYPE],
    ],
  },

  callback: {
    stays: closures,
    gives: [
      ['twice', [3, (value: number) => value * 2], 12],
      ['onceGiven', [() => 'é'], 2],
      ['anyOf', [[1, 2], (value: number) => value === 2], true],
      ['anyOf', [[], () => true], false],
    ],
    refuses: [
      ['twice', [3, null], TYPE],
      ['twice', [3, {}], TYPE],
      ['twice', [3, 'function'], TYPE],
      ['twice', [3], TYPE],
      ['twice', [-1, () => 1], RANGE],
      ['twice', [3, () => '1'], 'ERR_CALLBACK_TYPE'],
      ['twice', [3, () => -1], 'ERR_CALLBACK_TYPE'],
      ['twice', [3, () => undefined], 'ERR_CALLBACK_TYPE'],
      ['twice', [3, () => Promise.resolve(1)], 'ERR_CALLBACK_TYPE'],
      ['onceGiven', [() => LONE], 'ERR_CALLBACK_TYPE'],
      ['anyOf', [[1], () => 1], 'ERR_CALLBACK_TYPE'],
    ],
    stories: {
      'throws on what the function threw, and calls it no more': async (at) => {
        for (const thrown of [new RangeError('mine'), 'text', null, undefined]) {
          let calls = 0
          const found = await at
            .call('twice', 1, () => {
              calls += 1
              // eslint-disable-next-line @typescript-eslint/only-throw-error -- what JavaScript may throw
              throw thrown
            })
            .then(
              () => 'fulfilled',
              (reason: unknown) => ({ reason }),
            )
          assert.deepStrictEqual([found, calls], [{ reason: thrown }, 1])
        }
      },
      'may call the package again': async (at) => {
        const inner = (value: number): unknown => at.class('twice')(value, (of: number) => of + 1)
        assert.equal(await at.call('twice', 1, inner), 5)
      },
      'gets one code point at a time': async (at) => {
        const seen: string[] = []
        await at.call('eachLetter', 'a👍', (letter: string) => void seen.push(letter))
        assert.deepStrictEqual(seen, ['a', '👍'])
      },
      'that recurses without end is an error, not a crash': async (at) => {
        const again = (value: number): unknown => at.class('twice')(value, again)
        await assert.rejects(async () => at.call('twice', 1, again))
        assert.equal(await codeOf(() => at.call('twice', 1, () => 1)), 'nothing thrown')
      },
    },
  },
}
