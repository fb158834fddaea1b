// Iterators that a spec leaves as they are, through compiled glue: boxed with what they borrow from, and read by a second export.
import { isFerruleError } from 'ferrule/boundary'
import { describe, expect, it } from 'vitest'
import type { Kitchen } from './glue-kitchen.js'

/** @param cooked the kitchen, once it is loaded: one binary for all tests of one file. */
export function lazyTests(cooked: () => Kitchen): void {
  const run = (name: string, ...args: unknown[]): unknown => cooked().native[name]?.(...args)

  describe('iterators without a name', () => {
    it('keep the text that they walk', () => {
      const words = run('lazyWords', 'one two three')
      expect(run('lazyWords$next', words, 2)).toEqual([['one', 'two'], false])
      expect(run('lazyWords$next', words, 2)).toEqual([['three'], true])
    })

    it('keep several arguments, and throw what the call fails with', () => {
      const pairs = run('lazyPairs', Uint8Array.of(1, 2), 'ab')
      expect(run('lazyPairs$next', pairs, 9)).toEqual([
        [
          [1, 'a'],
          [2, 'b'],
        ],
        true,
      ])
      expect(() => run('lazyPairs', Uint8Array.of(1), 'ab')).toThrow('no pairs')
    })

    it('keep a copy of an object that changes, and share an object that borrows', () => {
      const builder = run('builderNew')
      run('builderAdd', builder, 1)
      const letters = run('builderLazyLetters', builder)
      expect(run('builderLazyLetters$next', letters, 1)).toEqual([[], true])
      const texts = run('pageLazyTexts', run('pageOpen', 'a b'))
      expect(run('pageLazyTexts$next', texts, 9)).toEqual([['a', 'b'], true])
    })

    it('give records, and never end', () => {
      const points = run('lazyPoints', 2)
      expect(run('lazyPoints$next', points, 1)).toEqual([[[2, '1', [], 'a', 2]], false])
      expect(run('lazyPoints$next', points, 1)).toEqual([[[4, '2', [], 'a', 3]], false])
    })

    it('are no iterators of another export', () => {
      const codes = ['lazyWords', 'lazyPoints'].map((name) => {
        try {
          run('lazyPairs$next', name === 'lazyWords' ? run(name, 'a') : run(name, 1), 1)
        } catch (error) {
          return isFerruleError(error) && error.code
        }
        return 'nothing thrown'
      })
      expect(codes).toEqual(['ERR_HANDLE_TYPE', 'ERR_HANDLE_TYPE'])
    })
  })
}
