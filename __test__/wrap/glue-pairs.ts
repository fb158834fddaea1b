// Objects that borrow, through compiled glue: each lives in a cell with what it borrows from, so it may outlive every other object.
import { isFerruleError } from 'ferrule/boundary'
import { describe, expect, it } from 'vitest'
import type { Kitchen } from './glue-kitchen.js'

function codeOf(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (isFerruleError(error)) return error.code
    throw error
  }
  return 'nothing thrown'
}

/** @param cooked the kitchen, once it is loaded: one binary for all tests of one file. */
export function pairTests(cooked: () => Kitchen): void {
  const run = (name: string, ...args: unknown[]): unknown => cooked().native[name]?.(...args)
  const texts = (words: unknown): unknown => (words as unknown[]).map((word) => run('wordText', word))

  describe('objects that borrow', () => {
    it('keep the text they were made of', () => {
      const page = run('pageOpen', 'one two three')
      expect(texts(run('pageWords', page))).toEqual(['one', 'two', 'three'])
      expect(run('wordText', run('pageFind', page, 'two'))).toBe('two')
    })

    it('are null, and throw, as the crate says', () => {
      const page = run('pageOpen', 'one')
      expect(run('pageFind', page, 'two')).toBeNull()
      expect(codeOf(() => run('pageFind', page, ''))).toBe('ERR_KITCHEN_BAD')
      expect(codeOf(() => run('pageOpen', ''))).toBe('ERR_KITCHEN_BAD')
      expect(run('pageJoined', 'x', 'one')).toBeNull()
      expect(texts(run('pageWords', run('pageJoined', 'o', 'one two')))).toEqual(['one', 'two'])
    })

    it('give others of their own kind that share what they borrow from', () => {
      const [first] = run('pageWords', run('pageOpen', 'a b c')) as unknown[]
      const second = run('wordNext', first)
      expect(run('wordText', second)).toBe('b')
      expect(texts(run('wordRest', first))).toEqual(['b', 'c'])
      expect(run('wordNext', run('wordNext', second))).toBeNull()
      expect(run('wordRest', run('wordNext', second))).toBeNull()
    })

    it('are passed to one another', () => {
      const page = run('pageOpen', 'a a')
      const [first, second] = run('pageWords', page) as unknown[]
      expect(run('wordSame', first, run('pageFind', page, 'a'))).toBe(true)
      expect(run('wordSame', first, second)).toBe(false)
      expect(run('wordSame', first, run('pageFind', run('pageOpen', 'a a'), 'a'))).toBe(false)
    })

    it('come out where they are only lent', () => {
      const word = run('pageFind', run('pageOpen', 'a b'), 'b')
      const page = run('wordPage', word)
      expect(run('wordSame', word, run('pageFind', page, 'b'))).toBe(true)
    })

    it('come out in an array without a copy', () => {
      const pages = run('pageLines', 'a b\n\nc') as unknown[]
      expect(pages.map((page) => texts(run('pageWords', page)))).toEqual([['a', 'b'], ['c']])
    })

    it('keep bytes, several objects, and a copy of an object that changes', () => {
      const long = run('sliceTail', run('sliceOf', Uint8Array.of(1, 2, 3)), 1)
      const short = run('sliceOf', Uint8Array.of(9))
      expect(run('sliceGet', run('sliceLonger', short, long))).toEqual(Uint8Array.of(2, 3))
      expect(run('sliceGet', run('sliceOr', run('sliceTail', short, 1), long))).toEqual(Uint8Array.of(2, 3))
      expect(codeOf(() => run('sliceTail', long, 3))).toBe('ERR_PANIC')
      const builder = run('builderNew')
      const label = run('builderLabel', builder)
      expect(run('sliceGet', label)).toEqual(Uint8Array.from(Buffer.from(String(run('builderName', builder)))))
    })
  })
}
