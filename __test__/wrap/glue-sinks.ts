// Arguments that Rust writes into, through compiled glue: what is written comes back, what is passed stays as it is, and too much
// or too little room is an error.
import { isFerruleError } from 'ferrule/boundary'
import { describe, expect, it } from 'vitest'
import type { Kitchen } from './glue-kitchen.js'

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values)
const text = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value))
const point = (x: number): unknown[] => [x, 'a', [], 'a', null]

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
export function sinkTests(cooked: () => Kitchen): void {
  const run = (name: string, ...args: unknown[]): unknown => cooked().native[name]?.(...args)

  describe('what is written into comes back', () => {
    it.each([
      ['sinkText', ['a'], 'a!'],
      ['sinkBytes', [bytes(1, 2)], bytes(2, 1)],
      ['sinkCount', ['a b'], [2, ['a', 'b']]],
      ['sinkTwo', ['ab'], ['AB', [['ab', 2]]]],
      ['sinkWrite', ['ab'], text('ab')],
      ['sinkWriteMut', ['ab'], [2, text('ab')]],
      ['sinkDyn', ['ab'], 'ab'],
      ['sinkFmt', [7], '0007'],
      ['sinkSeek', [9], bytes(9, 1, 2)],
      ['sinkSlice', [bytes(1, 2), 5], bytes(1, 2)],
      ['sinkSlice', [bytes(), 0], bytes()],
      ['sinkNeed', [2, 3], bytes(7, 7)],
      ['sinkMaybe', [true, 4], bytes(0, 0)],
      ['sinkMaybe', [false, 4], null],
      ['sinkView', [3, 4], '0003'],
      ['sinkPart', [3, bytes(0, 1, 2, 3)], bytes(3, 1)],
      ['changeArray', [[1, 2, 3], 1], [true, [3, 2, 1]]],
      ['changeAlone', [[3, 1, 3]], [1, 3]],
      ['changePoints', [[point(1), point(2)], 1], [point(2), point(3)]],
      ['changeText', ['a'], '>a'],
      ['readDyn', [bytes(1, 2, 3)], 3],
      ['readMut', [bytes(1, 2, 3), 2], bytes(1, 2)],
      ['readLines', [text('a\nb')], 2],
    ])('%s %o gives %o', (name, args, expected) => {
      expect(run(name, ...args)).toEqual(expected)
    })

    it('leaves what is passed as it is', () => {
      const passed = bytes(1, 2)
      expect(run('changeBytes', passed, 1)).toEqual(bytes(2, 3))
      expect(passed).toEqual(bytes(1, 2))
    })

    it('of methods too, where the object would be the result otherwise', () => {
      const builder = run('builderNew')
      expect(run('builderAddInto', builder, 2)).toEqual([2])
      expect(run('builderAddInto', builder, 3)).toEqual([5])
      expect(run('builderNameInto', builder)).toBe(run('builderName', builder))
    })

    it('of calls on the pool and on the lane', async () => {
      const { native, call } = cooked()
      expect(await call((id) => native['sinkSliceTask']?.(id, bytes(1, 2), 4))).toEqual(bytes(1, 2))
      expect(await call((id) => native['sinkSeekTask']?.(id, 5))).toEqual(bytes(5, 1, 2))
      expect(await call((id) => native['changePointsTask']?.(id, [point(1)], 2))).toEqual([point(3)])
      const builder = run('builderNew')
      const name = text(String(run('builderName', builder)))
      expect(await call((id) => native['builderLaterInto']?.(id, builder))).toEqual([name.length, name])
    })
  })

  describe('bad input of what is written into', () => {
    it.each([
      ['sinkBytes', [bytes()], 'ERR_KITCHEN_BAD'],
      ['sinkWrite', [''], 'ERR_KITCHEN'],
      ['sinkSlice', [bytes(1, 2), 1], 'ERR_KITCHEN_BAD'],
      ['sinkSlice', [bytes(1), -1], 'ERR_OUT_OF_RANGE'],
      ['sinkSlice', [bytes(1), 0.5], 'ERR_OUT_OF_RANGE'],
      ['sinkSlice', [bytes(1), 2 ** 30 + 1], 'ERR_OUT_OF_RANGE'],
      ['sinkSlice', [bytes(1), '1'], 'ERR_INVALID_ARG_TYPE'],
      ['sinkSlice', ['a', 1], 'ERR_INVALID_ARG_TYPE'],
      ['sinkNeed', [4, 3], 'ERR_OUT_OF_RANGE'],
      ['sinkView', [3, 2 ** 40], 'ERR_OUT_OF_RANGE'],
      ['sinkView', [3, 0], 'ERR_PANIC'],
      ['sinkPart', [3, bytes(1)], 'ERR_OUT_OF_RANGE'],
      ['changeBytes', [bytes(255), 1], 'ERR_PANIC'],
      ['changePoints', [[[1]], 1], 'ERR_INVALID_ARG_TYPE'],
    ])('%s %o is refused with %s', (name, args, code) => {
      expect(codeOf(() => run(name, ...args))).toBe(code)
    })

    it('says how much room is needed', () => {
      expect(() => run('sinkNeed', 4, 3)).toThrow(/4/)
    })
  })
}
